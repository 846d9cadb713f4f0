// What families do: choose, leave for the bank, come back and try again, in as many tabs as they like.
import { expect } from 'vitest'
import { dropPayment } from '../../src/payments/drop-payment.ts'
import { expireAttempts } from '../../src/payments/expire-attempts.ts'
import { sendPayment } from '../../src/payments/send-payment.ts'
import { type PaymentRequest, startPayment } from '../../src/payments/start-payment.ts'
import { MINUTE_MS } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import { rows, sql } from '../../src/platform/db.ts'
import { decide } from './bank-acts.ts'
import type { Play } from './billing-acts.ts'
import type { Attempt, Money } from './money.ts'
import { at, DAY_AND_NIGHT, doing, happened, key, payerOf, pickFrom, type Run, tick } from './run.ts'
import { idsOf } from './stage.ts'
import type { Step } from './steps.ts'

const MONTH = 30 * DAY_AND_NIGHT

/** Whether the bank said of it that it would tell later: it is neither dropped nor sent again. */
async function isAwaited({ stage }: Run, reference: string): Promise<boolean> {
  const found = await rows<{ state: string }>(
    stage.services.db,
    sql`select state from payment_attempt
      where organisation_id = ${stage.organisationId} and reference = ${reference}`,
  )
  return found[0]?.state === 'awaited'
}

const MINIMUM = 100
const MAXIMUM = 200_000

/** Invoices of attempts that are, or may be, at the bank. */
const heldBy = (money: Money, except?: string): Set<string> =>
  new Set(
    [...money.attempts]
      .filter(([reference, { state }]) => state === 'running' && reference !== except)
      .flatMap(([, { invoices }]) => (invoices === 'top-up' ? [] : invoices)),
  )

/** Chooses invoices, some of which may be at the bank already; gives the attempt's reference. */
async function choose(run: Run, step: Step, formKey: string, tabs: number): Promise<string | undefined> {
  const { stage } = run
  const isFree = (number: string) => step.how % 4 === 0 || !heldBy(run.money).has(number)
  const unsettled = run.money.unsettled(step.book, at(run)).filter((one) => isFree(one.number))
  const wanted = unsettled.slice(0, 1 + (step.pick % 3)).map((one) => one.number)
  if (wanted.length === 0) return undefined
  const { unit } = idsOf(stage, step.book)
  const request: PaymentRequest = {
    billingUnitId: unit.unitId,
    formKey,
    purpose: 'invoices',
    invoiceNumbers: wanted,
  }
  const start = () => startPayment(stage.services, payerOf(run, step.book, step.how), request)
  const results = await doing(run, step, () => Promise.all(Array.from({ length: tabs }, start)))
  const [result] = results
  expect(new Set(results.map((one) => JSON.stringify(one))).size, 'two tabs, one attempt').toBe(1)
  happened(run, { what: 'allocated', book: step.book, at: at(run) })
  const chosen = run.money.unsettled(step.book, at(run)).filter((one) => wanted.includes(one.number))
  const amount = chosen.reduce((sum, one) => sum + one.due, 0)
  const held = heldBy(run.money)
  const failure =
    chosen.length < wanted.length
      ? 'unknown-invoice'
      : wanted.some((one) => held.has(one))
        ? 'in-progress'
        : amount < MINIMUM
          ? 'below-minimum'
          : amount > MAXIMUM
            ? 'above-maximum'
            : undefined
  if (failure !== undefined || !result?.ok) {
    expect(result).toEqual({ ok: false, failure })
    return undefined
  }
  const reference = result.value
  const invoices = chosen.map((one) => one.number)
  happened(run, { what: 'started', book: step.book, reference, invoices, amount })
  run.repeats.push(start)
  return reference
}

/** Leaves for the bank, where the form is kept; the attempt may have become impossible meanwhile. */
async function send(run: Run, step: Step, reference: string): Promise<boolean> {
  tick(run)
  const { stage } = run
  const attempt = run.money.attempts.get(reference)!
  const isOpen = attempt.state !== 'captured' && attempt.state !== 'review'
  if (isOpen && attempt.invoices !== 'top-up')
    happened(run, { what: 'allocated', book: attempt.book, at: at(run) })
  const { money } = run
  const amount = amountOf(money, reference)
  const actor = payerOf(run, attempt.book, step.how + 1)
  const seen = { amount: cents(step.how === 29 ? amount + 1 : amount), receiptEmail: actor.email }
  const leave = () => sendPayment(stage.services, stage.shops, actor, reference, seen)
  const held = heldBy(money, reference)
  const isHeld = (number: string) => held.has(number) && money.invoices.get(number)!.due > 0
  const failure =
    attempt.state === 'captured'
      ? 'already-paid'
      : attempt.state === 'review'
        ? 'under-review'
        : attempt.invoices !== 'top-up' && attempt.invoices.some(isHeld)
          ? 'in-progress'
          : amount === 0
            ? 'nothing-due'
            : seen.amount !== amount
              ? 'amount-changed'
              : amount < MINIMUM
                ? 'below-minimum'
                : undefined
  const result = failure === undefined ? await doing(run, step, leave) : await leave()
  if (failure !== undefined || !result.ok) {
    expect(result).toEqual({ ok: false, failure })
    return false
  }
  const form = new Map(result.value.kind === 'form' ? result.value.fields : [])
  expect(form.get('vads_amount')).toBe(String(amount))
  run.bank.forms.push(form)
  happened(run, { what: 'sent', reference, number: form.get('vads_trans_id') ?? '', amount })
  return true
}

function amountOf(money: Money, reference: string): number {
  const { invoices, amount } = money.attempts.get(reference)!
  if (invoices === 'top-up') return amount
  return invoices.reduce((sum, number) => sum + money.invoices.get(number)!.due, 0)
}

const attemptsIn = ({ money }: Run, ...states: readonly Attempt['state'][]) =>
  [...money.attempts].filter(([, { state }]) => states.includes(state)).map(([reference]) => reference)

async function pay(run: Run, step: Step, tabs: number): Promise<boolean> {
  const reference = await choose(run, step, key(run, 'page'), tabs)
  if (reference === undefined) return false
  // One in ten hesitates on the confirmation page.
  if (step.how % 10 < 9 && (await send(run, { ...step, crash: undefined }, reference))) decide(run, step)
  return true
}

export const PAYMENT_ACTS = {
  pay: (run, step) => pay(run, step, 1),
  twoTabs: (run, step) => pay(run, step, 2),
  topUp: async (run, step) => {
    const { stage } = run
    const book = step.book.replace('ALSH', 'COMPTE') as Step['book']
    const { unit } = idsOf(stage, book)
    const request: PaymentRequest = {
      billingUnitId: unit.unitId,
      formKey: key(run, 'page'),
      purpose: 'top_up',
      amount: cents(step.cents),
    }
    const start = () => startPayment(stage.services, payerOf(run, book, step.how), request)
    if (step.cents < MINIMUM) {
      expect(await start()).toEqual({ ok: false, failure: 'below-minimum' })
      return true
    }
    const started = await doing(run, step, start)
    if (!started.ok) throw new Error(started.failure)
    const reference = started.value
    happened(run, { what: 'started', book, reference, invoices: 'top-up', amount: step.cents })
    if (await send(run, { ...step, crash: undefined }, reference)) decide(run, step)
    return true
  },
  /** An attempt refused, left, expired or still open is taken up again. */
  payAgain: async (run, step) => {
    const states =
      step.how % 5 === 0 ? (['captured', 'review'] as const) : (['created', 'free', 'running'] as const)
    const reference = pickFrom(attemptsIn(run, ...states), step.pick)
    if (reference === undefined || (await isAwaited(run, reference))) return false
    if (await send(run, step, reference)) decide(run, step)
    return true
  },
  drop: async (run, step) => {
    const reference = pickFrom(attemptsIn(run, 'running', 'created', 'captured'), step.pick)
    if (reference === undefined) return false
    const attempt = run.money.attempts.get(reference)!
    const actor = payerOf(run, attempt.book, step.how)
    const result = await doing(run, step, () => dropPayment(run.stage.services, actor, reference))
    if (attempt.state === 'captured' || (await isAwaited(run, reference)))
      expect(result).toEqual({ ok: false, failure: 'too-late' })
    else {
      expect(result).toEqual({ ok: true, value: 'dropped' })
      happened(run, { what: 'freed', reference })
    }
    return true
  },
  /**
   * Which attempts are silent enough, the portal says: none before half an hour, all after a day, but
   * those of which the bank said that it would tell later, which are waited for a month.
   */
  expire: async (run, step) => {
    const { stage } = run
    await expireAttempts(stage.services.db, stage.services.clock.now())
    const found = await rows<{ reference: string; state: string; since: Date }>(
      stage.services.db,
      sql`select reference, state,
          case state when 'awaited' then state_at else coalesce(sent_at, created_at) end as since
        from payment_attempt
        where organisation_id = ${stage.organisationId}`,
    )
    for (const { reference, state, since } of found) {
      const { state: known } = run.money.attempts.get(reference)!
      if (known !== 'running' && known !== 'created') continue
      const silence = at(run) - since.getTime()
      const isFree = state === 'expired' || state === 'abandoned'
      if (isFree) expect(silence, reference).toBeGreaterThanOrEqual(30 * MINUTE_MS)
      else expect(silence, reference).toBeLessThan(state === 'awaited' ? MONTH : DAY_AND_NIGHT)
      if (isFree) happened(run, { what: 'freed', reference })
    }
    return step.act === 'expire'
  },
} satisfies { readonly [act: string]: Play }
