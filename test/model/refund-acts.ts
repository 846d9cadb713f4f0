// What goes back: refunds, and what cardholders dispute.
import { expect } from 'vitest'
import { parisDay } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import { closeChargeback, openChargeback } from '../../src/payments/refunds/book-chargeback.ts'
import { requestRefund } from '../../src/payments/refunds/request-refund.ts'
import { refuseRefund, settleRefund } from '../../src/payments/refunds/settle-refund.ts'
import { rows, sql } from '../../src/platform/db.ts'
import type { Play } from './billing-acts.ts'
import type { Ending } from './facts.ts'
import type { Capture, Invoice, Money } from './money.ts'
import { at, doing, happened, key, now, pickFrom, type Run } from './run.ts'
import type { Step } from './steps.ts'

const leftOf = (capture: Capture): number =>
  capture.amount - capture.cancelled - capture.refunded - capture.disputed

/** The portal's id of the capture of a bank transaction. */
async function idOf({ stage }: Run, { transaction }: Capture): Promise<string> {
  const [found] = await rows<{ id: string }>(
    stage.services.db,
    sql`select id from capture where organisation_id = ${stage.organisationId} and bank_transaction = ${transaction}`,
  )
  return found!.id
}

/** A part, or all that is left, or a cent too much. */
const amountOf = ({ how, cents }: Step, left: number): number =>
  how % 5 === 0 ? left + 1 : how % 5 < 3 ? left : Math.min(cents, Math.max(1, left))

function refusalOf(money: Money, capture: Capture, amount: number, invoice: Invoice | undefined) {
  const { book } = capture
  if (book === undefined) return 'unknown-capture'
  if (amount <= 0) return 'no-amount'
  if (amount > leftOf(capture)) return 'above-captured'
  if (!invoice) return amount > money.creditOf(book) ? 'not-enough-credit' : undefined
  if (invoice.book !== book) return 'unknown-invoice'
  if (Math.min(invoice.due, amount) > money.creditOf(book)) return 'not-enough-credit'
  return amount > invoice.total - invoice.noted ? 'above-invoice' : undefined
}

async function ask(run: Run, step: Step, withInvoice: boolean): Promise<boolean> {
  const { stage, money } = run
  const capture = pickFrom([...money.captures.values()], step.pick)
  if (!capture) return false
  const invoices = [...money.invoices.values()].filter((one) => one.book === capture.book || step.how === 0)
  const invoice = withInvoice ? pickFrom(invoices, step.how) : undefined
  if (withInvoice && !invoice) return false
  const standing = invoice ? invoice.total - invoice.noted : Infinity
  const credit = capture.book && !invoice ? money.creditOf(capture.book) : Infinity
  const amount = amountOf(step, Math.min(leftOf(capture), standing, credit))
  const requestKey = key(run, 'remboursement')
  const asked = {
    organisationId: stage.organisationId,
    captureId: await idOf(run, capture),
    requestKey,
    amount: cents(amount),
    reason: 'Départ',
    ...(invoice ? { invoiceId: stage.invoiceIds.get(invoice.number)! } : {}),
  }
  const request = () => stage.tx((tx) => requestRefund(tx, asked, now(run), 'Sophie'))
  const failure = refusalOf(money, capture, amount, invoice)
  if (failure !== undefined) {
    expect(await request()).toEqual({ ok: false, failure })
    return true
  }
  const result = await doing(run, step, request)
  if (!result.ok) throw new Error(result.failure)
  if (invoice) happened(run, { what: 'noted', invoice: invoice.number, amount, spends: false, at: at(run) })
  const { refundId } = result.value
  happened(run, { what: 'refund asked', refund: refundId, transaction: capture.transaction, amount })
  run.repeats.push(request)
  return true
}

export const REFUND_ACTS = {
  refund: (run, step) => ask(run, step, false),
  refundInvoice: (run, step) => ask(run, step, true),
  payRefund: async (run, step) => {
    const { stage, money } = run
    const [refundId, refund] = pickFrom([...money.refunds], step.pick) ?? []
    if (refundId === undefined || !refund) return false
    const by = step.how % 2 === 0 ? 'bank' : 'transfer'
    const paid = {
      organisationId: stage.organisationId,
      refundId,
      by,
      reference: key(run, 'crédit'),
      amount: cents(refund.amount),
      paidOn: parisDay(now(run)),
    } as const
    const pay = () => stage.tx((tx) => settleRefund(tx, paid, now(run), 'banque'))
    if (refund.state !== 'asked') {
      const failure = refund.state === 'paid' ? 'already-settled' : 'refused-before'
      expect(await pay()).toEqual({ ok: false, failure })
      return true
    }
    expect(await doing(run, step, pay)).toEqual({ ok: true, value: { settled: true } })
    happened(run, { what: 'refund paid', refund: refundId, from: by === 'bank' ? 'clearing' : 'bank' })
    run.repeats.push(pay)
    return true
  },
  refuseRefund: async (run, step) => {
    const { stage, money } = run
    const [refundId, refund] = pickFrom([...money.refunds], step.pick) ?? []
    if (refundId === undefined || !refund) return false
    const refused = { organisationId: stage.organisationId, refundId, reason: 'Carte expirée' }
    const refuse = () => stage.tx((tx) => refuseRefund(tx, refused, now(run), 'Sophie'))
    if (refund.state !== 'asked') {
      const failure = refund.state === 'paid' ? 'already-settled' : 'refused-before'
      expect(await refuse()).toEqual({ ok: false, failure })
      return true
    }
    expect(await doing(run, step, refuse)).toMatchObject({ ok: true })
    happened(run, { what: 'refund refused', refund: refundId, at: at(run) })
    run.repeats.push(refuse)
    return true
  },
  dispute: async (run, step) => {
    const { stage, money } = run
    const capture = pickFrom([...money.captures.values()], step.pick)
    if (!capture) return false
    const amount = amountOf(step, leftOf(capture))
    const opened = {
      organisationId: stage.organisationId,
      captureId: await idOf(run, capture),
      dispute: key(run, 'litige'),
      amount: cents(amount),
      openedOn: parisDay(now(run)),
    }
    const open = () => stage.tx((tx) => openChargeback(tx, opened, now(run), 'Sophie'))
    if (amount <= 0 || amount > leftOf(capture)) {
      expect(await open()).toEqual({ ok: false, failure: amount <= 0 ? 'no-amount' : 'above-captured' })
      return true
    }
    expect(await doing(run, step, open)).toEqual({ ok: true, value: { opened: true } })
    const { transaction } = capture
    happened(run, { what: 'disputed', dispute: opened.dispute, transaction, amount })
    run.repeats.push(open)
    return true
  },
  endDispute: async (run, step) => {
    const { stage, money } = run
    const [dispute, found] = pickFrom([...money.disputes], step.pick) ?? []
    if (dispute === undefined || !found) return false
    const ending = pickFrom<Ending>(['won', 'reopened', 'written_off', 'reopened'], step.how)!
    const closing = {
      organisationId: stage.organisationId,
      dispute,
      ending: ending === 'written_off' ? { state: ending, approvedBy: 'Karim' } : { state: ending },
      closedOn: parisDay(now(run)),
    }
    const close = () => stage.tx((tx) => closeChargeback(tx, closing, now(run), 'Sophie'))
    if (found.state !== 'open') {
      const same = { ok: true, value: { closed: false } }
      expect(await close()).toEqual(found.state === ending ? same : { ok: false, failure: 'already-closed' })
      return true
    }
    expect(await doing(run, step, close)).toEqual({ ok: true, value: { closed: true } })
    happened(run, { what: 'dispute ended', dispute, ending, at: at(run) })
    run.repeats.push(close)
    return true
  },
} satisfies { readonly [act: string]: Play }
