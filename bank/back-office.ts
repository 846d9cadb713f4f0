import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import { toStamp } from './format.ts'
import type { Store, Transaction } from './store.ts'

/** Why an operation is refused: the interface's own codes (gateways 2.2). */
type OperationRefusal = 'PSP_010' | 'PSP_050' | 'PSP_075' | 'PSP_104' | 'PSP_105'
export type OperationResult = { readonly transaction: Transaction } | { readonly refusal: OperationRefusal }

/** What may be done to a transaction once it exists, by a person or by the shop's server. */
export type BackOffice = {
  /** Before the capture, the whole amount only. */
  cancel: (uuid: string, amount?: number) => OperationResult
  /** Before the capture, a smaller amount. */
  reduce: (uuid: string, amount: number) => OperationResult
  /** After the capture: a transaction of its own, up to the total. */
  refund: (uuid: string, amount: number) => OperationResult
  validate: (uuid: string) => OperationResult
  /** The remittance to the bank, which fails when a test says so. */
  capture: (uuid: string, how?: 'CAPTURED' | 'CAPTURE_FAILED') => OperationResult
  expire: (uuid: string) => OperationResult
}

const WAITING = ['AUTHORISED_TO_VALIDATE', 'WAITING_AUTHORISATION', 'WAITING_AUTHORISATION_TO_VALIDATE']
const UNCAPTURED = ['AUTHORISED', ...WAITING]

export const statusOf = ({ outcome }: Transaction): string => outcome['vads_trans_status'] ?? ''
const amountOf = ({ outcome, order, faults }: Transaction): number =>
  Number(outcome['vads_amount'] ?? faults.amount ?? order.amount)

/** Opens the back office over what the bank remembers. */
export function openBackOffice(store: Store, clock: Clock): BackOffice {
  const inState = (
    uuid: string,
    states: readonly string[],
    then: (transaction: Transaction) => OperationResult,
  ): OperationResult => {
    const transaction = store.findTransaction(uuid)
    if (!transaction || transaction.ending === 'abandoned') return { refusal: 'PSP_010' }
    if (statusOf(transaction) === 'CANCELLED') return { refusal: 'PSP_105' }
    const isDebit = transaction.outcome['vads_operation_type'] === 'DEBIT'
    return isDebit && states.includes(statusOf(transaction)) ? then(transaction) : { refusal: 'PSP_075' }
  }
  const amend = (transaction: Transaction, changes: Record<string, string>): OperationResult => {
    transaction.outcome = { ...transaction.outcome, ...changes }
    return { transaction }
  }
  const refundedOf = (uuid: string): number =>
    store
      .listTransactions()
      .filter((one) => one.parent === uuid)
      .reduce((total, one) => total + amountOf(one), 0)

  return {
    cancel: (uuid, amount) =>
      inState(uuid, UNCAPTURED, (transaction) =>
        amount === undefined || amount === amountOf(transaction)
          ? amend(transaction, { vads_trans_status: 'CANCELLED' })
          : { refusal: 'PSP_050' },
      ),
    reduce: (uuid, amount) =>
      inState(uuid, UNCAPTURED, (transaction) =>
        amount > 0 && amount < amountOf(transaction)
          ? amend(transaction, { vads_amount: String(amount), vads_effective_amount: String(amount) })
          : { refusal: 'PSP_050' },
      ),
    refund: (uuid, amount) =>
      inState(uuid, ['CAPTURED'], (transaction) => {
        const left = amountOf(transaction) - refundedOf(uuid)
        if (left === 0) return { refusal: 'PSP_104' }
        if (amount <= 0 || amount > left) return { refusal: 'PSP_050' }
        const credit = creditOf(transaction, amount, clock.now())
        store.addTransaction(credit)
        return { transaction: credit }
      }),
    validate: (uuid) =>
      inState(uuid, WAITING, (transaction) => amend(transaction, { vads_trans_status: 'AUTHORISED' })),
    capture: (uuid, how = 'CAPTURED') =>
      inState(uuid, ['AUTHORISED'], (transaction) => amend(transaction, { vads_trans_status: how })),
    expire: (uuid) =>
      inState(uuid, UNCAPTURED, (transaction) => amend(transaction, { vads_trans_status: 'EXPIRED' })),
  }
}

/** A credit has its own uuid and names its order; only the interface names the payment it gives back. */
function creditOf(transaction: Transaction, amount: number, now: number): Transaction {
  const uuid = randomBytes(16).toString('hex')
  return {
    uuid,
    parent: transaction.uuid,
    order: transaction.order,
    ending: 'accepted',
    sequence: 1,
    time: now,
    faults: {},
    outcome: {
      ...transaction.outcome,
      vads_trans_uuid: uuid,
      vads_operation_type: 'CREDIT',
      vads_trans_status: 'AUTHORISED',
      vads_amount: String(amount),
      vads_effective_amount: String(amount),
      vads_effective_creation_date: toStamp(now),
      vads_presentation_date: toStamp(now),
      vads_sequence_number: '1',
      vads_auth_number: '',
    },
    deliveries: [],
  }
}
