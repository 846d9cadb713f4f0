import type { Instant } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { sql, type Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type DraftFamily, lockDrafts } from './draft-store.ts'

export type PayerFailure =
  | 'unknown'
  | 'closed'
  /** A line is of a child that the other payer's file does not have. */
  | 'child-not-shared'

/** Sends a draft to the file of another payer of the same children; it is then to be checked again. */
export async function changePayer(
  tx: Tx,
  author: Author,
  id: string,
  payer: DraftFamily,
  now: Instant,
): Promise<Result<undefined, PayerFailure>> {
  const { organisationId } = author
  const [draft] = await lockDrafts(tx, organisationId, [id])
  if (!draft) return fail('unknown')
  if (draft.state !== 'draft' && draft.state !== 'checked') return fail('closed')
  const known = new Set<string>(payer.children.map((child) => child.id))
  if (draft.typed.lines.some(({ child }) => child !== '' && !known.has(child)))
    return fail('child-not-shared')
  await sql`update invoice_draft set family_id = ${payer.id}, state = 'draft', version = version + 1,
    saved_at = ${now}, saved_by = ${author.name}
    where organisation_id = ${organisationId} and id = ${id}`.execute(tx)
  const changes = { payer: { before: draft.familyName, after: payer.name } }
  await recordAct(tx, author, { kind: 'draft.saved', familyId: payer.id, changes }, now)
  return ok(undefined)
}
