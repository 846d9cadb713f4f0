import type { Context, Hono } from 'hono'
import { present } from '../kernel/assert.ts'
import type { FamilyActor } from '../identity/actor.ts'
import { readReceiptContent } from '../documents/receipt-document.ts'
import { findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { field, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requirePayer, viewOf } from '../web/request.ts'
import { isAskable, listSendings } from './bank-store.ts'
import { closePages } from './close-pages.ts'
import { dropPayment } from './drop-payment.ts'
import { isOwn, referenceOf } from './own-attempt.ts'
import { PaymentPage, SignedOutPayment } from './pages/payment-page.tsx'
import { type Attempt, maySend, pageOf } from './payment.ts'
import { isTakenBack, paymentView, type PaymentView } from './payment-view.ts'
import { queueOf } from './queue.ts'
import { listQueue } from './queue-store.ts'
import { receiveReturn } from './receive-return.ts'
import type { Shops } from './shops.ts'
import { takesOnlinePayments } from './start-payment.ts'
import { type CaptureOfAttempt, findAttempt, findReceipt, isReceiptMailed, listCaptures } from './store.ts'

/** The permanent address of a payment, the return from the bank, and giving up. */
export function paymentDoor(app: Hono<Env>, services: Services, shops: Shops): void {
  app.get(paths.payment(':ref'), async (c) => {
    const attempt = (await findAttempt(services.db, referenceOf(c))) ?? notFound()
    const actor = c.get('actor')
    const view = viewOf(c)
    if (!actor)
      return render(
        c,
        <SignedOutPayment
          view={view}
          reference={attempt.reference}
          state={attempt.state}
          page={pageOf(attempt.state, isTakenBack(await listCapturesOf(services, attempt)))}
        />,
      )
    if (!isOwn(attempt, actor)) return notFound()
    return render(c, <PaymentPage view={view} payment={await readPayment(services, actor, attempt)} />)
  })

  // The browser brings what the bank signed; the page that follows shows what is stored, nothing else.
  app.get(paths.paymentReturn(':ref'), async (c) => {
    const reference = referenceOf(c)
    await receiveReturn(services, shops, reference, rawQuery(c))
    return c.redirect(paths.payment(reference), 303)
  })

  app.post(paths.dropPayment(':ref'), async (c) => {
    const form = await readForm(c)
    const reference = referenceOf(c)
    const actor = requirePayer(c, paths.payment(reference))
    const dropped = await dropPayment(services, actor, reference)
    if (!dropped.ok && dropped.failure === 'unknown-payment') return notFound()
    // What stays open at the bank could be paid beside the next attempt.
    const attempt = dropped.ok ? await findAttempt(services.db, reference) : undefined
    if (attempt) await closePages(services, shops, attempt)
    const back = field(form, 'retour') === paths.invoices ? paths.invoices : paths.payment(reference)
    return c.redirect(back, 303)
  })
}

/** The query exactly as the browser sent it: what was signed is its bytes. */
function rawQuery(c: Context<Env>): string {
  const { url } = c.req
  const start = url.indexOf('?')
  return start < 0 ? '' : url.slice(start + 1)
}

async function readPayment(services: Services, actor: FamilyActor, attempt: Attempt): Promise<PaymentView> {
  const { db, config } = services
  const { organisationId } = attempt
  const found = await findUnit(db, organisationId, attempt.billingUnitId)
  const unit = present(found, 'no billing unit')
  const captures = await listCapturesOf(services, attempt)
  const contents = await Promise.all(captures.map((capture) => contentOf(services, actor, capture)))
  const isOpen = actor.role === 'payer' && takesOnlinePayments(unit, config.mode)
  const mayPay = isOpen && maySend(attempt.state)
  const queue = isOpen ? queueOf(await listQueue(db, organisationId, attempt.id)) : undefined
  const sendings = await listSendings(db, organisationId, attempt.id)
  const receiptId = captures[0]?.receiptId ?? undefined
  const receiptMailed = receiptId && (await isReceiptMailed(db, organisationId, receiptId))
  return paymentView(attempt, unit, captures, contents, {
    mayPay,
    queue,
    isRetry: sendings.length > 1,
    isAsked: await isAskable(db, organisationId, attempt.contractId),
    receiptMailed,
  })
}

const listCapturesOf = ({ db }: Services, { organisationId, id }: Attempt) =>
  listCaptures(db, organisationId, id)

async function contentOf({ db }: Services, actor: FamilyActor, { receiptId }: CaptureOfAttempt) {
  if (receiptId === null) return undefined
  const receipt = await findReceipt(db, actor.organisationId, actor.familyId, receiptId)
  return receipt && readReceiptContent(receipt.content)
}
