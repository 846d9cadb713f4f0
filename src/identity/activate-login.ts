import { present } from '../kernel/assert.ts'
import type { Services } from '../platform/services.ts'
import { countLinkFailure, findLink, lockLink } from './link-store.ts'
import { linkState } from './links.ts'
import { findLogin, listKnownNames } from './login-store.ts'
import { plainName } from './names.ts'
import { planLink } from './recover-access.ts'

/** Whether the holder of an activation link names the family, or one of its children. */
export type Answer = 'known' | 'wrong' | 'closed'

/** Compares what was typed with the family's names; each wrong answer brings the link nearer its end. */
export function answerWho(services: Services, token: string, typed: string): Promise<Answer> {
  const now = services.clock.now()
  return services.db.transaction(async (tx) => {
    const link = await lockLink(tx, 'activation', token)
    if (!link || linkState(link, now) !== 'open') return 'closed'
    const login = present(await findLogin(tx, link.loginId), 'a link belongs to a login')
    const names = await listKnownNames(tx, login)
    if (names.some((name) => plainName(name) === plainName(typed))) return 'known'
    await countLinkFailure(tx, token)
    return 'wrong'
  })
}

/** Sends a new link to the address on file, to replace one that expired or bore too many errors. */
export async function renewActivation(services: Services, token: string): Promise<void> {
  const { db, clock } = services
  const now = clock.now()
  const link = await findLink(db, 'activation', token)
  if (!link || linkState(link, now) === 'used') return
  const login = await findLogin(db, link.loginId)
  if (login?.passwordHash === undefined && login) await db.transaction((tx) => planLink(tx, login, now))
}
