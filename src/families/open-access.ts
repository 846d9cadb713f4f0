import { insertLink, useLinks } from '../identity/link-store.ts'
import { findLogin } from '../identity/login-store.ts'
import { planLink } from '../identity/recover-access.ts'
import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { planMail } from '../mail/plan-mail.ts'
import { type Db, row, sql, type Tx } from '../platform/db.ts'
import { type AccessHolder, listHolders } from './store.ts'

/** A new one-time link for a login, good for seven days; earlier activation links stop working. */
export async function issueActivation(tx: Tx, loginId: LoginId, now: Instant): Promise<string> {
  await useLinks(tx, loginId, 'activation', now)
  return insertLink(tx, { loginId, purpose: 'activation' }, now)
}

/** Plans the activation mail of a login; each call plans another, numbered. Its writer makes the link. */
export async function planActivation(
  tx: Tx,
  organisationId: OrganisationId,
  login: { loginId: LoginId; email: string },
  now: Instant,
): Promise<void> {
  const key = `activation ${login.loginId}`
  const earlier = await row<{ count: number }>(
    tx,
    sql`select count(*)::integer as count from mail
      where organisation_id = ${organisationId} and plan_key like ${`${key} %`}`,
  )
  await planMail(
    tx,
    organisationId,
    {
      key: `${key} ${(earlier?.count ?? 0) + 1}`,
      recipient: login.email,
      plan: { kind: 'activation', loginId: login.loginId },
    },
    now,
  )
}

export type OpenedAccess = {
  readonly holder: AccessHolder
  /** A first password, or another one for an access already activated. */
  readonly purpose: 'activation' | 'reset'
  /** For the link to be shown; undefined when it goes by mail instead. */
  readonly token: string | undefined
  readonly mailed: boolean
}

/**
 * A new link for each adult of a family: shown once, or sent to the address on file. An adult who
 * never chose a password gets seven days, the others one hour; earlier links stop working.
 */
export async function openFamilyAccess(
  db: Db,
  organisationId: OrganisationId,
  familyId: FamilyId,
  byMail: boolean,
  now: Instant,
): Promise<OpenedAccess[]> {
  return db.transaction(async (tx) => {
    const opened: OpenedAccess[] = []
    for (const holder of await listHolders(tx, organisationId, familyId)) {
      const purpose = holder.activatedAt === null ? 'activation' : 'reset'
      const { loginId } = holder
      await useLinks(tx, loginId, purpose, now)
      if (byMail) await planLink(tx, present(await findLogin(tx, loginId), `no login ${loginId}`), now)
      const token = byMail ? undefined : await insertLink(tx, { loginId, purpose }, now)
      opened.push({ holder, purpose, token, mailed: byMail && holder.email !== null })
    }
    return opened
  })
}
