import type { Services } from '../platform/services.ts'
import type { FamilyActor } from './actor.ts'
import { setMobile } from './login-store.ts'
import { readMobile } from './names.ts'

/** Writes the mobile number, or removes it when nothing is typed; false when it is not a number. */
export async function changeMobile({ db }: Services, actor: FamilyActor, typed: string): Promise<boolean> {
  const mobile = typed.trim() === '' ? null : readMobile(typed)
  if (mobile === undefined) return false
  await db.transaction((tx) => setMobile(tx, actor, mobile))
  return true
}
