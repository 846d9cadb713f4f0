// Money handed over beside the bank: at the desk, elsewhere, before.
import { expect } from 'vitest'
import { recordElsewherePayment, recordOpeningCredit } from '../../src/billing/record-elsewhere.ts'
import { depositPayments } from '../../src/desk/deposit-payments.ts'
import { recordDeskPayment } from '../../src/desk/record-desk-payment.ts'
import { bounceCheque, undoDeskPayment } from '../../src/desk/undo-desk-payment.ts'
import { parisDay } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import type { Play } from './billing-acts.ts'
import type { Means } from './facts.ts'
import { at, doing, happened, key, now, pickFrom, type Run } from './run.ts'
import { idsOf } from './stage.ts'
import type { Step } from './steps.ts'

/** None, one or two invoices of the book, settled or not. */
function someInvoices({ money }: Run, { book, pick, how }: Step): string[] {
  const all = [...money.invoices.values()].filter((one) => one.book === book).map((one) => one.number)
  return [...new Set([pickFrom(all, pick), pickFrom(all, pick + how)].slice(0, how % 3))].filter(
    (one) => one !== undefined,
  )
}

const receive =
  (means: 'cash' | 'cheque' | 'voucher' | 'transfer'): Play =>
  async (run, step) => {
    const { stage } = run
    const invoices = someInvoices(run, step)
    const requestKey = key(run, 'guichet')
    const payment = {
      ...idsOf(stage, step.book).ids,
      requestKey,
      method: means,
      amount: cents(step.cents),
      receivedOn: parisDay(now(run)),
      payerName: 'MARTIN Odile',
      mark: '0012345',
      invoices: invoices.map((number) => stage.invoiceIds.get(number)!),
    }
    const record = () => stage.tx((tx) => recordDeskPayment(tx, payment, now(run), 'Sophie'))
    const recorded = await doing(run, step, record)
    if (!recorded.ok) throw new Error(recorded.failure)
    expect(recorded.value.recorded).toBe(true)
    const { paymentId } = recorded.value
    happened(run, {
      what: 'received',
      book: step.book,
      key: paymentId,
      means,
      amount: step.cents,
      invoices,
      at: at(run),
    })
    run.repeats.push(record)
    return true
  }

const takeOver =
  (means: 'elsewhere' | 'opening'): Play =>
  async (run, step) => {
    const invoices = means === 'elsewhere' ? someInvoices(run, step) : []
    const externalKey = key(run, means)
    const received = {
      ...idsOf(run.stage, step.book).ids,
      externalKey,
      receivedOn: parisDay(now(run)),
      amount: cents(step.cents),
      method: 'Chèque',
      invoices: invoices.map((number) => run.stage.invoiceIds.get(number)!),
    }
    const record = means === 'elsewhere' ? recordElsewherePayment : recordOpeningCredit
    await doing(run, step, () => run.stage.tx((tx) => record(tx, received, now(run), 'test')))
    happened(run, {
      what: 'received',
      book: step.book,
      key: externalKey,
      means,
      amount: step.cents,
      invoices,
      at: at(run),
    })
    return true
  }

const AT_DESK: readonly Means[] = ['cash', 'cheque', 'voucher', 'transfer']
const paymentsOf = ({ money }: Run, means: readonly Means[]) =>
  [...money.received.values()].filter((one) => means.includes(one.fact.means))

const takeBack =
  (how: 'undone' | 'bounced'): Play =>
  async (run, step) => {
    const { stage, money } = run
    const payment = pickFrom(paymentsOf(run, how === 'bounced' ? ['cheque'] : AT_DESK), step.pick)
    if (!payment) return false
    const { book, key: paymentId } = payment.fact
    const verb = how === 'bounced' ? bounceCheque : undoDeskPayment
    const undone = { organisationId: stage.organisationId, paymentId, reason: 'Erreur' }
    const undo = () => stage.tx(async (tx) => verb(tx, undone, now(run), 'Sophie'))
    const credit = payment.shares.find((one) => one.to === 'credit')?.cents ?? 0
    const failure =
      how === 'undone' && payment.deposited
        ? 'deposited'
        : payment.undone
          ? 'already-reversed'
          : how === 'undone' && !money.couldTake(book, credit)
            ? 'credit-spent'
            : undefined
    if (failure !== undefined) {
      expect(await undo()).toEqual({ ok: false, failure })
      return true
    }
    expect(await doing(run, step, undo)).toMatchObject({ ok: true })
    happened(run, { what: 'undone', key: paymentId, how, at: at(run) })
    run.repeats.push(undo)
    return true
  }

export const DESK_ACTS = {
  cash: receive('cash'),
  cheque: receive('cheque'),
  voucher: receive('voucher'),
  transfer: receive('transfer'),
  elsewhere: takeOver('elsewhere'),
  opening: takeOver('opening'),
  undo: takeBack('undone'),
  bounce: takeBack('bounced'),
  /** One slip for all that lies there. */
  deposit: async (run, step) => {
    const { stage } = run
    const { unit } = idsOf(stage, step.book)
    const held = paymentsOf(run, ['cheque', 'voucher']).filter(
      (one) => !one.deposited && !one.undone && one.fact.book.startsWith(unit.code),
    )
    if (held.length === 0) return false
    const keys = held.map((one) => one.fact.key)
    const slip = {
      organisationId: stage.organisationId,
      billingUnitId: unit.unitId,
      slip: key(run, 'bordereau'),
      depositedOn: parisDay(now(run)),
      paymentIds: keys,
    }
    const deposit = () => stage.tx((tx) => depositPayments(tx, slip, now(run), 'Sophie'))
    expect(await doing(run, step, deposit)).toEqual({ ok: true, value: { deposited: true } })
    happened(run, { what: 'deposited', keys })
    run.repeats.push(deposit)
    return true
  },
} satisfies { readonly [act: string]: Play }
