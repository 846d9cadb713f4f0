import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { newReference } from '../platform/secrets.ts'
import type { FamilyActor } from './actor.ts'
import { checkPassword } from './check-password.ts'
import { lockLink, useLinks } from './link-store.ts'
import { linkState } from './links.ts'
import type { Login } from './login.ts'
import { findLogin, setEmail } from './login-store.ts'
import { readEmail } from './names.ts'

export type EmailFailure = 'wrong-password' | 'wait' | 'unreadable'

/** With the present password: a link leaves for the new address; nothing changes before it is used. */
export async function requestEmail(
  services: Services,
  actor: FamilyActor,
  change: { email: string; password: string },
): Promise<Result<{ email: string }, EmailFailure>> {
  const email = readEmail(change.email)
  if (email === undefined) return fail('unreadable')
  const login = present(await findLogin(services.db, actor.loginId), 'a session belongs to a login')
  const own = await checkPassword(services, login, change.password)
  if (own !== 'right') return fail(own)
  const { db, clock } = services
  await db.transaction((tx) => planConfirmation(tx, login, email, clock.now()))
  return ok({ email })
}

/** Sends the link that confirms an address to that address. */
export async function planConfirmation(tx: Tx, login: Login, email: string, now: Instant): Promise<void> {
  const { loginId, organisationId } = login
  const plan = { kind: 'email-confirmation', loginId, newEmail: email } as const
  const key = `email-confirmation:${newReference()}`
  await planMail(tx, organisationId, { key, recipient: email, plan }, now)
}

/** The link was used: the address changes, and the old one is told. False when the link is closed. */
export function confirmEmail({ db, clock }: Services, token: string): Promise<boolean> {
  const now = clock.now()
  return db.transaction(async (tx) => {
    const link = await lockLink(tx, 'email', token)
    if (!link || linkState(link, now) !== 'open') return false
    const login = present(await findLogin(tx, link.loginId), 'a link belongs to a login')
    const newEmail = present(link.newEmail, 'a link for an e-mail names it')
    await useLinks(tx, login.loginId, 'email', now)
    await setEmail(tx, login, newEmail)
    if (login.email !== undefined && login.email !== newEmail) {
      const plan = { kind: 'email-changed', loginId: login.loginId, newEmail } as const
      const mail = { key: `email-changed:${newReference()}`, recipient: login.email, plan }
      await planMail(tx, login.organisationId, mail, now)
    }
    return true
  })
}
