import { maskNumber } from '../cards.ts'
import { formatAmount, formatTime } from '../format.ts'
import { refusalReason, say, texts } from '../texts.ts'
import type { Fields } from '../signature.ts'
import { mayAuthorise, type Payment } from '../outcome.ts'
import type { Transaction } from '../store.ts'
import { NoIcon, YesIcon } from './icons.tsx'
import { Layout } from './layout.tsx'
import { PaymentFrame, paymentPath, type PaymentView } from './payment-frame.tsx'

/** The way back to the shop: a link, or a form when the shop asked for a POST. */
export type WayBack = { readonly href: string } | { readonly action: string; readonly fields: Fields }

type ResultPageProps = PaymentView & {
  readonly transaction: Transaction
  readonly wayBack: WayBack
  /** False once the 10 minutes are over. */
  readonly canRetry: boolean
}

/** Page 4: how it ended, what about the money, what next. */
export function ResultPage({ transaction, wayBack, canRetry, ...view }: ResultPageProps) {
  const { session } = view
  const { ending } = transaction
  const title = texts[ending]
  return (
    <PaymentFrame
      {...view}
      step={4}
      title={`${title} – ${formatAmount(session.order.amount)}`}
      canCancel={false}
    >
      <h1 class={ending === 'accepted' ? 'issue oui' : 'issue non'}>
        {ending === 'accepted' ? <YesIcon /> : <NoIcon />}
        <span>{title}</span>
      </h1>
      <div role="status">
        <Money transaction={transaction} />
      </div>
      {ending === 'accepted' && (
        <>
          <h2 class="vh">{texts.summary}</h2>
          <PaymentFacts transaction={transaction} payee={view.payee} />
          {session.email && <p class="minu apres">{say.receiptSentTo(session.email)}</p>}
        </>
      )}
      {ending === 'refused' && !canRetry && <p class="apres">{texts.notOverYet}</p>}
      <div class="boutons">
        {ending === 'refused' && canRetry && (
          <form method="post" action={paymentPath(session, 'reessayer')}>
            <button class="b b-1" type="submit">
              {texts.retry}
            </button>
          </form>
        )}
        <BackButton wayBack={wayBack} isMain={ending !== 'refused' || !canRetry} />
        {ending === 'accepted' && (
          <a class="b b-2" href={paymentPath(session, 'recu')}>
            {texts.printReceipt}
          </a>
        )}
      </div>
    </PaymentFrame>
  )
}

function Money({ transaction }: { transaction: Transaction }) {
  const { ending, payment } = transaction
  if (ending === 'accepted') return <p class="champ">{texts.acceptedMoney}</p>
  if (ending === 'abandoned' || !payment) return <p>{texts.abandonedMoney}</p>
  return (
    <>
      <p>
        <strong>{texts.refusedMoney}</strong>
      </p>
      <p>{reasonOf(payment)}</p>
    </>
  )
}

function reasonOf(payment: Payment): string {
  if (payment.authenticated === 'unavailable') return say.unavailableAuthentication
  if (!mayAuthorise(payment.authenticated)) return say.refusedAuthentication
  return say.refusedBy(refusalReason(payment.card.authorisation))
}

function BackButton({ wayBack, isMain }: { wayBack: WayBack; isMain: boolean }) {
  const look = isMain ? 'b b-1' : 'b b-2'
  if ('href' in wayBack) {
    return (
      <a class={look} href={wayBack.href}>
        {texts.back}
      </a>
    )
  }
  return (
    <form method="post" action={wayBack.action} acceptCharset="utf-8">
      {Object.entries(wayBack.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class={look} type="submit">
        {texts.back}
      </button>
    </form>
  )
}

function PaymentFacts({ transaction, payee }: { transaction: Transaction; payee: string }) {
  const { order, payment } = transaction
  return (
    <dl class="fiche">
      <dt>{texts.paidAmount}</dt>
      <dd class="num fort">{formatAmount(order.amount)}</dd>
      <dt>{texts.payee}</dt>
      <dd>{payee}</dd>
      <dt>{texts.paidOn}</dt>
      <dd class="num">{formatTime(transaction.time)}</dd>
      <dt>{texts.authorisation}</dt>
      <dd class="num">{payment?.authorisationNumber}</dd>
      <dt>{texts.reference}</dt>
      <dd class="code">{order.orderId || order.transId}</dd>
      <dt>{texts.card}</dt>
      <dd class="num">{payment && maskNumber(payment.card.number)}</dd>
    </dl>
  )
}

/** The receipt, on a page that prints well. */
export function ReceiptPage({ transaction, ...view }: PaymentView & { transaction: Transaction }) {
  return (
    <Layout title={texts.receipt} isEncrypted={view.isEncrypted}>
      <div class="carton">
        <h1>{texts.receipt}</h1>
        <PaymentFacts transaction={transaction} payee={view.payee} />
        <p class="minu apres">{texts.receiptNote}</p>
        <div class="boutons">
          <button class="b b-1" type="button" data-imprimer hidden>
            {texts.print}
          </button>
          <a class="b b-2" href={paymentPath(view.session)}>
            {texts.backToResult}
          </a>
        </div>
      </div>
    </Layout>
  )
}
