import type { Services } from '../platform/services.ts'
import { verifyPassword } from '../platform/secrets.ts'
import type { Login } from './login.ts'
import { FREE_BY_NAME } from './throttle.ts'
import { counted, countAttempt, forgetAttempts } from './throttle-store.ts'

/** Checks, and counts, the password of a signed-in person: asked again before what gives access. */
export async function checkPassword(
  { db, clock }: Services,
  login: Login,
  password: string,
): Promise<'right' | 'wrong-password' | 'wait'> {
  const key = counted('own password', login.loginId, FREE_BY_NAME)
  const { waitMs } = await db.transaction((tx) => countAttempt(tx, [key], clock.now()))
  if (waitMs > 0) return 'wait'
  if (!(await verifyPassword(login.passwordHash, password))) return 'wrong-password'
  await db.transaction((tx) => forgetAttempts(tx, key))
  return 'right'
}
