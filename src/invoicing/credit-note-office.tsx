// The door of a credit note: lines or an amount, its effect first, then the note.
import type { Context, Hono } from 'hono'
import { readCorrectable } from '../billing/correction-store.ts'
import { amountOf } from '../billing/credit-note.ts'
import { type LineRow, listLines } from '../billing/store.ts'
import { formatCents } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import { type Cents, readAmount, subtract, ZERO } from '../kernel/money.ts'
import { allocate } from '../ledger/allocation.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { creditInvoice } from './correct-invoice.ts'
import { CreditNotePage } from './credit-note-page.tsx'
import { lineAmount, readQuantity } from './draft.ts'
import { requireInvoice } from './invoice-office.tsx'
import type { StaffInvoice } from './invoice-store.ts'
import { noteTexts as words } from './invoice-texts.ts'

const EMPTY: Form = new Map()
const MAX_MORE = 150

/** `/gestion/factures/:numero/avoir`. */
export function creditNoteDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.creditNote(':numero'), 'invoice.correct', async (c, actor) =>
    show(c, services, await requireInvoice(c, services, actor, 'invoice.correct'), EMPTY),
  )
  office.post(paths.office.creditNote(':numero'), 'invoice.correct', (c, actor) =>
    postNote(c, services, actor),
  )
}

type Shown = { readonly problems?: Problems; readonly effect?: string }

async function show(
  c: Context<Env>,
  { db, clock }: Services,
  invoice: StaffInvoice,
  form: Form,
  { problems = [], effect }: Shown = {},
): Promise<Response> {
  const { organisationId } = c.get('staff') ?? { organisationId: undefined }
  const lines = organisationId ? await listLines(db, organisationId, invoice.id) : []
  const standing = organisationId
    ? await readCorrectable(db, organisationId, invoice)
    : { total: ZERO, lines: new Map<number, Cents>() }
  return render(
    c,
    <CreditNotePage
      view={viewOf(c)}
      invoice={invoice}
      lines={lines}
      standing={standing}
      form={form}
      requestKey={field(form, 'cle') || newId<'request'>(clock.now())}
      effect={effect}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function postNote(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const invoice = await requireInvoice(c, services, actor, 'invoice.correct')
  const { db, clock } = services
  const { organisationId } = actor
  const lines = await listLines(db, organisationId, invoice.id)
  const { note, problems } = readNote(form, lines)
  if (!note) return show(c, services, invoice, form, { problems })
  const asked = {
    invoiceId: invoice.id,
    requestKey: readId(field(form, 'cle')) ?? newId<'request'>(clock.now()),
    ...note,
  }
  const standing = await readCorrectable(db, organisationId, invoice)
  if (field(form, 'geste') !== 'faire') {
    const amount = amountOf({ organisationId, ...asked }, standing)
    if (!amount.ok)
      return show(c, services, invoice, form, {
        problems: [{ field: '', message: words.problems[amount.failure] }],
      })
    return show(c, services, invoice, form, { effect: effectOf(invoice, amount.value) })
  }
  const now = clock.now()
  const done = await db.transaction((tx) => creditInvoice(tx, authorHere(c, actor), asked, now))
  if (!done.ok)
    return show(c, services, invoice, form, {
      problems: [{ field: '', message: words.problems[done.failure] }],
    })
  return c.redirect(`${paths.office.invoice(invoice.number)}?note=avoir`, 303)
}

/** « Restant dû : 12,00 € → 0,00 €, crédit de 3,00 €. » */
function effectOf({ id, due }: Pick<StaffInvoice, 'id' | 'due'>, amount: Cents): string {
  const { rest } = allocate(amount, [{ key: id, due }])
  const after = subtract(due, subtract(amount, rest))
  const [before, left] = [formatCents(due), formatCents(after)]
  return rest > ZERO ? words.dueCredit(before, left, formatCents(rest)) : `${words.due(before, left)}.`
}

type Note = { readonly reason: string; readonly corrects: Cents | { line: number; amount: Cents }[] }

/** What was asked: some lines, by quantity or amount, or one amount on the whole. */
function readNote(
  form: Form,
  lines: readonly LineRow[],
): { readonly note?: Note; readonly problems: Problems } {
  const problems: { field: string; message: string }[] = []
  const corrected = lines.flatMap((line) => readLine(form, line, problems))
  const whole = field(form, 'montant').trim()
  const amount = readAmount(whole)
  if (whole !== '' && amount === undefined)
    problems.push({ field: 'montant', message: words.problems.amount })
  if (whole !== '' && corrected.length > 0) problems.push({ field: 'montant', message: words.problems.mixed })
  const kind = field(form, 'raison')
  const more = field(form, 'precision').trim().slice(0, MAX_MORE)
  const isKind = Object.hasOwn(words.kinds, kind)
  if (!isKind) problems.push({ field: 'raison', message: words.problems.kind })
  if (kind === 'autre' && more === '') problems.push({ field: 'precision', message: words.problems.more })
  if (whole === '' && corrected.length === 0 && problems.length === 0)
    problems.push({ field: 'montant', message: words.problems['no-amount'] })
  if (problems.length > 0 || !isKind) return { problems }
  const said = kind === 'autre' ? [more] : [words.kinds[kind as keyof typeof words.kinds], more]
  return { note: { reason: said.filter(Boolean).join(', '), corrects: amount ?? corrected }, problems }
}

function readLine(
  form: Form,
  { line, unit }: LineRow,
  problems: { field: string; message: string }[],
): { line: number; amount: Cents }[] {
  const [quantity, typed] = [field(form, `q-${line}`).trim(), field(form, `m-${line}`).trim()]
  if (quantity === '' && typed === '') return []
  if (quantity !== '' && typed !== '') {
    problems.push({ field: `q-${line}`, message: words.problems.both })
    return []
  }
  if (typed !== '') {
    const amount = readAmount(typed)
    if (amount !== undefined) return [{ line, amount }]
    problems.push({ field: `m-${line}`, message: words.problems.amount })
    return []
  }
  const thousandths = readQuantity(quantity)
  if (thousandths !== undefined) return [{ line, amount: lineAmount(thousandths, unit) }]
  problems.push({ field: `q-${line}`, message: words.problems.quantity })
  return []
}
