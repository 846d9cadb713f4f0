import { assert } from '../kernel/assert.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import type { OrganisationId, StaffId } from '../kernel/ids.ts'
import { sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { type Keys, newId, newReference, sha256 } from '../platform/secrets.ts'
import { finishTask } from '../tasks/finish-task.ts'
import { lockReady, type ReadyTransfer } from './file-store.ts'
import { type Paying, writePain001 } from './pain001.ts'

export type FileFailure = 'nothing-chosen' | 'changed' | 'not-ready'

/** What may enter a file: an account that a second person read, and one that pays. */
export const isReady = ({ isChecked, accountId, iban }: ReadyTransfer): boolean =>
  accountId !== null && isChecked && iban !== null

type NewFile = {
  readonly organisationId: OrganisationId
  readonly initiator: string
  readonly refundIds: readonly string[]
  readonly executionOn: Day
  /** What the family reads on its statement, given its unit's name. */
  readonly wordsOf: (unitName: string) => string
}

/**
 * Gathers approved refunds into one file for the bank, one payment information per account that pays,
 * and freezes it. Each refund is locked: it enters one file, once for good. One that was paid, taken
 * by another file or given another account since it was shown makes the whole fail as `changed`.
 */
export async function makeTransferFile(
  tx: Tx,
  keys: Keys,
  asked: NewFile,
  by: { readonly staffId: StaffId; readonly name: string },
  now: Instant,
): Promise<Result<{ id: string; messageId: string; transfers: number }, FileFailure>> {
  const { organisationId, executionOn } = asked
  const refundIds = [...new Set(asked.refundIds)]
  if (refundIds.length === 0) return fail('nothing-chosen')
  const locked = await lockReady(tx, organisationId, refundIds)
  if (locked.length !== refundIds.length) return fail('changed')
  if (!locked.every(isReady)) return fail('not-ready')
  const messageId = `PREAU${newReference()}`
  const lines = locked.map((one) => ({ one, endToEnd: `RB${newReference()}` }))
  const paying = [...new Set(locked.map(({ iban }) => iban))].map((iban, index): Paying => {
    const mine = lines.filter(({ one }) => one.iban === iban)
    const [first] = mine
    assert(
      first?.one.beneficiary && first.one.bic && iban !== null,
      'a transfer without an account to pay it',
    )
    return {
      paymentId: `${messageId}-${index + 1}`,
      account: { beneficiary: first.one.beneficiary, iban, bic: first.one.bic },
      transfers: mine.map(({ one, endToEnd }) => ({
        endToEnd,
        amount: one.amount,
        holder: one.holder ?? '',
        iban: keys.open(one.sealed ?? ''),
        words: asked.wordsOf(one.unitName),
      })),
    }
  })
  const content = writePain001({ messageId, createdAt: now, initiator: asked.initiator, executionOn, paying })
  const id: string = newId<'transferFile'>(now)
  await tx
    .insertInto('transfer_file')
    .values({
      organisation_id: organisationId,
      id,
      message_id: messageId,
      execution_on: executionOn,
      transfers: locked.length,
      total_cents: sum(locked.map(({ amount }) => amount)),
      content_sealed: keys.seal(content),
      sha256: sha256(content),
      made_by: by.staffId,
      made_name: by.name,
      made_at: now,
    })
    .execute()
  await tx
    .insertInto('transfer_file_line')
    .values(
      lines.map(({ one, endToEnd }) => ({
        organisation_id: organisationId,
        refund_id: one.refundId,
        file_id: id,
        account_id: one.accountId ?? '',
        payment_id: paying.find(({ account }) => account.iban === one.iban)?.paymentId ?? '',
        end_to_end: endToEnd,
        amount_cents: one.amount,
      })),
    )
    .execute()
  // What asked a person for a transfer is done: the file is that transfer.
  for (const { contractId, refundId } of locked)
    for (const kind of ['refund-by-transfer', 'refund-refused'])
      await finishTask(tx, organisationId, `${kind} ${contractId} ${refundId}`, now)
  return ok({ id, messageId, transfers: locked.length })
}

/** The bytes of a file, the same for ever, and the number of this download, from 1. */
export async function takeDownload(
  tx: Tx,
  keys: Keys,
  { organisationId, id }: { readonly organisationId: OrganisationId; readonly id: string },
  by: { readonly staffId: StaffId; readonly name: string },
  now: Instant,
): Promise<{ content: string; number: number } | undefined> {
  // The lock counts the downloads one by one.
  const file = await tx
    .selectFrom('transfer_file')
    .select(['content_sealed', 'sha256'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!file) return undefined
  const content = keys.open(file.content_sealed)
  assert(sha256(content).equals(file.sha256), `the file ${id} is not the one that was made`)
  const { before } = await tx
    .selectFrom('transfer_file_download')
    .select((one) => one.fn.countAll<number>().as('before'))
    .where('organisation_id', '=', organisationId)
    .where('file_id', '=', id)
    .executeTakeFirstOrThrow()
  const number = before + 1
  await tx
    .insertInto('transfer_file_download')
    .values({
      organisation_id: organisationId,
      file_id: id,
      number,
      downloaded_by: by.staffId,
      downloaded_name: by.name,
      downloaded_at: now,
    })
    .execute()
  return { content, number }
}
