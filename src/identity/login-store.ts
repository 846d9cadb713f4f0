import type { Instant } from '../kernel/dates.ts'
import type { AdultId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Login } from './login.ts'
import type { DB } from '../platform/schema.ts'
import type { ExpressionBuilder } from 'kysely'
import { bearer } from './store.ts'

type LoginRow = {
  id: LoginId
  organisation_id: OrganisationId
  adult_id: AdultId
  family_id: FamilyId
  identifier: string
  password_hash: string | null
  activated_at: Date | null
  closed: boolean
  email: string | null
  mobile: string | null
  first_name: string
  last_name: string
  family_name: string
}

const LOGIN = sql`select l.id, l.organisation_id, a.id as adult_id, a.family_id, l.identifier, l.password_hash, l.activated_at,
    l.blocked_at is not null or a.left_on is not null as closed,
    coalesce(l.email, a.email) as email, a.mobile, a.first_name, a.last_name, f.name as family_name
  from login l
  ${bearer()}
  join family f on f.organisation_id = a.organisation_id and f.id = a.family_id`

const toLogin = (found: LoginRow): Login => ({
  loginId: found.id,
  organisationId: found.organisation_id,
  adultId: found.adult_id,
  familyId: found.family_id,
  identifier: found.identifier,
  passwordHash: found.password_hash ?? undefined,
  activatedAt: found.activated_at ?? undefined,
  closed: found.closed,
  email: found.email ?? undefined,
  mobile: found.mobile ?? undefined,
  firstName: found.first_name,
  lastName: found.last_name,
  familyName: found.family_name,
})

/** The login of a mail or a link. */
export async function findLogin(read: Read, loginId: LoginId): Promise<Login | undefined> {
  const found = await row<LoginRow>(read, sql`${LOGIN} where l.id = ${loginId}`)
  return found && toLogin(found)
}

/** Whose identifier this is; else who alone has it as e-mail: an address of two signs nobody in. */
export async function findLoginByName(read: Read, name: string): Promise<Login | undefined> {
  const found = await rows<LoginRow>(
    read,
    sql`${LOGIN} where l.identifier = ${name} or l.email = ${name} limit 3`,
  )
  const known = found.find((one) => one.identifier === name) ?? (found.length === 1 ? found[0] : undefined)
  return known && toLogin(known)
}

/** Everyone with this e-mail. */
export async function listLoginsByEmail(read: Read, email: string): Promise<Login[]> {
  const found = await rows<LoginRow>(read, sql`${LOGIN} where l.email = ${email} order by l.id limit 10`)
  return found.map(toLogin)
}

/** Who opens the file of the family that received this invoice and lives there. */
export async function listLoginsByInvoice(
  read: Read,
  invoiceNumber: string,
  postalCode: string,
): Promise<Login[]> {
  const found = await rows<LoginRow>(
    read,
    sql`${LOGIN}
      where l.id in (select coalesce(own.id, x.login_id) from invoice i
        join family m on m.organisation_id = i.organisation_id and m.id = i.family_id
        join family h on h.organisation_id = m.organisation_id and h.id = coalesce(m.merged_into, m.id)
        join adult p on p.organisation_id = h.organisation_id and p.family_id = h.id and p.left_on is null
        left join login own on own.organisation_id = p.organisation_id and own.adult_id = p.id
        left join adult_access x on x.organisation_id = p.organisation_id and x.adult_id = p.id
        where i.number = ${invoiceNumber} and h.postal_code = ${postalCode})
      order by l.id limit 10`,
  )
  return found.map(toLogin)
}

/** First names of the family's children, and the family's names: what its adults surely know. */
export async function listKnownNames(read: Read, login: Login): Promise<string[]> {
  const children = await read
    .selectFrom('child')
    .select(['first_name', 'last_name'])
    .where('organisation_id', '=', login.organisationId)
    .where('family_id', '=', login.familyId)
    .execute()
  return [
    login.familyName,
    login.lastName,
    ...children.flatMap((child) => [
      child.first_name,
      child.last_name,
      `${child.first_name} ${child.last_name}`,
      `${child.last_name} ${child.first_name}`,
    ]),
  ]
}

/** The login's new password; a login that awaited its activation is now active. */
export async function setPassword(
  tx: Tx,
  loginId: LoginId,
  passwordHash: string,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('login')
    .set((eb) => ({
      password_hash: passwordHash,
      activated_at: eb.fn.coalesce('activated_at', eb.val(now)),
    }))
    .where('id', '=', loginId)
    .execute()
}

/** The adult's new address, for signing in and for mails. */
export async function setEmail(tx: Tx, login: Login, email: string): Promise<void> {
  await tx.updateTable('login').set({ email }).where('id', '=', login.loginId).execute()
  await tx
    .updateTable('adult')
    .set({ email })
    .where('organisation_id', '=', login.organisationId)
    .where((eb) => ofPerson(eb, login.loginId, login.adultId))
    .execute()
}

/** The same person has an adult in each of the files that the login opens: they are reached alike. */
const ofPerson = (eb: ExpressionBuilder<DB, 'adult'>, loginId: LoginId, adultId: AdultId) =>
  eb.or([
    eb('id', '=', adultId),
    eb('id', 'in', eb.selectFrom('adult_access').select('adult_id').where('login_id', '=', loginId)),
    eb('id', 'in', eb.selectFrom('login').select('adult_id').where('login.id', '=', loginId)),
  ])

/** The adult's mobile number; null when there is none any more. */
export async function setMobile(
  tx: Tx,
  adult: { organisationId: OrganisationId; adultId: AdultId; loginId: LoginId },
  mobile: string | null,
): Promise<void> {
  await tx
    .updateTable('adult')
    .set({ mobile })
    .where('organisation_id', '=', adult.organisationId)
    .where((eb) => ofPerson(eb, adult.loginId, adult.adultId))
    .execute()
}

/** Blocks a login, or with null opens it again. */
export async function setBlocked(
  tx: Tx,
  loginId: LoginId,
  reason: string | null,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('login')
    .set({ blocked_at: reason === null ? null : now, blocked_reason: reason })
    .where('id', '=', loginId)
    .execute()
}
