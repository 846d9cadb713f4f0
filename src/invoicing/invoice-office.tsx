// The doors of the staff's invoices: the list and its file, one invoice, and what corrects it.
import type { Context, Hono } from 'hono'
import { invoicePdf } from '../billing/draw-invoice.ts'
import { isInvoiceNumber } from '../billing/invoice.ts'
import { listLines } from '../billing/store.ts'
import { plainName } from '../identity/names.ts'
import { listRelated } from '../billing/related-store.ts'
import { BYTE_ORDER_MARK, csvLine } from '../kernel/csv.ts'
import { parisDay, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import { csvCents, formatDay } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow, requireFresh } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { may, reachOf, type Right } from '../staff/rights.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { cancelInvoice, correctInvoice } from './correct-invoice.ts'
import { listOpenDrafts } from './draft-store.ts'
import { FILTER_FIELDS, InvoiceListPage, type TypedFilter } from './invoice-list-page.tsx'
import { InvoicePage } from './invoice-page.tsx'
import {
  findStaffInvoice,
  type InvoiceFilter,
  LIST_STATES,
  listCreditNotes,
  type ListedInvoice,
  listInvoices,
  type StaffInvoice,
} from './invoice-store.ts'
import { listPlaces } from './places.ts'
import { stateTag } from './invoice-state.ts'
import { invoiceTexts as words, noteTexts } from './invoice-texts.ts'

const PAGE = 50
const DRAFTS = 50
const CSV_LIMIT = 50_000
const MAX_REASON = 200

/** `/gestion/factures` and one invoice under it. Registered after the drafts and the batches. */
export function staffInvoicesDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.invoices, 'invoice.read', (c, actor) => showList(c, services, actor))
  office.get(paths.office.invoicesCsv, 'export.mass', (c, actor) => sendList(c, services, actor))
  office.get(paths.office.invoice(':numero'), 'invoice.read', (c, actor) => showInvoice(c, services, actor))
  office.get(paths.office.invoicePdf(':numero'), 'invoice.read', async (c, actor) => {
    const invoice = await requireInvoice(c, services, actor, 'invoice.read')
    const { pdf } = await invoicePdf(services, actor.organisationId, invoice.id)
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', `inline; filename="facture-${invoice.number}.pdf"`)
    return c.body(new Uint8Array(pdf))
  })
  office.post(paths.office.cancelInvoice(':numero'), 'invoice.correct', (c, actor) =>
    postBringDown(c, services, actor, 'annuler'),
  )
  office.post(paths.office.correctInvoice(':numero'), 'invoice.correct', (c, actor) =>
    postBringDown(c, services, actor, 'corriger'),
  )
}

function readFilter(c: Context<Env>): { typed: TypedFilter; filter: InvoiceFilter; problems: Problems } {
  const typed = Object.fromEntries(
    FILTER_FIELDS.map((name) => [name, (c.req.query(name) ?? '').trim().slice(0, 100)]),
  ) as TypedFilter
  const problems: { field: string; message: string }[] = []
  const dayOf = (name: 'du' | 'au') => {
    const day = readFrenchDay(typed[name]) ?? readIsoDay(typed[name])
    if (typed[name] !== '' && !day) problems.push({ field: name, message: words.badDay })
    return day
  }
  const asNumber = typed.cherche.toUpperCase().replaceAll(' ', '')
  const isNumber = isInvoiceNumber(asNumber)
  return {
    typed,
    problems,
    filter: {
      number: isNumber ? asNumber : undefined,
      query: isNumber ? undefined : plainName(typed.cherche) || undefined,
      establishmentId: readId<'establishment'>(typed.etablissement),
      state: LIST_STATES.find((state) => state === typed.etat),
      from: dayOf('du'),
      to: dayOf('au'),
    },
  }
}

async function showList(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const { db, clock } = services
  const { organisationId, grants } = actor
  const { typed, filter, problems } = readFilter(c)
  const reach = reachOf(grants, 'invoice.read')
  const after = c.req.query('apres')
  const asked = { after, limit: PAGE + 1, now: clock.now() }
  const found = problems.length > 0 ? [] : await listInvoices(db, organisationId, reach, filter, asked)
  const mayDraft = may(grants, 'invoice.draft', 'anywhere')
  return render(
    c,
    <InvoiceListPage
      view={viewOf(c)}
      typed={typed}
      problems={problems}
      places={await listPlaces(db, actor, 'invoice.read')}
      invoices={found.slice(0, PAGE)}
      related={await listRelated(
        db,
        organisationId,
        found.slice(0, PAGE).map(({ id }) => id),
      )}
      older={found.length > PAGE ? found[PAGE - 1]?.number : undefined}
      isFirst={after === undefined}
      drafts={
        mayDraft
          ? await listOpenDrafts(db, organisationId, reachOf(grants, 'invoice.draft'), DRAFTS)
          : undefined
      }
      mayExport={may(grants, 'export.mass', 'anywhere')}
      now={clock.now()}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function sendList(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  requireFresh(c, actor)
  const { db, clock } = services
  const { typed, filter, problems } = readFilter(c)
  if (problems.length > 0) return c.redirect(paths.office.invoices, 303)
  const now = clock.now()
  const reach = reachOf(actor.grants, 'export.mass')
  const asked = { after: undefined, limit: CSV_LIMIT, now }
  const found = await listInvoices(db, actor.organisationId, reach, filter, asked)
  const filters = Object.values(typed).filter(Boolean).join(' · ')
  const changes = { filters: { after: filters }, lines: { after: found.length } }
  await db.transaction((tx) =>
    recordAct(tx, authorHere(c, actor), { kind: 'invoices.exported', changes }, now),
  )
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="factures-${parisDay(now)}.csv"`)
  const { number, family, issuedOn, total, due, state, place } = words.columns
  const header = [number, family, place, issuedOn, total, due, state]
  return c.body(BYTE_ORDER_MARK + [header, ...found.map(cellsOf)].map(csvLine).join('\r\n') + '\r\n')
}

const cellsOf = (one: ListedInvoice): readonly string[] => [
  one.number,
  one.familyName,
  one.establishment,
  formatDay(one.issuedOn),
  csvCents(one.total),
  csvCents(one.due),
  words.tags[stateTag(one)],
]

/** The invoice of this address, where the actor holds the right; another organisation's is not found. */
export async function requireInvoice(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  right: Right,
): Promise<StaffInvoice> {
  const number = c.req.param('numero') ?? ''
  if (!isInvoiceNumber(number)) notFound()
  const invoice = (await findStaffInvoice(db, actor.organisationId, number)) ?? notFound()
  allow(actor, right, { unitId: invoice.unitId, establishmentId: invoice.establishmentId })
  return invoice
}

async function showInvoice(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  refused?: { readonly problems: Problems; readonly reason: string },
): Promise<Response> {
  const { db, clock } = services
  const { organisationId } = actor
  const invoice = await requireInvoice(c, services, actor, 'invoice.read')
  const scope = { unitId: invoice.unitId, establishmentId: invoice.establishmentId }
  return render(
    c,
    <InvoicePage
      view={viewOf(c)}
      invoice={invoice}
      lines={await listLines(db, organisationId, invoice.id)}
      notes={await listCreditNotes(db, organisationId, invoice.id)}
      mayCorrect={may(actor.grants, 'invoice.correct', scope) && invoice.credited < invoice.total}
      mayDraft={may(actor.grants, 'invoice.draft', scope)}
      requestKey={newId<'request'>(clock.now())}
      saved={words.saved[c.req.query('note') ?? '']}
      reason={refused?.reason ?? ''}
      problems={refused?.problems ?? []}
      now={clock.now()}
    />,
    refused ? 422 : 200,
  )
}

/** « Annuler » and « Corriger »: both bring the invoice to nothing; the second opens a draft. */
async function postBringDown(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  act: 'annuler' | 'corriger',
): Promise<Response> {
  const form = await readForm(c)
  const invoice = await requireInvoice(c, services, actor, 'invoice.correct')
  const reason = field(form, 'motif').trim().slice(0, MAX_REASON)
  const key = readId<'request'>(field(form, 'cle'))
  if (reason === '' || key === undefined)
    return showInvoice(c, services, actor, {
      reason,
      problems: [{ field: 'motif', message: words.reasonMissing }],
    })
  const { db, clock } = services
  const author = authorHere(c, actor)
  const now = clock.now()
  const asked = { invoiceId: invoice.id, requestKey: key, reason }
  const done = await db.transaction((tx) =>
    act === 'annuler'
      ? cancelInvoice(tx, author, asked, now)
      : correctInvoice(tx, author, { ...asked, establishmentId: invoice.establishmentId, draftId: key }, now),
  )
  if (!done.ok)
    return showInvoice(c, services, actor, {
      reason,
      problems: [{ field: '', message: noteTexts.problems[done.failure] }],
    })
  return c.redirect(
    act === 'annuler' ? `${paths.office.invoice(invoice.number)}?note=annulee` : paths.office.draft(key),
    303,
  )
}
