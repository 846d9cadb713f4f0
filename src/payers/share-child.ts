import type { Day, Instant } from '../kernel/dates.ts'
import type { ChildId, FamilyId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { linkChild, listSharedChildren, unlinkChild } from './people-store.ts'

export type ShareFailure =
  | 'unknown'
  /** The child is of that file already. */
  | 'already-there'

type Sharing = {
  /** A file of the child's, from which it is shared. */
  readonly familyId: FamilyId
  readonly childId: ChildId
  readonly withFamily: { readonly id: FamilyId; readonly name: string }
}

/** From a day on, another payer's file has this child too: invoices of the child may go to either. */
export async function shareChild(
  tx: Tx,
  author: Author,
  { familyId, childId, withFamily, sinceOn }: Sharing & { readonly sinceOn: Day },
  now: Instant,
): Promise<Result<undefined, ShareFailure>> {
  const { organisationId } = author
  const child = (await listSharedChildren(tx, organisationId, familyId)).find(({ id }) => id === childId)
  if (!child) return fail('unknown')
  const has = child.links.some((one) => one.familyId === withFamily.id && one.untilOn === null)
  if (child.homeId === withFamily.id || has) return fail('already-there')
  await linkChild(tx, organisationId, { childId, familyId: withFamily.id, sinceOn }, author.name, now)
  const changes = { dossier: { after: withFamily.name }, since: { after: sinceOn } }
  for (const one of [familyId, withFamily.id])
    await recordAct(tx, author, { kind: 'child.shared', familyId: one, object: child.name, changes }, now)
  return ok(undefined)
}

/** From tomorrow on, that file no longer has this child; its invoices stay. */
export async function unshareChild(
  tx: Tx,
  author: Author,
  { familyId, childId, withFamily, untilOn }: Sharing & { readonly untilOn: Day },
  now: Instant,
): Promise<Result<undefined, ShareFailure>> {
  const { organisationId } = author
  const child = (await listSharedChildren(tx, organisationId, familyId)).find(({ id }) => id === childId)
  if (!child) return fail('unknown')
  const link = { childId, familyId: withFamily.id, untilOn }
  if (!(await unlinkChild(tx, organisationId, link))) return fail('unknown')
  const changes = { dossier: { before: withFamily.name } }
  for (const one of [familyId, withFamily.id])
    await recordAct(tx, author, { kind: 'child.unshared', familyId: one, object: child.name, changes }, now)
  return ok(undefined)
}
