// The permanent page of a payment: what became of it, and of the money (ux.md 1.9).
import type { ComponentChildren } from 'preact'
import { unreachable } from '../../kernel/assert.ts'
import { quotedReference } from '../../kernel/ids.ts'
import { sum } from '../../kernel/money.ts'
import { Page } from '../../web/layout.tsx'
import { paths } from '../../web/paths.ts'
import type { View } from '../../web/request.ts'
import { Card, FormToken, LinkButton, Stepper, SubmitButton } from '../../web/ui.tsx'
import type { AttemptState, ReturnPage } from '../payment.ts'
import { type PaymentView, pollSecondsOf } from '../payment-view.ts'
import {
  AcceptedBody,
  AwaitedBody,
  DoubtBody,
  LeftBody,
  PendingBody,
  RefusedBody,
  TakenBackBody,
} from './outcomes.tsx'
import { texts as words } from '../texts.ts'
import { outcomeTexts as texts } from './texts.ts'

export const PaymentPage = ({ view, payment }: { view: View; payment: PaymentView }) => {
  const { attempt, page } = payment
  const title = page === 'accepted' ? texts.accepted.title(payment.total) : titleOf(attempt.state, page)
  return (
    <Frame view={view} state={attempt.state} page={page} title={title}>
      <Body payment={payment} />
      {page === 'accepted' && <NextInvoice view={view} payment={payment} />}
      <div class="actions espace">
        <Actions payment={payment} />
      </div>
      {page === 'pending' && payment.mayPay && (
        <form class="espace petit" method="post" action={paths.dropPayment(attempt.reference)}>
          <FormToken view={view} />
          <span>{texts.pending.left} </span>
          <button class="lien" type="submit">
            {texts.pending.drop}
          </button>
        </form>
      )}
    </Frame>
  )
}

/** What anyone who has the address may read: the state, and the reference to quote; no amount, no name. */
export const SignedOutPayment = (props: {
  view: View
  reference: string
  state: AttemptState
  page: ReturnPage
}) => (
  <Frame view={props.view} state={props.state} page={props.page} title={titleOf(props.state, props.page)}>
    <p>
      {texts.signedOut} {texts.reference} <span class="num">{quotedReference(props.reference)}</span>
    </p>
    <div class="actions espace">
      <LinkButton href={`${paths.signIn}?suite=${encodeURIComponent(paths.payment(props.reference))}`}>
        {texts.signIn}
      </LinkButton>
      <LinkButton href={paths.help} look="link">
        {texts.help}
      </LinkButton>
    </div>
  </Frame>
)

function titleOf(state: AttemptState, page: ReturnPage): string {
  if (state === 'created') return texts.created.title
  if (page === 'taken-back') return texts.takenBack.title
  return page === 'accepted' ? texts.accepted.shortTitle : texts[page].title
}

type FrameProps = {
  view: View
  state: AttemptState
  page: ReturnPage
  title: string
  children: ComponentChildren
}

const Frame = ({ view, state, page, title, children }: FrameProps) => {
  const seconds = pollSecondsOf(page)
  return (
    <Page view={view} title={title} heading={null} current="invoices" hooks={{ 'data-recheck': true }}>
      <div class="entree">
        <h1 tabIndex={-1} data-focus>
          {page === 'accepted' ? texts.accepted.heading : titleOf(state, page)}
        </h1>
        <Stepper current={page === 'accepted' ? 4 : state === 'created' ? 2 : 3} />
      </div>
      <div class="lecture" data-state={state} data-poll={seconds === undefined ? undefined : String(seconds)}>
        <Card>{children}</Card>
      </div>
    </Page>
  )
}

const Body = ({ payment }: { payment: PaymentView }) => {
  switch (payment.page) {
    case 'accepted':
      return <AcceptedBody payment={payment} />
    case 'pending':
      return <PendingBody payment={payment} />
    case 'awaited':
      return <AwaitedBody payment={payment} />
    case 'refused':
      return <RefusedBody payment={payment} />
    case 'abandoned':
      return <LeftBody payment={payment} />
    case 'unknown':
      return <DoubtBody payment={payment} />
    case 'taken-back':
      return <TakenBackBody payment={payment} />
    default:
      return unreachable(payment.page)
  }
}

/** Where the bank takes one invoice at a time: the way to the next one that was ticked. */
const NextInvoice = ({ view, payment: { attempt, unit, queue } }: { view: View; payment: PaymentView }) => {
  const [next] = queue?.following ?? []
  if (!queue || !next) return null
  const { following, count } = queue
  return (
    <form class="espace pile-s" method="post" action={paths.startPayment}>
      <FormToken view={view} />
      <input type="hidden" name="unite" value={unit.code} />
      <input type="hidden" name="cle" value={`suite-${attempt.reference}`} />
      <input type="hidden" name="suite" value={attempt.reference} />
      <input type="hidden" name="f" value={next.number} />
      <p>
        {words.oneByOne.left(
          following.map((one) => one.number),
          sum(following.map((one) => one.due)),
        )}
      </p>
      <SubmitButton icon="lock">{words.oneByOne.next(next.position, count)}</SubmitButton>
    </form>
  )
}

/** What to do next; adults who may only read find no way to pay. */
const Actions = ({ payment }: { payment: PaymentView }) => {
  const { attempt, page, mayPay, unit } = payment
  const isTopUp = attempt.purpose === 'top_up'
  const back = isTopUp ? paths.account : paths.invoices
  const resume = paths.confirmPayment(attempt.reference)
  return (
    <>
      {(page === 'pending' || page === 'awaited' || page === 'unknown') && (
        <LinkButton href={paths.payment(attempt.reference)}>{texts.check}</LinkButton>
      )}
      {page === 'refused' && mayPay && <LinkButton href={resume}>{texts.retry}</LinkButton>}
      {page === 'abandoned' && mayPay && (
        <>
          <LinkButton href={resume}>{texts.resume}</LinkButton>
          <LinkButton href={isTopUp ? paths.topUp(unit.code) : paths.invoices} look="secondary">
            {texts.change}
          </LinkButton>
        </>
      )}
      {attempt.state === 'expired' && mayPay && (
        <LinkButton href={resume} look="secondary">
          {texts.resume}
        </LinkButton>
      )}
      {page === 'accepted' && <ReceiptLinks payment={payment} />}
      {page !== 'abandoned' && (
        <LinkButton href={back} look={page === 'accepted' ? 'secondary' : 'link'}>
          {isTopUp ? texts.account : texts.invoices}
        </LinkButton>
      )}
      {(page === 'unknown' || page === 'taken-back') && (
        <LinkButton href={paths.help} look="link">
          {texts.help}
        </LinkButton>
      )}
    </>
  )
}

const ReceiptLinks = ({ payment }: { payment: PaymentView }) =>
  payment.paid.map(
    ({ receipt: { receiptId } }) =>
      receiptId !== null && (
        <>
          <LinkButton
            href={paths.receiptPdf(receiptId)}
            icon="download"
            {...(payment.queue?.following.length ? { look: 'secondary' as const } : {})}
          >
            {texts.accepted.download}
          </LinkButton>
          <LinkButton href={paths.receipt(receiptId)} look="secondary">
            {texts.accepted.seeReceipt}
          </LinkButton>
        </>
      ),
  )
