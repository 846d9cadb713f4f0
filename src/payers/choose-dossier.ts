import type { FamilyActor } from '../identity/actor.ts'
import { chooseAdult } from '../identity/store.ts'
import type { AdultId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import { listOpened } from './people-store.ts'

/** The session looks at another of the person's files; gives its new token, or undefined when not theirs. */
export async function chooseDossier(
  { db }: Services,
  actor: FamilyActor,
  adultId: AdultId,
): Promise<string | undefined> {
  const opened = await listOpened(db, actor)
  if (!opened.some((one) => one.adultId === adultId)) return undefined
  return db.transaction((tx) => chooseAdult(tx, actor.sessionHash, adultId))
}
