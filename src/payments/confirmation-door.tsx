import type { Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { present, unreachable } from '../kernel/assert.ts'
import { cents } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requirePayer, viewOf } from '../web/request.ts'
import { balanceOf } from './balances.ts'
import { capabilitiesOf } from './bank-limits.ts'
import { confirmationView, type ConfirmationView, readReceiptEmail } from './confirmation-view.ts'
import { ownAttempt } from './own-attempt.ts'
import { BankPage, ConfirmationPage } from './pages/confirmation-page.tsx'
import { asClause } from './pages/parts.tsx'
import { type Attempt, maySend } from './payment.ts'
import { queueOf } from './queue.ts'
import { listQueue } from './queue-store.ts'
import { type SendFailure, sendPayment } from './send-payment.ts'
import type { Shops } from './shops.ts'
import { findAttempt, listSelected } from './store.ts'
import { texts } from './texts.ts'

/** The amount to confirm, and the way to the bank. */
export function confirmationDoor(app: Hono<Env>, services: Services, shops: Shops): void {
  app.get(paths.confirmPayment(':ref'), async (c) => {
    const attempt = await ownAttempt(c, services.db, requirePayer(c))
    if (!maySend(attempt.state)) return c.redirect(paths.payment(attempt.reference), 303)
    // A page that posts its way to a bank must name it in its policy, set before this: ask for it again.
    if (!(await shops.knows(attempt.contractId, services.clock.now())))
      return c.redirect(paths.confirmPayment(attempt.reference), 303)
    return showConfirmation(c, await readConfirmation(services, attempt))
  })

  app.post(paths.sendPayment(':ref'), async (c) => {
    const form = await readForm(c)
    const actor = requirePayer(c, paths.confirmPayment(c.req.param('ref') ?? ''))
    const attempt = await ownAttempt(c, services.db, actor)
    const { reference } = attempt
    // The page's security policy names the banks that were known when the request came.
    if (!(await shops.knows(attempt.contractId, services.clock.now())))
      return c.redirect(paths.confirmPayment(reference), 303)
    const typed = field(form, 'courriel')
    const receiptEmail = readReceiptEmail(typed)
    const unit = await findUnit(services.db, attempt.organisationId, attempt.billingUnitId)
    const isMissing = receiptEmail === null && unit && capabilitiesOf(unit)?.needsEmail
    if (receiptEmail === undefined || isMissing) return askEmailAgain(c, services, attempt, typed)
    const seen = { amount: readSeen(field(form, 'vu')), receiptEmail }
    const sent = await sendPayment(services, shops, actor, reference, seen)
    if (!sent.ok) return refuse(c, services, attempt, typed, sent.failure)
    if (sent.value.kind === 'visit') return c.redirect(sent.value.url, 303)
    return render(c, <BankPage view={viewOf(c)} redirection={sent.value} bankName={unit?.bankName ?? ''} />)
  })
}

/** The cents shown with the form; anything else than an amount never matches. */
const readSeen = (text: string) => cents(/^\d{1,12}$/.test(text) ? Number(text) : -1)

async function readConfirmation(
  { db, clock }: Services,
  attempt: Attempt,
  email?: string,
): Promise<ConfirmationView> {
  const { organisationId, billingUnitId, familyId } = attempt
  const isTopUp = attempt.purpose === 'top_up'
  const [unit, organisation, selected, balance, queued] = await Promise.all([
    findUnit(db, organisationId, billingUnitId),
    findOrganisation(db, organisationId),
    listSelected(db, organisationId, attempt.id),
    isTopUp ? balanceOf(db, organisationId, billingUnitId, familyId, clock.now()) : undefined,
    listQueue(db, organisationId, attempt.id),
  ])
  const payee = present(organisation, 'no organisation').name
  const known = present(unit, 'no billing unit')
  return confirmationView(attempt, known, payee, selected, balance, queueOf(queued), email)
}

const showConfirmation = (
  c: Context<Env>,
  payment: ConfirmationView,
  status: ContentfulStatusCode = 200,
  problems: Problems = [],
  refusal?: string,
): Promise<Response> =>
  render(
    c,
    <ConfirmationPage view={viewOf(c)} payment={payment} problems={problems} refusal={refusal} />,
    status,
  )

async function askEmailAgain(c: Context<Env>, services: Services, attempt: Attempt, typed: string) {
  const payment = await readConfirmation(services, attempt, typed)
  const message = payment.needsEmail
    ? texts.problems.neededEmail(payment.unit.bankName ?? '')
    : texts.problems.email
  return showConfirmation(c, payment, 422, [{ field: 'courriel', message }])
}

/** Why nothing was sent: the page of the payment knows, or the confirmation is asked again. */
async function refuse(
  c: Context<Env>,
  services: Services,
  attempt: Attempt,
  typed: string,
  failure: SendFailure,
): Promise<Response> {
  switch (failure) {
    case 'unknown-payment':
      return notFound()
    case 'already-paid':
    case 'under-review':
      return c.redirect(paths.payment(attempt.reference), 303)
    case 'amount-changed':
    case 'nothing-due':
    case 'in-progress':
    case 'online-over':
    case 'below-minimum':
    case 'above-maximum':
    case 'no-online-payment': {
      const payment = await readConfirmation(services, attempt, typed)
      return showConfirmation(c, payment, 409, [], refusalOf(failure, payment.unit))
    }
    case 'unreachable':
    case 'refused': {
      const payment = await readConfirmation(services, await readAgain(services, attempt), typed)
      return showConfirmation(c, payment, 503, [], texts.confirm.bankAway[failure])
    }
    case 'bad-email':
      return askEmailAgain(c, services, await readAgain(services, attempt), typed)
    default:
      return unreachable(failure)
  }
}

/** The attempt as the sending left it. */
const readAgain = async ({ db }: Services, attempt: Attempt): Promise<Attempt> =>
  (await findAttempt(db, attempt.reference)) ?? attempt

function refusalOf(
  failure: SendFailure,
  { minPayment, maxPayment, otherMeans }: BillingUnit,
): string | undefined {
  if (failure === 'in-progress') return texts.confirm.inProgress
  if (failure === 'online-over') return texts.problems.over(asClause(otherMeans))
  if (failure === 'below-minimum') return texts.problems.below(minPayment, asClause(otherMeans))
  if (failure === 'above-maximum') return texts.problems.above(maxPayment, asClause(otherMeans))
  return failure === 'no-online-payment' ? texts.problems.closed : undefined
}
