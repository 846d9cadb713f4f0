import { passwordProblem, type PasswordProblem } from '../identity/password.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { hashPassword } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { findInvited, lockMember, type Member, setStaffPassword, useStaffLinks } from './member-store.ts'
import { recordAct } from './record-act.ts'
import { endStaffSessions, insertStaffSession } from './session-store.ts'
import { memberAuthor } from './sign-in-staff.ts'

/** Words that a stranger who knows the member would try. */
const wordsOf = (member: Member): readonly string[] => [
  member.identifier,
  member.email,
  member.firstName,
  member.lastName,
]

/**
 * The password of whoever holds this link, which is then used up; every session of theirs ends and a
 * new one opens. The authenticator, if there is one, is still asked for.
 */
export async function chooseStaffPassword(
  services: Services,
  chosen: { readonly token: string; readonly password: string; readonly device: string },
  from: { readonly screen: string; readonly clientAddress: string },
): Promise<Result<{ token: string }, 'closed' | PasswordProblem>> {
  const { db, clock } = services
  const now = clock.now()
  const invited = await findInvited(db, chosen.token, now)
  if (!invited) return fail('closed')
  const problem = passwordProblem(chosen.password, wordsOf(invited))
  if (problem) return fail(problem)
  const passwordHash = await hashPassword(chosen.password)
  return db.transaction(async (tx) => {
    const { id: staffId } = invited
    await lockMember(tx, staffId)
    // Read again under the lock: a link serves once.
    if (!(await findInvited(tx, chosen.token, now))) return fail('closed')
    await useStaffLinks(tx, staffId, now)
    await setStaffPassword(tx, staffId, passwordHash, now)
    await endStaffSessions(tx, staffId, now)
    const author = memberAuthor(invited, from)
    await recordAct(tx, author, { kind: 'password.chosen' }, now)
    return ok({
      token: await insertStaffSession(tx, { staffId, device: chosen.device, withCode: false }, now),
    })
  })
}
