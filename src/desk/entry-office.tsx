// The doors of the desk: whom a payment is of, and the payment itself.
import type { Context, Hono } from 'hono'
import { findFamily } from '../households/file-store.ts'
import { searchEverything } from '../households/search-everything.ts'
import { isVisible } from '../households/search-store.ts'
import { type Day, parisDay, parisInstant } from '../kernel/dates.ts'
import { type FamilyId, readId } from '../kernel/ids.ts'
import { type Cents, readAmount } from '../kernel/money.ts'
import { creditOf } from '../ledger/store.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { listFamilyUnits } from '../organisations/store.ts'
import { readFormKey } from '../payments/form-key.ts'
import type { Services } from '../platform/services.ts'
import { newToken } from '../platform/secrets.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { allow, RightMissing } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordReading } from '../staff/record-act.ts'
import { reachOf } from '../staff/rights.ts'
import { listPendingPayments } from '../statements/store.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { type Candidate, DeskPage } from './desk-page.tsx'
import { eligibleOf } from './eligible.ts'
import { firstForm, readEntry, type TypedEntry } from './entry-form.ts'
import { EntryPage, type EntryView, NoUnit, type Questions } from './entry-page.tsx'
import {
  findLastMethod,
  findTwin,
  listCaredLines,
  listOpenInvoices,
  listPayers,
  listQueue,
} from './entry-store.ts'
import { findSaved } from './find-saved.ts'
import { chooseUnit, listReachedUnits } from './reached-units.ts'
import { findRecorded } from './store.ts'
import { takePayment } from './take-payment.ts'
import { texts } from './texts.ts'

const RIGHT = 'desk.record'
const FOUND = 20

/** `/gestion/guichet` and `/gestion/familles/…/reglement`. */
export function entryDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.desk, RIGHT, (c, actor) => showDesk(c, services, actor))
  office.get(paths.office.entry(':id'), RIGHT, async (c, actor) => {
    const opened = await openEntry(c, services, actor, c.req.query('service'))
    if (!opened) return render(c, <NoUnit view={viewOf(c)} title={texts.entry.title} />)
    const { entry, known } = opened
    const last = await findLastMethod(services.db, actor.organisationId, known.familyId)
    const form = firstForm(known, last, newToken())
    return render(c, <EntryPage view={viewOf(c)} entry={entry} form={form} />)
  })
  office.post(paths.office.entry(':id'), RIGHT, (c, actor) => postEntry(c, services, actor))
}

const queueOf = ({ db, clock }: Services, actor: StaffActor) => {
  const reach = reachOf(actor.grants, RIGHT)
  return listQueue(db, actor.organisationId, {
    name: staffName(actor),
    since: parisInstant(parisDay(clock.now())),
    units: reach === 'all' ? undefined : reach.unitIds,
  })
}

async function showDesk(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const typed = (c.req.query('q') ?? '').trim()
  const candidates = typed === '' ? undefined : await findCandidates(services, actor, typed)
  const [only, another] = candidates ?? []
  if (only && !another) return c.redirect(paths.office.entry(only.familyId), 303)
  const saved = await findSaved(services, actor, c.req.query('fait'), readAmount(c.req.query('recu') ?? ''))
  return render(
    c,
    <DeskPage
      view={viewOf(c)}
      typed={typed}
      candidates={candidates}
      saved={saved}
      queue={await queueOf(services, actor)}
    />,
  )
}

/** The families that the text could mean, each once. */
async function findCandidates({ db }: Services, actor: StaffActor, typed: string): Promise<Candidate[]> {
  const whose = { organisationId: actor.organisationId, reach: reachOf(actor.grants, RIGHT) }
  const { names, objects } = await searchEverything(db, whose, typed, FOUND)
  const all = [
    ...names.map(({ familyId, familyName, name, city }) => ({
      familyId,
      familyName,
      hint: `${name} · ${city}`,
    })),
    ...objects.map(({ familyId, familyName, label }) => ({ familyId, familyName, hint: label })),
  ]
  return all.filter((one, at) => all.findIndex(({ familyId }) => familyId === one.familyId) === at)
}

type Opened = {
  readonly entry: EntryView
  readonly known: Parameters<typeof readEntry>[1] & {
    readonly familyId: FamilyId
    readonly unit: BillingUnit
  }
}

/** The family of this address and what it owes; undefined: no unit is open to this person. */
async function openEntry(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  code: string | undefined,
): Promise<Opened | undefined> {
  const { db, clock } = services
  const { organisationId } = actor
  const id = readId<'family'>(c.req.param('id'))
  const family = id && (await findFamily(db, organisationId, id))
  if (!family) return notFound()
  const whose = { organisationId, reach: reachOf(actor.grants, RIGHT) }
  if (!(await isVisible(db, whose, family.id))) throw new RightMissing(RIGHT)
  const now = clock.now()
  await db.transaction((tx) => recordReading(tx, authorHere(c, actor), family.id, now))
  const reached = await listReachedUnits(db, actor, RIGHT)
  const own = await listFamilyUnits(db, organisationId, family.id)
  const common = reached.filter((unit) => own.some(({ id: other }) => other === unit.id))
  // Who deals with no unit yet may pay at any.
  const units = common.length > 0 ? common : reached
  const unit = chooseUnit(units, code)
  if (!unit) return undefined
  allow(actor, RIGHT, { unitId: unit.id })
  const account = { organisationId, billingUnitId: unit.id, familyId: family.id }
  const [invoices, credit, pending, payers, queue] = await Promise.all([
    listOpenInvoices(db, account),
    creditOf(db, organisationId, unit.id, family.id),
    listPendingPayments(db, organisationId, family.id),
    listPayers(db, organisationId, family.id),
    queueOf(services, actor),
  ])
  const lines = await listCaredLines(
    db,
    organisationId,
    invoices.map((one) => one.id),
  )
  const eligible = eligibleOf(invoices, lines)
  return {
    entry: { family, unit, units, invoices, credit, eligible, pending, payers, queue, now },
    known: { invoices, payers, today: parisDay(now), familyId: family.id, unit },
  }
}

async function postEntry(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const opened = await openEntry(c, services, actor, field(form, 'service'))
  if (!opened) return render(c, <NoUnit view={viewOf(c)} title={texts.entry.title} />)
  const again = (problems: Problems | undefined, questions?: Questions, shown = form) =>
    render(
      c,
      <EntryPage
        view={viewOf(c)}
        entry={opened.entry}
        form={shown}
        problems={problems}
        questions={questions}
      />,
      422,
    )
  const { problems, entry: typed } = readEntry(form, opened.known)
  if (!typed) return again(problems)
  const requestKey = readFormKey(form)
  // Sent twice, it is one payment: it is not asked whether it is its own double.
  const isKnown = await findRecorded(services.db, actor.organisationId, requestKey)
  const questions = isKnown
    ? undefined
    : await askedOf(services, actor, opened, typed, field(form, 'suite') || 'fiche')
  if (questions && field(form, 'confirme') === '') return again(undefined, questions)
  const { organisationId } = actor
  const { familyId, unit } = opened.known
  const { email, given, ...payment } = typed
  const now = services.clock.now()
  const late = lateOf(opened.entry.invoices, typed, opened.known.today)
  const taken = await services.db.transaction((tx) =>
    takePayment(
      tx,
      { organisationId, billingUnitId: unit.id, familyId, requestKey, ...payment },
      {
        author: authorHere(c, actor),
        receiptEmail: email,
        reason: late.length > 0 ? texts.entry.late(late) : undefined,
      },
      now,
    ),
  )
  if (!taken.ok) {
    const message = texts.entry.problems[REFUSALS[taken.failure]] as string
    // What was recorded under this key is another payment: the next try is a new one.
    return again([{ field: 'montant', message }], undefined, new Map([...form, ['cle', [newToken()]]]))
  }
  const next = field(form, 'confirme') || field(form, 'suite')
  return c.redirect(savedPath(next, taken.value.paymentId, given), 303)
}

const REFUSALS = {
  'exists-with-other-content': 'known',
  'unknown-invoice': 'invoice',
  'no-amount': 'zero',
  'cash-above-limit': 'cash',
} as const

function savedPath(next: string, paymentId: string, given: Cents | undefined): string {
  const query = new URLSearchParams({
    ...(next === 'suivant' ? { fait: paymentId } : { fait: '1' }),
    ...(given === undefined ? {} : { recu: String(given / 100) }),
  }).toString()
  return `${next === 'suivant' ? paths.office.desk : paths.office.deskPayment(paymentId)}?${query}`
}

/** Invoices paid here though their last day at the desk is over: money is never refused, it is asked about. */
const lateOf = (invoices: EntryView['invoices'], { invoices: paid }: TypedEntry, today: Day): string[] =>
  invoices
    .filter(({ id, deskUntil }) => paid.includes(id) && deskUntil !== null && deskUntil < today)
    .map(({ number }) => number)

/** A payment that looks recorded already, CESU beyond what is known to be eligible, or one that comes late. */
async function askedOf(
  { db }: Services,
  { organisationId }: StaffActor,
  { entry, known }: Opened,
  typed: TypedEntry,
  next: string,
): Promise<Questions | undefined> {
  const twin = await findTwin(db, { organisationId, familyId: known.familyId, ...typed })
  const isCesu = typed.method === 'cesu' || typed.method === 'e_cesu'
  const eligible = isCesu && typed.amount > entry.eligible.amount ? entry.eligible.amount : undefined
  const late = lateOf(entry.invoices, typed, known.today)
  return twin || eligible !== undefined || late.length > 0 ? { twin, eligible, late, next } : undefined
}
