import type { RequestId } from '../identity/change-request.ts'
import type { Instant } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { parisDay } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Read, Tx } from '../platform/db.ts'
import type { Values } from '../families/record.ts'
import { readPerson } from '../families/record-store.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type FamilyRequest, findAsker, lockRequest, writeAnswer } from './request-store.ts'
import { readStored, type RecordOf, saveRecord } from './save-record.ts'
import type { Whose } from './search-store.ts'

/** `moved`: the record is no longer what the person who answers was shown. */
export type AnswerFailure =
  | { readonly kind: 'gone' | 'moved' }
  | { readonly kind: 'answered'; readonly by: string; readonly on: string }

/** The record that a request is about. */
const recordOf = ({ subject, aboutId, familyId }: FamilyRequest): RecordOf => {
  const kind = ({ address: 'family', phone: 'family', name: 'adult', child: 'child' } as const)[subject]
  return (kind === 'family' ? { kind, familyId } : { kind, familyId, id: aboutId }) as RecordOf
}

/** The fields of a request as the record has them now; undefined when the record is not there. */
export async function readPresent(
  read: Read,
  { organisationId }: Whose,
  request: FamilyRequest,
): Promise<Values | undefined> {
  const stored = await readStored(read, organisationId, recordOf(request))
  return stored && Object.fromEntries(Object.keys(request.wanted).map((key) => [key, stored[key] ?? '']))
}

/** Does what the family asked, when the record is still as `seen`; the journal tells before and after. */
export async function acceptRequest(
  tx: Tx,
  author: Author,
  whose: Whose,
  { id, seen }: { readonly id: RequestId; readonly seen: Values },
  now: Instant,
): Promise<Result<undefined, AnswerFailure>> {
  const request = await lockWaiting(tx, whose, id)
  if (!request.ok) return request
  const record = recordOf(request.value)
  const stored = await readStored(tx, whose.organisationId, record, true)
  if (!stored || (await hasLeft(tx, whose, record))) return fail({ kind: 'gone' })
  const { wanted } = request.value
  const isMoved = Object.keys(wanted).some((key) => (stored[key] ?? '') !== (seen[key] ?? ''))
  if (isMoved) return fail({ kind: 'moved' })
  const form = { origin: stored, typed: { ...stored, ...wanted } }
  const saved = await saveRecord(tx, author, record, form, now, 'request.accepted')
  if (!saved.ok) return fail({ kind: 'gone' })
  await answer(tx, whose, request.value, { outcome: 'accepted', by: author.name, reason: undefined }, now)
  return ok(undefined)
}

/** Says no, with the reason that the family reads. */
export async function refuseRequest(
  tx: Tx,
  author: Author,
  whose: Whose,
  { id, reason }: { readonly id: RequestId; readonly reason: string },
  now: Instant,
): Promise<Result<undefined, AnswerFailure>> {
  const request = await lockWaiting(tx, whose, id)
  if (!request.ok) return request
  const { familyId, aboutName } = request.value
  const object = aboutName ?? undefined
  await recordAct(tx, author, { kind: 'request.refused', familyId, reason, object }, now)
  await answer(tx, whose, request.value, { outcome: 'refused', by: author.name, reason }, now)
  return ok(undefined)
}

async function lockWaiting(
  tx: Tx,
  whose: Whose,
  id: RequestId,
): Promise<Result<FamilyRequest, AnswerFailure>> {
  const request = await lockRequest(tx, whose, id)
  if (!request) return fail({ kind: 'gone' })
  if (request.decidedAt === null) return ok(request)
  const on = formatDay(parisDay(request.decidedAt))
  return fail({ kind: 'answered', by: request.decidedBy ?? request.askedBy ?? '', on })
}

async function hasLeft(tx: Tx, { organisationId }: Whose, record: RecordOf): Promise<boolean> {
  if (record.kind === 'family') return false
  const person = await readPerson(tx, organisationId, record)
  return person?.leftOn !== null
}

async function answer(
  tx: Tx,
  whose: Whose,
  request: FamilyRequest,
  written: Parameters<typeof writeAnswer>[3],
  now: Instant,
): Promise<void> {
  await writeAnswer(tx, whose, request.id, written, now)
  const asker = request.adultId === null ? undefined : await findAsker(tx, whose, request.adultId)
  if (!asker) return
  const plan = { kind: 'request-decided', loginId: asker.loginId } as const
  const mail = { key: `request-decided:${request.id}`, recipient: asker.email, plan }
  await planMail(tx, whose.organisationId, mail, now)
}
