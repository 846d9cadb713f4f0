import { assert, present } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { negate, ZERO } from '../kernel/money.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { lockAccounts } from '../ledger/store.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type File, mergeProblem, type MergeFailure, peopleOf, seenOf } from './merge.ts'
import { findFile, lockFamilies, pointTo } from './merge-store.ts'
import { moveHousehold } from './move-household.ts'
import { tellPayers } from './tell-payers.ts'

/**
 * Closes a family's second file into the one kept. Its credit moves by one entry per billing unit, from
 * credit account to credit account. Its invoices, receipts and what is due on them stay where they are,
 * under their own accounts (decision 0005): the file kept now has both files' accounts, and reads and
 * pays them as its own. People, units and drafts go over. `seen` is what the page showed (`seenOf`).
 */
export async function mergeFamilies(
  tx: Tx,
  author: Author,
  merge: { readonly closedId: FamilyId; readonly keptId: FamilyId; readonly seen: string },
  now: Instant,
): Promise<Result<{ mergeId: string }, MergeFailure>> {
  const { organisationId } = author
  const { closedId, keptId } = merge
  await lockFamilies(tx, organisationId, [closedId, keptId])
  const closed = present(await findFile(tx, organisationId, closedId), `no family ${closedId}`)
  const kept = present(await findFile(tx, organisationId, keptId), `no family ${keptId}`)
  const problem = mergeProblem(closed, kept)
  if (problem) return fail(problem)
  if (seenOf(closed, kept) !== merge.seen) return fail('changed-meanwhile')
  const mergeId = newId<'merge'>(now)
  for (const { unitId } of closed.units)
    await transferCredit(tx, author, { mergeId, billingUnitId: unitId, closedId, keptId }, now)
  await pointTo(tx, organisationId, closedId, keptId)
  const { adults, children } = peopleOf(closed, kept)
  const people = {
    adults: adults.filter(({ moves }) => moves).map(({ adult }) => adult.id),
    children: children.filter(({ moves }) => moves).map(({ child }) => child.id),
  }
  const moved = await moveHousehold(tx, organisationId, closedId, keptId, people, now)
  await tx
    .insertInto('family_merge')
    .values({
      organisation_id: organisationId,
      id: mergeId,
      closed_family_id: closedId,
      kept_family_id: keptId,
      moved: JSON.stringify(moved),
      merged_at: now,
      merged_by: author.name,
    })
    .execute()
  await recordMerge(tx, author, 'families.merged', closed, kept, now)
  await tellPayers(tx, organisationId, { familyId: keptId, news: 'merged', about: closed.name }, now)
  return ok({ mergeId })
}

type Transfer = {
  readonly mergeId: string
  readonly billingUnitId: File['units'][number]['unitId']
  readonly closedId: FamilyId
  readonly keptId: FamilyId
}

async function transferCredit(
  tx: Tx,
  author: Author,
  { mergeId, billingUnitId, closedId, keptId }: Transfer,
  now: Instant,
): Promise<void> {
  const { organisationId } = author
  const { credit } = await lockAccounts(tx, { organisationId, billingUnitId, familyId: closedId })
  if (credit === ZERO) return
  const on = parisDay(now)
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: 'merge',
    sourceKey: mergeId,
    fact: `${closedId} ${keptId} ${credit}`,
    accountingOn: on,
    valueOn: on,
    bookedAt: now,
    actor: author.name,
    postings: [
      { account: { kind: 'credit', familyId: closedId }, cents: credit },
      { account: { kind: 'credit', familyId: keptId }, cents: negate(credit) },
    ],
  })
  assert(booked.ok && booked.value.booked, `merge ${mergeId} was booked before`)
}

/** Both files' journals tell of it. */
export async function recordMerge(
  tx: Tx,
  author: Author,
  kind: 'families.merged' | 'families.unmerged',
  closed: { readonly id: FamilyId; readonly name: string },
  kept: { readonly id: FamilyId; readonly name: string },
  now: Instant,
): Promise<void> {
  const changes = { kept: { after: kept.name } }
  for (const { id } of [closed, kept])
    await recordAct(tx, author, { kind, familyId: id, object: closed.name, changes }, now)
}
