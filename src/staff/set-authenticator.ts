import { FREE_BY_NAME } from '../identity/throttle.ts'
import { counted, countAttempt, forgetAttempts } from '../identity/throttle-store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from './actor.ts'
import { acceptedStep, hashRecoveryCode, newRecoveryCodes } from './authenticator.ts'
import { setAuthenticator } from './authenticator-store.ts'
import { type Author, recordAct } from './record-act.ts'
import { endStaffSessions, insertStaffSession } from './session-store.ts'

/**
 * An authenticator counts once it gave a first right code. Every other session ends; the new one and
 * ten recovery codes are given, which are kept nowhere in clear.
 */
export async function confirmAuthenticator(
  { db, clock, keys }: Services,
  actor: StaffActor,
  setUp: { readonly secret: string; readonly code: string; readonly device: string },
  author: Author,
): Promise<Result<{ token: string; codes: readonly string[] }, 'wrong' | 'wait'>> {
  const now = clock.now()
  const key = counted('staff set-up', actor.staffId, FREE_BY_NAME)
  const { waitMs } = await db.transaction((tx) => countAttempt(tx, [key], now))
  if (waitMs > 0) return fail('wait')
  const step = acceptedStep(setUp.secret, setUp.code, now, 0)
  if (step === undefined) return fail('wrong')
  const codes = newRecoveryCodes()
  const codeHashes = codes.map((code) => hashRecoveryCode(actor.staffId, code))
  const token = await db.transaction(async (tx) => {
    await forgetAttempts(tx, key)
    await setAuthenticator(tx, actor.staffId, { sealed: keys.seal(setUp.secret), step, codeHashes }, now)
    await endStaffSessions(tx, actor.staffId, now)
    await recordAct(tx, author, { kind: 'authenticator.set' }, now)
    return insertStaffSession(tx, { staffId: actor.staffId, device: setUp.device, withCode: true }, now)
  })
  return ok({ token, codes })
}
