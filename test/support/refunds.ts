// Refunds and disputes as tests ask for them; each gives its failure's name, or what was done.
import { day } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import { applyFact } from '../../src/payments/apply-fact.ts'
import type { BankFact, OpenContract } from '../../src/payments/gateway.ts'
import { closeChargeback, openChargeback } from '../../src/payments/refunds/book-chargeback.ts'
import { requestRefund } from '../../src/payments/refunds/request-refund.ts'
import { refuseRefund, settleRefund } from '../../src/payments/refunds/settle-refund.ts'
import type { Db } from '../../src/platform/db.ts'
import { factOf, type Issued, type Till } from './till.ts'

let keys = 0

/** Pays invoices, or tops up, through the bank; gives the capture and the bank's fact. */
export async function payOnline(db: Db, till: Till, chosen: readonly Issued[] | number, amount: number) {
  const fact = factOf(await till.send(await till.start(chosen), amount))
  await tell(db, till, fact)
  const capture = await db
    .selectFrom('capture')
    .select('id')
    .where('bank_transaction', '=', fact.bankTransaction)
    .executeTakeFirstOrThrow()
  return { captureId: capture.id, fact }
}

type Place = Pick<Till, 'organisationId' | 'services'>

/** The bank says it. */
export const tell = (
  db: Db,
  till: { readonly services: Till['services']; readonly contract: OpenContract },
  fact: BankFact,
) => db.transaction((tx) => applyFact(tx, till.contract, fact, till.services.clock.now()))

export type AskedRefund = { requestKey?: string; invoice?: Issued; reason?: string }

/** Asks for a refund; gives its id, or the failure. */
export async function askRefund(
  db: Db,
  till: Place,
  captureId: string,
  amount: number,
  asked: AskedRefund = {},
): Promise<{ refundId: string } | string> {
  const refund = {
    organisationId: till.organisationId,
    captureId,
    requestKey: asked.requestKey ?? `remboursement ${(keys += 1)}`,
    amount: cents(amount),
    reason: asked.reason ?? 'Départ de la famille',
    ...(asked.invoice ? { invoiceId: asked.invoice.id } : {}),
  }
  const result = await db.transaction((tx) => requestRefund(tx, refund, till.services.clock.now(), 'Sophie'))
  return result.ok ? { refundId: result.value.refundId } : result.failure
}

/** The id of a refund that was granted. */
export function granted(asked: { refundId: string } | string): string {
  if (typeof asked === 'string') throw new Error(asked)
  return asked.refundId
}

export async function settle(
  db: Db,
  till: Place,
  refundId: string,
  amount: number,
  reference = `credit ${(keys += 1)}`,
  by: 'bank' | 'transfer' = 'bank',
): Promise<string> {
  const { organisationId, services } = till
  const paidOn = day('2012-04-13')
  const settlement = { organisationId, refundId, by, reference, amount: cents(amount), paidOn }
  const result = await db.transaction((tx) => settleRefund(tx, settlement, services.clock.now(), 'banque'))
  if (!result.ok) return result.failure
  return result.value.settled ? 'settled' : 'known'
}

export async function refuse(db: Db, till: Place, refundId: string): Promise<string> {
  const { organisationId, services } = till
  const refused = { organisationId, refundId, reason: 'Carte expirée' }
  const result = await db.transaction((tx) => refuseRefund(tx, refused, services.clock.now(), 'Sophie'))
  return result.ok ? 'refused' : result.failure
}

export async function dispute(
  db: Db,
  till: Till,
  captureId: string,
  number: string,
  amount: number,
): Promise<string> {
  const { organisationId, services } = till
  const opened = {
    organisationId,
    captureId,
    dispute: number,
    amount: cents(amount),
    openedOn: day('2012-05-02'),
  }
  const result = await db.transaction((tx) => openChargeback(tx, opened, services.clock.now(), 'Sophie'))
  if (!result.ok) return result.failure
  return result.value.opened ? 'opened' : 'known'
}

export async function endDispute(
  db: Db,
  till: Till,
  number: string,
  state: 'won' | 'reopened' | 'written_off',
  approvedBy = 'Karim',
): Promise<string> {
  const { organisationId, services } = till
  const ending = state === 'written_off' ? { state, approvedBy } : { state }
  const closing = { organisationId, dispute: number, ending, closedOn: day('2012-06-02') }
  const result = await db.transaction((tx) => closeChargeback(tx, closing, services.clock.now(), 'Sophie'))
  if (!result.ok) return result.failure
  return result.value.closed ? 'closed' : 'known'
}
