// Invitations, in SQL. Their links are signed, never kept.
import { type Instant, later } from '../kernel/dates.ts'
import { type FamilyId, type OrganisationId, readId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import { type Keys, newId, sameSecret } from '../platform/secrets.ts'
import { type FileRole, type Invitation, INVITATION_LIFE_MS } from './invitation.ts'

const INVITATION = sql`select v.id, v.organisation_id as "organisationId", v.family_id as "familyId",
    f.name as "familyName", v.role, v.first_name as "firstName", v.last_name as "lastName", v.email,
    v.invited_by as "invitedBy", v.invited_at as "invitedAt", v.renewals, v.failures,
    v.expires_at as "expiresAt", v.accepted_at as "acceptedAt", v.withdrawn_at as "withdrawnAt"
  from invitation v join family f on f.organisation_id = v.organisation_id and f.id = v.family_id`

/** The secret of an invitation's link, made of its id and of how often it was renewed. */
export const invitationToken = (keys: Keys, { id, renewals }: Pick<Invitation, 'id' | 'renewals'>): string =>
  `${id}.${keys.sign('invitation', `${id} ${renewals}`)}`

/** The invitation of this link, unless the link is false or a later one replaced it. */
export async function findByToken(read: Read, keys: Keys, token: string): Promise<Invitation | undefined> {
  const id = readId<'invitation'>(token.slice(0, 36))
  const found = id && (await row<Invitation>(read, sql`${INVITATION} where v.id = ${id}`))
  return found && sameSecret(token, invitationToken(keys, found)) ? found : undefined
}

/** An invitation of this organisation. */
export const findInvitation = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<Invitation | undefined> =>
  row<Invitation>(read, sql`${INVITATION} where v.organisation_id = ${organisationId} and v.id = ${id}`)

/** As `findInvitation`; nobody accepts, renews or withdraws it until the transaction ends. */
export const lockInvitation = (
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
): Promise<Invitation | undefined> =>
  row<Invitation>(
    tx,
    sql`${INVITATION} where v.organisation_id = ${organisationId} and v.id = ${id} for update of v`,
  )

/** Those of a file that nobody accepted or withdrew, the latest first; expired ones can be renewed. */
export const listInvitations = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<Invitation[]> =>
  rows<Invitation>(
    read,
    sql`${INVITATION} where v.organisation_id = ${organisationId} and v.family_id = ${familyId}
      and v.accepted_at is null and v.withdrawn_at is null order by v.invited_at desc, v.id desc limit 20`,
  )

export type NewInvitation = {
  readonly familyId: FamilyId
  readonly role: FileRole
  readonly firstName: string
  readonly lastName: string
  readonly email: string | undefined
}

/** Keeps an invitation; gives its id. */
export async function insertInvitation(
  tx: Tx,
  organisationId: OrganisationId,
  invitation: NewInvitation,
  by: string,
  now: Instant,
): Promise<string> {
  const id = newId<'invitation'>(now)
  await tx
    .insertInto('invitation')
    .values({
      id,
      organisation_id: organisationId,
      family_id: invitation.familyId,
      role: invitation.role,
      first_name: invitation.firstName,
      last_name: invitation.lastName,
      email: invitation.email ?? null,
      invited_by: by,
      invited_at: now,
      expires_at: later(now, INVITATION_LIFE_MS),
    })
    .execute()
  return id
}

/** Another link, good for another week. */
export async function renew(tx: Tx, id: string, now: Instant): Promise<void> {
  await sql`update invitation set renewals = renewals + 1, failures = 0,
    expires_at = ${later(now, INVITATION_LIFE_MS)} where id = ${id}`.execute(tx)
}

/** Its end: accepted by its guest, or withdrawn. */
export async function close(
  tx: Tx,
  id: string,
  how: 'accepted_at' | 'withdrawn_at',
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ [how]: now })
    .where('id', '=', id)
    .execute()
}

/** One more wrong answer. */
export async function countFailure(tx: Tx, id: string): Promise<void> {
  await sql`update invitation set failures = failures + 1 where id = ${id}`.execute(tx)
}

/**
 * What a guest of the file surely knows: the first names of its children, its own and those it shares;
 * for a file without children, its postal code.
 */
export async function listAnswers(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<string[]> {
  const children = await rows<{ name: string }>(
    read,
    sql`select c.first_name as name from child c where c.organisation_id = ${organisationId}
      and c.family_id = any(dossiers_of(${organisationId}, ${familyId}))
      union select c.first_name from child_dossier d
        join child c on c.organisation_id = d.organisation_id and c.id = d.child_id
        where d.organisation_id = ${organisationId} and d.family_id = ${familyId}`,
  )
  if (children.length > 0) return children.map(({ name }) => name)
  const family = await row<{ postalCode: string }>(
    read,
    sql`select postal_code as "postalCode" from family
      where organisation_id = ${organisationId} and id = ${familyId}`,
  )
  return family ? [family.postalCode] : []
}
