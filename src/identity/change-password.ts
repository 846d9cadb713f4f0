import { present } from '../kernel/assert.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Services } from '../platform/services.ts'
import { hashPassword } from '../platform/secrets.ts'
import type { FamilyActor } from './actor.ts'
import { checkPassword } from './check-password.ts'
import { wordsOf } from './login.ts'
import { findLogin } from './login-store.ts'
import { passwordProblem, type PasswordProblem } from './password.ts'
import { takePassword } from './reset-password.ts'
import { endSessions } from './store.ts'

export type PasswordFailure = 'wrong-password' | 'wait' | PasswordProblem

/** With the present password: a new one; every other session ends, the holder is told. */
export async function changePassword(
  services: Services,
  actor: FamilyActor,
  change: { current: string; next: string },
): Promise<Result<undefined, PasswordFailure>> {
  const { db, clock } = services
  const login = present(await findLogin(db, actor.loginId), 'a session belongs to a login')
  const own = await checkPassword(services, login, change.current)
  if (own !== 'right') return fail(own)
  const problem = passwordProblem(change.next, wordsOf(login))
  if (problem) return fail(problem)
  const passwordHash = await hashPassword(change.next)
  await db.transaction(async (tx) => {
    await takePassword(tx, login, passwordHash, clock.now())
    await endSessions(tx, actor.loginId, clock.now(), actor.sessionHash)
  })
  return ok(undefined)
}
