import type { OrganisationId, FamilyId } from '../kernel/ids.ts'
import type { Read } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'
import { isNear, readQuery } from './query.ts'
import { findNames, findNamesNear, findObjects, type NameHit, type ObjectHit } from './search-store.ts'

export type Found = {
  /** One per family, with the person whose name was found. */
  readonly names: readonly NameHit[]
  /** Nothing had that name: these are one slip away. */
  readonly near: boolean
  readonly objects: readonly ObjectHit[]
}

/** Candidates that are compared with what was typed, letter by letter. */
const MOST_NEAR = 300

/** Whatever the text could mean, at most `limit` of each kind; a name of fewer than two letters is none. */
export async function searchEverything(
  read: Read,
  whose: { readonly organisationId: OrganisationId; readonly reach: Reach },
  typed: string,
  limit: number,
): Promise<Found> {
  const query = readQuery(typed)
  const words = query.words.join('').length < 2 ? [] : query.words
  const [exact, objects] = await Promise.all([
    words.length === 0 ? [] : findNames(read, whose, words, limit),
    findObjects(read, whose, query, limit),
  ])
  if (exact.length > 0 || words.length === 0 || objects.length > 0)
    return { names: byFamily(exact, words).slice(0, limit), near: false, objects }
  const candidates = await findNamesNear(read, whose, words, MOST_NEAR)
  const names = byFamily(
    candidates.filter(({ plain }) => isNear(words, plain)),
    words,
  ).slice(0, limit)
  return { names, near: names.length > 0, objects }
}

/** A family found by its own name and by its members' is shown once; the very name comes first. */
function byFamily(hits: readonly NameHit[], words: readonly string[]): readonly NameHit[] {
  const typed = words.join(' ')
  const best = new Map<FamilyId, NameHit>()
  const rank = (hit: NameHit) => (hit.plain === typed ? 0 : 1) * 3 + KINDS.indexOf(hit.kind)
  for (const hit of hits) {
    const known = best.get(hit.familyId)
    if (!known || rank(hit) < rank(known)) best.set(hit.familyId, hit)
  }
  return [...best.values()].toSorted((a, b) => Math.floor(rank(a) / 3) - Math.floor(rank(b) / 3))
}

const KINDS: readonly NameHit['kind'][] = ['family', 'adult', 'child']
