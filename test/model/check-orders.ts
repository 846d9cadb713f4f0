// The same facts in another order, told to other families: what depends on no order is the same. Which
// invoice money fell on does depend on it; what a family has or owes at a unit, what each internal
// account holds, which attempts are captured and how many receipts there are do not.
import { brought } from '../support/till.ts'
import { expect } from 'vitest'
import { issueInvoice } from '../../src/billing/issue-invoice.ts'
import { recordDeskPayment } from '../../src/desk/record-desk-payment.ts'
import { day, parisDay } from '../../src/kernel/dates.ts'
import type { InvoiceId } from '../../src/kernel/ids.ts'
import { cents } from '../../src/kernel/money.ts'
import { receiveMessage } from '../../src/payments/receive-message.ts'
import { sendPayment } from '../../src/payments/send-payment.ts'
import { startPayment } from '../../src/payments/start-payment.ts'
import { rows, sql } from '../../src/platform/db.ts'
import { messageFor } from './bank.ts'
import type { Fact } from './facts.ts'
import { unitOf } from './facts.ts'
import type { Attempt } from './money.ts'
import { key, now, type Run, tick } from './run.ts'
import { type Household, openHousehold, type Unit } from './stage.ts'

/** Enough of a run to be told twice again. */
const ATTEMPTS = 2
const RECEIPTS = 2

type Event = { readonly of: string; readonly tell: () => Promise<unknown> }

export async function checkOrders(run: Run): Promise<void> {
  const attempts = [...run.money.attempts].filter(([, { sendings }]) => sendings.length > 0).slice(-ATTEMPTS)
  const inOrder = await retell(run, attempts, (events) => events)
  expect(await retell(run, attempts, backwards)).toEqual(inOrder)
}

/** The last first, and all of it twice; what is said of one transaction keeps its order, as corrections do. */
function backwards(events: readonly Event[]): Event[] {
  const own = Map.groupBy(events, (one) => one.of)
  const once = events.toReversed().map(({ of }) => own.get(of)!.shift()!)
  return [...once, ...once]
}

/** Tells a new family what the run's families were told, in this order; gives where it ends. */
async function retell(
  run: Run,
  attempts: readonly (readonly [string, Attempt])[],
  order: (events: readonly Event[]) => readonly Event[],
): Promise<unknown> {
  const { stage } = run
  const household = await openHousehold(stage)
  const before = await internalAccounts(run)
  const forms = new Map<string, ReadonlyMap<string, string>>()
  for (const [reference, attempt] of attempts) forms.set(reference, await sendAgain(run, household, attempt))
  const events = run.facts.flatMap((fact): Event[] => eventOf(run, household, forms, fact))
  const atDesk = events.filter(({ of }) => of === 'desk').slice(-RECEIPTS)
  for (const { tell } of order(events.filter((one) => one.of !== 'desk' || atDesk.includes(one)))) {
    tick(run)
    await tell()
  }
  const after = await internalAccounts(run)
  const [ends] = await rows(
    stage.services.db,
    sql`select (select array_agg(concat(u.code, ' ', u.cents) order by u.code) from (select n.code, sum(b.cents) as cents
        from account a join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
        join billing_unit n on n.organisation_id = a.organisation_id and n.id = a.billing_unit_id
        where a.organisation_id = ${stage.organisationId} and a.family_id = ${household.familyId} group by n.code) u) as balances,
      (select count(*) from payment_attempt where organisation_id = ${stage.organisationId}
        and family_id = ${household.familyId} and state = 'captured') as captured,
      (select count(*) from receipt where organisation_id = ${stage.organisationId}
        and family_id = ${household.familyId}) as receipts`,
  )
  const moved = [...after].map(([name, held]) => [name, held - (before.get(name) ?? 0)])
  return { ...(ends as object), moved: Object.fromEntries(moved) as object }
}

/** What the model's attempt paid for becomes one invoice, or the same top-up, sent to the bank. */
async function sendAgain(
  run: Run,
  household: Household,
  attempt: Attempt,
): Promise<ReadonlyMap<string, string>> {
  const { stage } = run
  const unit = stage.units.find((one) => one.code === unitOf(attempt.book))!
  const amount = cents(attempt.sendings[0]!.amount)
  const [actor] = household.payers
  const chosen = { billingUnitId: unit.unitId, formKey: key(run, 'page') }
  const isTopUp = attempt.invoices === 'top-up'
  const started = await startPayment(
    stage.services,
    actor!,
    isTopUp
      ? { ...chosen, purpose: 'top_up', amount }
      : { ...chosen, purpose: 'invoices', invoiceNumbers: [await issue(run, household, unit, amount)] },
  )
  if (!started.ok) throw new Error(started.failure)
  const sent = await sendPayment(stage.services, stage.shops, actor!, started.value, {
    amount,
    receiptEmail: null,
  })
  if (!sent.ok) throw new Error(sent.failure)
  return new Map(sent.value.kind === 'form' ? sent.value.fields : [])
}

async function issue(run: Run, { familyId }: Household, unit: Unit, total: ReturnType<typeof cents>) {
  const { stage } = run
  const number = `${unit.series}${String((run.count += 1)).padStart(6, '0')}`
  const invoice = {
    organisationId: stage.organisationId,
    billingUnitId: unit.unitId,
    establishmentId: unit.establishmentId,
    familyId,
    number,
    externalKey: undefined,
    purpose: 'sale' as const,
    issuedOn: day('2026-01-01'),
    visibleAt: new Date(0),
    dueOn: undefined,
    period: undefined,
    beneficiary: '',
    activity: '',
    referent: '',
    total,
    lines: [],
  }
  const id: InvoiceId = await stage.tx((tx) => issueInvoice(tx, invoice, now(run), 'test'))
  stage.invoiceIds.set(number, id)
  return number
}

/** What happened, as it would be told to this family; nothing for what is not told from outside. */
function eventOf(
  run: Run,
  { familyId }: Household,
  forms: ReadonlyMap<string, ReadonlyMap<string, string>>,
  fact: Fact,
): Event[] {
  const { stage, bank, money } = run
  if (fact.what === 'told') {
    const { word } = fact
    const form = forms.get(word.reference)
    const said = bank.words.find((one) => one.transaction === word.transaction)
    if (!form || !said) return []
    const sent = money.attempts.get(word.reference)!.sendings
    const isRight = sent.some((one) => one.number === word.number && one.amount === word.amount)
    const own = {
      ...said,
      ...word,
      form,
      transaction: `${word.transaction.slice(0, 20)}${familyId.slice(-12)}`,
      reference: form.get('vads_order_id')!,
      number: form.get('vads_trans_id')!,
      amount: isRight ? Number(form.get('vads_amount')) : word.amount,
    }
    const tell = () => receiveMessage(stage.services, stage.shops, ...brought(messageFor(bank, own)))
    return [{ of: own.transaction, tell }]
  }
  if (fact.what !== 'received' || fact.means === 'elsewhere' || fact.means === 'opening') return []
  const payment = {
    organisationId: stage.organisationId,
    billingUnitId: stage.units.find((one) => one.code === unitOf(fact.book))!.unitId,
    familyId,
    requestKey: key(run, 'guichet'),
    method: fact.means,
    amount: cents(fact.amount),
    receivedOn: parisDay(now(run)),
    payerName: 'MARTIN Odile',
    mark: '',
    invoices: [],
  }
  return [{ of: 'desk', tell: () => stage.tx((tx) => recordDeskPayment(tx, payment, now(run), 'Sophie')) }]
}

async function internalAccounts({ stage }: Run): Promise<Map<string, number>> {
  const found = await rows<{ name: string; cents: number }>(
    stage.services.db,
    sql`select a.kind || ' ' || a.billing_unit_id as name, sum(p.cents)::bigint as cents from posting p
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.family_id is null
      where p.organisation_id = ${stage.organisationId} group by 1`,
  )
  return new Map(found.map((one) => [one.name, one.cents]))
}
