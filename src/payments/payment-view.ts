// What the permanent page of a payment shows. Pure.
import type { Instant } from '../kernel/dates.ts'
import { type Cents, ZERO, subtract, sum } from '../kernel/money.ts'
import type { ReceiptContent } from '../documents/receipt-document.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { type Attempt, type ReturnPage, pageOf } from './payment.ts'
import type { Queue } from './queue.ts'
import type { CaptureOfAttempt } from './store.ts'

/** Beyond this many invoices settled at once, their list is folded. */
const LISTED_INVOICES = 5

/** Seconds between two readings of the page: short while the bank's answer is expected, long in doubt. */
const POLL_SECONDS: Readonly<Record<ReturnPage, number | undefined>> = {
  accepted: undefined,
  pending: 3,
  awaited: undefined,
  refused: undefined,
  abandoned: undefined,
  unknown: 20,
  'taken-back': undefined,
}

/** What a capture settled, in the words of its receipt. */
export type PaidView = {
  readonly amount: Cents
  /** What the bank took back of it; then what it had settled is no longer said. */
  readonly takenBack: Cents
  readonly at: Instant
  readonly receipt: Pick<CaptureOfAttempt, 'receiptId' | 'receiptNumber'>
  readonly settled: readonly string[]
  readonly isFolded: boolean
  readonly partly: readonly { readonly number: string; readonly paid: Cents; readonly due: Cents }[]
  readonly credit: Cents
}

export type PaymentView = {
  readonly attempt: Attempt
  readonly unit: BillingUnit
  readonly page: ReturnPage
  readonly pollSeconds: number | undefined
  readonly paid: readonly PaidView[]
  /** What was taken and is still there. */
  readonly total: Cents
  readonly mayPay: boolean
  /** Where the bank takes one invoice at a time: what this adult may pay next. */
  readonly queue: Queue | undefined
  /** Sent more than once: what is known of the last sending is not known of the others. */
  readonly isRetry: boolean
  /** Whether the bank can be asked, so that the page may promise it. */
  readonly isAsked: boolean
  /** Whether the receipt has left by mail; undefined when nobody asked for one. */
  readonly receiptMailed: boolean | undefined
}

/** How often a page is read again, if it is. */
export const pollSecondsOf = (page: ReturnPage): number | undefined => POLL_SECONDS[page]

/** Whether the bank took back all that it had taken. */
export const isTakenBack = (captures: readonly CaptureOfAttempt[]): boolean =>
  captures.length > 0 && captures.every((capture) => capture.takenBack >= capture.amount)

/** The page of a payment; `contents` are the receipts of `captures`, in the same order. */
export function paymentView(
  attempt: Attempt,
  unit: BillingUnit,
  captures: readonly CaptureOfAttempt[],
  contents: readonly (ReceiptContent | undefined)[],
  {
    mayPay,
    queue,
    isRetry,
    isAsked,
    receiptMailed,
  }: Pick<PaymentView, 'mayPay' | 'queue' | 'isRetry' | 'isAsked' | 'receiptMailed'>,
): PaymentView {
  const page = pageOf(attempt.state, isTakenBack(captures))
  return {
    attempt,
    unit,
    page,
    pollSeconds: pollSecondsOf(page),
    paid: captures.map((capture, index) => toPaid(capture, contents[index])),
    total: sum(captures.map((capture) => subtract(capture.amount, capture.takenBack))),
    mayPay,
    queue,
    isRetry,
    isAsked,
    receiptMailed,
  }
}

function toPaid(capture: CaptureOfAttempt, content: ReceiptContent | undefined): PaidView {
  const stands = capture.takenBack === ZERO
  const lines = stands ? (content?.lines ?? []) : []
  const settled = lines.filter((line) => line.dueAfterCents === ZERO).map((line) => line.invoiceNumber)
  return {
    amount: capture.amount,
    takenBack: capture.takenBack,
    at: capture.capturedAt,
    receipt: capture,
    settled,
    isFolded: settled.length > LISTED_INVOICES,
    partly: lines
      .filter((line) => line.dueAfterCents > ZERO)
      .map((line) => ({ number: line.invoiceNumber, paid: line.settledCents, due: line.dueAfterCents })),
    credit: stands ? (content?.creditCents ?? ZERO) : ZERO,
  }
}

/** `claire.martin@famille.example` → `claire.martin@…`: enough to recognise, nothing to harvest. */
export const shortEmail = (email: string): string => `${email.slice(0, email.indexOf('@') + 1)}…`
