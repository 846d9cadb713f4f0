import { parisDay } from '../../kernel/dates.ts'
import { type Result, fail, ok } from '../../kernel/result.ts'
import type { Services } from '../../platform/services.ts'
import { findCaptureId } from '../capture-store.ts'
import type { ChargebackLine, JournalProblem } from '../bank-reports.ts'
import type { OpenContract } from '../gateway.ts'
import { adapters } from '../gateways/registry.ts'
import type { Shops } from '../shops.ts'
import { openChargeback } from './book-chargeback.ts'

export type ChargebackImport = {
  readonly opened: number
  /** Disputes booked before, by this file or another. */
  readonly known: number
  /** Lines that could not be booked, with why. */
  readonly refused: readonly {
    readonly line: number
    readonly dispute: string
    readonly why: 'unknown-capture' | 'no-amount' | 'above-captured' | 'exists-with-other-content'
  }[]
}
type ImportFailure =
  | { readonly kind: 'unreadable'; readonly problems: readonly JournalProblem[] }
  | { readonly kind: 'unknown-shop'; readonly shopNumber: string }

/**
 * Books the disputes of a report of the bank, each in a transaction of its own and once, whatever file
 * names it: the money they hold back leaves the clearing account. A line about a payment that the
 * portal does not know books nothing.
 */
export async function importChargebacks(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shops: Shops,
  text: string,
  actor: string,
): Promise<Result<ChargebackImport, ImportFailure>> {
  const now = clock.now()
  const reads = adapters.flatMap(({ readChargebacks }) => (readChargebacks ? [readChargebacks(text)] : []))
  const read = reads.find((one) => one.ok) ?? reads[0]
  if (!read?.ok) return fail({ kind: 'unreadable', problems: read?.failure ?? [] })
  const { gateway, shopNumber, mode, lines } = read.value
  const found = (await shops.byNumber(gateway, shopNumber, now)).filter((one) => one.mode === mode)
  const [contract] = found
  if (!contract || found.length > 1) return fail({ kind: 'unknown-shop', shopNumber })
  const report = { opened: 0, known: 0, refused: [] as ChargebackImport['refused'][number][] }
  for (const line of lines) {
    const booked = await db.transaction((tx) => book(tx, contract, line, now, actor))
    if (!booked.ok) report.refused.push({ line: line.number, dispute: line.dispute, why: booked.failure })
    else if (booked.value.opened) report.opened += 1
    else report.known += 1
  }
  return ok(report)
}

async function book(
  tx: Parameters<typeof openChargeback>[0],
  { organisationId, id: contractId }: OpenContract,
  { dispute, bankTransaction, amount, openedAt }: ChargebackLine,
  now: Date,
  actor: string,
): ReturnType<typeof openChargeback> {
  const captureId = await findCaptureId(tx, organisationId, contractId, bankTransaction)
  if (captureId === undefined) return fail('unknown-capture')
  const opening = { organisationId, captureId, dispute, amount, openedOn: parisDay(openedAt) }
  return openChargeback(tx, opening, now, actor)
}
