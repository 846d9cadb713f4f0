// The desk of a till: what a person of the association records there.
import type { NewDeskPayment } from '../../src/desk/desk-payment.ts'
import { recordDeskPayment } from '../../src/desk/record-desk-payment.ts'
import { day } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import type { Db } from '../../src/platform/db.ts'
import type { Issued, Till } from './till.ts'

let keys = 0

/** A payment at the desk, a cheque of the family's payer unless told otherwise. */
export const atDesk = (
  till: Till,
  amount: number,
  invoices: readonly Issued[],
  values: Partial<NewDeskPayment> = {},
): NewDeskPayment => ({
  organisationId: till.organisationId,
  billingUnitId: till.unitId,
  familyId: till.familyId,
  requestKey: `guichet ${(keys += 1)}`,
  method: 'cheque',
  amount: cents(amount),
  receivedOn: day('2012-04-10'),
  payerName: 'MARTIN Claire',
  mark: '0012345',
  invoices: invoices.map((invoice) => invoice.id),
  ...values,
})

/** Records it as « Sophie » would. */
export const record = (db: Db, till: Till, payment: NewDeskPayment) =>
  db.transaction((tx) => recordDeskPayment(tx, payment, till.services.clock.now(), 'Sophie'))

/** Records it and gives its id; a refusal is a defect of the test. */
export async function recorded(db: Db, till: Till, payment: NewDeskPayment): Promise<string> {
  const result = await record(db, till, payment)
  if (!result.ok) throw new Error(result.failure)
  return result.value.paymentId
}
