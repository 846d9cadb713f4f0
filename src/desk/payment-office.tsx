// The doors of one payment at the desk: its page, its receipt, and what undoes it.
import type { Context, Hono } from 'hono'
import { drawPdf } from '../documents/draw-pdf.ts'
import { readReceiptContent, receiptDocument } from '../documents/receipt-document.ts'
import { parisDay } from '../kernel/dates.ts'
import { readId } from '../kernel/ids.ts'
import { readAmount } from '../kernel/money.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordReading } from '../staff/record-act.ts'
import { may, type Right } from '../staff/rights.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { cancelPayment, returnCheque } from './cancel-payment.ts'
import { findSaved } from './find-saved.ts'
import { PaymentPage } from './payment-page.tsx'
import { findDeskPayment, type KnownPayment } from './store.ts'
import { texts } from './texts.ts'

const MAX_REASON = 300

/** `/gestion/encaissements/…`. */
export function paymentDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.deskPayment(':id'), 'family.read', async (c, actor) => {
    const payment = await requirePayment(c, services, actor, 'family.read')
    return show(c, services, actor, payment, new Map())
  })
  office.get(paths.office.deskReceiptPdf(':id'), 'family.read', async (c, actor) => {
    const { receipt, receiptNumber, recordedAt } = await requirePayment(c, services, actor, 'family.read')
    // The day it is issued, the desk prints the original; later, what is printed again says so.
    const isAgain = parisDay(recordedAt) !== parisDay(services.clock.now())
    const pdf = await drawPdf(receiptDocument(readReceiptContent(receipt), isAgain))
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', `inline; filename="recu-${receiptNumber}.pdf"`)
    return c.body(new Uint8Array(pdf))
  })
  office.post(paths.office.undoDeskPayment(':id'), 'desk.undo', (c, actor) =>
    undo(c, services, actor, cancelPayment, 'undone'),
  )
  office.post(paths.office.bounceCheque(':id'), 'desk.undo', (c, actor) =>
    undo(c, services, actor, returnCheque, 'bounced'),
  )
}

async function requirePayment(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  right: Right,
): Promise<KnownPayment> {
  const id = readId<'deskPayment'>(c.req.param('id'))
  const payment = id && (await findDeskPayment(db, actor.organisationId, id))
  if (!payment) return notFound()
  allow(actor, right, { unitId: payment.billingUnitId })
  await db.transaction((tx) => recordReading(tx, authorHere(c, actor), payment.familyId, clock.now()))
  return payment
}

async function show(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  payment: KnownPayment,
  form: Form,
  problems?: Problems,
): Promise<Response> {
  const scope = { unitId: payment.billingUnitId }
  const told = c.req.query('fait')
  const given = readAmount(c.req.query('recu') ?? '')
  return render(
    c,
    <PaymentPage
      view={viewOf(c)}
      payment={payment}
      content={readReceiptContent(payment.receipt)}
      saved={told === '1' ? await findSaved(services, actor, payment.id, given) : undefined}
      mayUndo={may(actor.grants, 'desk.undo', scope)}
      mayRecord={may(actor.grants, 'desk.record', scope)}
      form={form}
      problems={problems}
      done={told === 'undone' || told === 'bounced' ? told : undefined}
    />,
    problems ? 422 : 200,
  )
}

async function undo(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  verb: typeof cancelPayment | typeof returnCheque,
  done: 'undone' | 'bounced',
): Promise<Response> {
  const form = await readForm(c)
  const payment = await requirePayment(c, services, actor, 'desk.undo')
  const reason = field(form, 'motif').trim().slice(0, MAX_REASON)
  const { organisationId } = actor
  const now = services.clock.now()
  const result = await services.db.transaction<
    Awaited<ReturnType<typeof cancelPayment | typeof returnCheque>>
  >((tx) => verb(tx, { organisationId, paymentId: payment.id, reason }, authorHere(c, actor), now))
  if (result.ok) return c.redirect(`${paths.office.deskPayment(payment.id)}?fait=${done}`, 303)
  const isLate = result.failure === 'no-reason' && done === 'undone'
  const message = isLate ? texts.undo.noReason : texts.undo.failures[result.failure]
  return show(c, services, actor, payment, form, [{ field: 'motif', message }])
}
