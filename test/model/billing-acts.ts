// What is billed, corrected, given up and settled from credit.
import { expect } from 'vitest'
import { applyCredit } from '../../src/billing/apply-credit.ts'
import { issueCreditNote } from '../../src/billing/issue-credit-note.ts'
import { issueInvoice } from '../../src/billing/issue-invoice.ts'
import { publishInvoices } from '../../src/billing/publish-invoices.ts'
import { writeOff } from '../../src/billing/write-off.ts'
import { DAY_MS, later, parisDay } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import { closePeriods } from '../../src/proof/close-periods.ts'
import { sealEntries } from '../../src/proof/seal-entries.ts'
import type { Invoice } from './money.ts'
import { at, doing, happened, key, now, pickFrom, type Run, tick } from './run.ts'
import { idsOf } from './stage.ts'
import type { Step } from './steps.ts'

/** Does it; false when there was nothing to do it with. */
export type Play = (run: Run, step: Step) => Promise<boolean>

const invoicesOf = (run: Run, { book }: Step): Invoice[] =>
  [...run.money.invoices.values()].filter((one) => one.book === book)

async function issue(run: Run, step: Step, isVisible: boolean): Promise<void> {
  const { stage } = run
  const { unit, ids } = idsOf(stage, step.book)
  const number = `${unit.series}${String((run.count += 1)).padStart(6, '0')}`
  const visibleAt = isVisible ? now(run) : later(now(run), DAY_MS)
  // Some are of an earlier day: the older debt is settled first.
  const issuedOn = parisDay(later(now(run), -(step.how % 3) * DAY_MS))
  const invoice = {
    ...ids,
    establishmentId: unit.establishmentId,
    number,
    externalKey: undefined,
    purpose: 'sale' as const,
    issuedOn,
    visibleAt,
    dueOn: undefined,
    period: undefined,
    beneficiary: 'MARTIN Léo',
    activity: 'Mercredis',
    referent: 'MARTIN Claire',
    total: cents(step.cents),
    lines: [],
  }
  const id = await doing(run, step, () => stage.tx((tx) => issueInvoice(tx, invoice, now(run), 'test')))
  stage.invoiceIds.set(number, id)
  happened(run, {
    what: 'issued',
    book: step.book,
    invoice: number,
    total: step.cents,
    issuedOn,
    visibleAt: visibleAt.getTime(),
  })
}

async function publish(run: Run, step: Step): Promise<void> {
  await doing(run, step, () => publishInvoices(run.stage.services.db, now(run)))
  happened(run, { what: 'published', at: at(run) })
}

async function note(run: Run, step: Step, invoice: Invoice | undefined, amount: number): Promise<boolean> {
  if (!invoice) return false
  const standing = invoice.total - invoice.noted
  const asked = {
    organisationId: run.stage.organisationId,
    invoiceId: run.stage.invoiceIds.get(invoice.number)!,
    requestKey: key(run, 'avoir'),
    reason: 'Absence',
    corrects: cents(amount),
  }
  const write = () => run.stage.tx((tx) => issueCreditNote(tx, asked, now(run), 'Sophie'))
  if (amount > standing || amount === 0) {
    expect(await write()).toEqual({ ok: false, failure: amount === 0 ? 'no-amount' : 'above-invoice' })
    return true
  }
  expect(await doing(run, step, write)).toMatchObject({ ok: true, value: { issued: true } })
  happened(run, { what: 'noted', invoice: invoice.number, amount, spends: true, at: at(run) })
  run.repeats.push(write)
  return true
}

export const BILLING_ACTS = {
  wait: () => Promise.resolve(true),
  issue: async (run, step) => {
    await issue(run, step, step.how % 3 > 0)
    return true
  },
  /** A consumption of a rechargeable account: billed, and settled from credit at once. */
  consume: async (run, step) => {
    await issue(run, { ...step, book: step.book.replace('ALSH', 'COMPTE') as Step['book'] }, true)
    tick(run)
    await publish(run, { ...step, crash: undefined })
    return true
  },
  publish: async (run, step) => {
    const waiting = [...run.money.invoices.values()].some((one) => !one.published && one.visibleAt <= at(run))
    await publish(run, waiting ? step : { ...step, crash: undefined })
    return waiting
  },
  allocate: async (run, step) => {
    const { ids } = idsOf(run.stage, step.book)
    await doing(run, step, () => run.stage.tx((tx) => applyCredit(tx, ids, now(run))))
    happened(run, { what: 'allocated', book: step.book, at: at(run) })
    return true
  },
  creditNote: (run, step) => note(run, step, pickFrom(invoicesOf(run, step), step.pick), step.cents),
  cancel: (run, step) => {
    const invoice = pickFrom(invoicesOf(run, step), step.pick)
    return note(run, step, invoice, invoice ? invoice.total - invoice.noted : 0)
  },
  /** A wrong invoice: taken back whole, and the right one issued. */
  correct: async (run, step) => {
    const invoice = pickFrom(invoicesOf(run, step), step.pick)
    if (!(await note(run, step, invoice, invoice ? invoice.total - invoice.noted : 0))) return false
    tick(run)
    await issue(run, { ...step, crash: undefined }, true)
    return true
  },
  writeOff: async (run, step) => {
    const invoice = pickFrom(invoicesOf(run, step), step.pick)
    if (!invoice) return false
    const amount = step.how % 2 === 0 ? invoice.due : step.cents
    const decided = {
      organisationId: run.stage.organisationId,
      invoiceId: run.stage.invoiceIds.get(invoice.number)!,
      decision: key(run, 'décision'),
      amount: cents(amount),
      reason: 'Famille partie',
      decidedBy: 'Sophie',
      approvedBy: 'Karim',
    }
    const decide = () => run.stage.tx((tx) => writeOff(tx, decided, now(run)))
    if (amount === 0 || amount > invoice.due) {
      expect(await decide()).toEqual({ ok: false, failure: amount === 0 ? 'no-amount' : 'above-due' })
      return true
    }
    expect(await doing(run, step, decide)).toEqual({ ok: true, value: { written: true } })
    happened(run, { what: 'written off', invoice: invoice.number, amount })
    run.repeats.push(decide)
    return true
  },
  seal: async (run) => {
    await sealEntries(run.stage.services.db, run.stage.organisationId, now(run))
    return true
  },
  close: async (run) => {
    await closePeriods(run.stage.services.db, run.stage.organisationId, now(run))
    return true
  },
} satisfies { readonly [act: string]: Play }
