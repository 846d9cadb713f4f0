import { present } from '../kernel/assert.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { hashPassword, newReference } from '../platform/secrets.ts'
import { findLink, lockLink, useLinks } from './link-store.ts'
import { linkState } from './links.ts'
import { type Login, wordsOf } from './login.ts'
import { findLogin, setPassword } from './login-store.ts'
import { passwordProblem, type PasswordProblem } from './password.ts'
import { endSessions, insertSession } from './store.ts'
import { plainIdentifier } from './names.ts'
import { FREE_BY_NAME } from './throttle.ts'
import { counted, forgetAttempts } from './throttle-store.ts'

export type ResetFailure = 'closed' | PasswordProblem

/** With an open link: a new password, every session ended, a new one opened, the holder told. */
export async function resetPassword(
  services: Services,
  reset: { purpose: 'reset' | 'activation'; token: string; password: string; device: string },
): Promise<Result<{ token: string }, ResetFailure>> {
  const { db, clock } = services
  const now = clock.now()
  const link = await findLink(db, reset.purpose, reset.token)
  if (!link || linkState(link, now) !== 'open') return fail('closed')
  const login = present(await findLogin(db, link.loginId), 'a link belongs to a login')
  if (login.closed) return fail('closed')
  const problem = passwordProblem(reset.password, wordsOf(login))
  if (problem) return fail(problem)
  const passwordHash = await hashPassword(reset.password)
  return db.transaction(async (tx) => {
    const locked = await lockLink(tx, reset.purpose, reset.token)
    if (!locked || linkState(locked, now) !== 'open') return fail('closed')
    await useLinks(tx, login.loginId, reset.purpose, now)
    await takePassword(tx, login, passwordHash, now)
    await endSessions(tx, login.loginId, now)
    return ok({ token: await insertSession(tx, { loginId: login.loginId, device: reset.device }, now) })
  })
}

/** Writes the password, forgets wrong attempts, tells the holder unless it is the first one. */
export async function takePassword(tx: Tx, login: Login, passwordHash: string, now: Date): Promise<void> {
  const { loginId, email, identifier } = login
  await setPassword(tx, loginId, passwordHash, now)
  for (const name of [identifier, plainIdentifier(email ?? '')])
    await forgetAttempts(tx, counted('name', name, FREE_BY_NAME))
  if (email === undefined || login.passwordHash === undefined) return
  const key = `password-changed:${newReference()}`
  const plan = { kind: 'password-changed', loginId } as const
  await planMail(tx, login.organisationId, { key, recipient: email, plan }, now)
}
