// The five things that can have become of a payment, in sentences about the money.
import { formatInstantDay, formatTime } from '../../kernel/french.ts'
import { quotedReference } from '../../kernel/ids.ts'
import { ZERO } from '../../kernel/money.ts'
import { Details, Money, Notice } from '../../web/ui.tsx'
import { LADDER_MS, LONG_LADDER_MS } from '../chase-ladder.ts'
import { DROPPED, UNSENT } from '../payment.ts'
import { type PaidView, type PaymentView, shortEmail } from '../payment-view.ts'
import { asClause, withoutDot } from './parts.tsx'
import { outcomeTexts as texts } from './texts.ts'

type Props = { readonly payment: PaymentView }

export const AcceptedBody = ({ payment }: Props) => {
  const { attempt, paid, receiptMailed } = payment
  return (
    <>
      <Notice kind="success" live>
        {paid.map((one) => (
          <Settled paid={one} />
        ))}
        {receiptMailed !== undefined && attempt.receiptEmail !== null && (
          <span>
            {(receiptMailed ? texts.accepted.mailed : texts.accepted.mailing)(
              shortEmail(attempt.receiptEmail),
            )}
          </span>
        )}
      </Notice>
      {paid.length > 1 && (
        <div class="espace">
          <Notice kind="warning" title={texts.accepted.twice}>
            <span>{texts.accepted.twiceText}</span>
          </Notice>
        </div>
      )}
      <div class="espace">
        <Details
          items={[
            [texts.accepted.amount, <Money cents={payment.total} />],
            ...paid.flatMap(({ receipt: { receiptNumber } }) =>
              receiptNumber === null ? [] : [[texts.accepted.receipt, receiptNumber] as const],
            ),
            [texts.accepted.reference, quotedReference(attempt.reference)],
          ]}
        />
      </div>
    </>
  )
}

/** The bank took back what it had taken: nothing here says that the payment stands. */
export const TakenBackBody = ({ payment: { attempt, paid } }: Props) => (
  <>
    <Notice kind="warning" live>
      {paid.map((one) => (
        <span>{texts.takenBack.text(one.amount, formatInstantDay(one.at))}</span>
      ))}
      <strong>{attempt.purpose === 'top_up' ? texts.takenBack.account : texts.takenBack.again}</strong>
      <span>{texts.takenBack.check}</span>
    </Notice>
    <Reference reference={attempt.reference} />
  </>
)

const Settled = ({ paid }: { paid: PaidView }) => (
  <>
    <strong>{texts.accepted.paid(paid.amount, formatInstantDay(paid.at), formatTime(paid.at))}</strong>
    {paid.isFolded ? (
      <details>
        <summary>{texts.accepted.settledMany(paid.settled.length)}</summary>
        {texts.accepted.settled(paid.settled)}
      </details>
    ) : (
      paid.settled.length > 0 && <span>{texts.accepted.settled(paid.settled)}</span>
    )}
    {paid.partly.map(({ number, paid, due }) => (
      <span>{texts.accepted.partly(number, paid, due)}</span>
    ))}
    {paid.takenBack > ZERO && <strong>{texts.takenBack.part(paid.takenBack)}</strong>}
    {paid.credit > ZERO && <span>{texts.accepted.credit(paid.credit)}</span>}
  </>
)

export const PendingBody = ({ payment: { attempt, isAsked } }: Props) => (
  <Notice kind="pending" live>
    <span>
      {texts.pending.text}
      <strong>{texts.pending.warning}</strong>
      {isAsked ? texts.pending.promise(LADDER_MS) : texts.pending.promiseHere}
    </span>
    <Reference reference={attempt.reference} />
  </Notice>
)

/** The bank has the payment, and takes days: nothing is asked of the family meanwhile. */
export const AwaitedBody = ({ payment: { attempt, isAsked } }: Props) => (
  <Notice kind="pending" live>
    <span>
      {texts.awaited.text}
      <strong>{texts.pending.warning}</strong>
      {attempt.purpose === 'top_up' ? texts.awaited.account : texts.awaited.invoices}
      {isAsked && texts.asked(LONG_LADDER_MS)}
    </span>
    <Reference reference={attempt.reference} />
  </Notice>
)

export const RefusedBody = ({ payment: { attempt, unit, isRetry } }: Props) => {
  const reason = texts.refused.reasonOf(attempt.reason)
  return (
    <>
      <Notice kind="danger" live>
        <span>
          {texts.refused.text}
          <strong>{isRetry ? texts.refused.moneyThisTime : texts.refused.money}</strong>
          {reason !== undefined && texts.refused.reason(reason)}
        </span>
      </Notice>
      {unit.otherMeans !== '' && <p>{texts.refused.otherwise(asClause(unit.otherMeans))}</p>}
      {unit.contact !== '' && <p>{texts.refused.contact(withoutDot(unit.contact))}</p>}
      <Reference reference={attempt.reference} />
    </>
  )
}

/** Not sent, left at the bank, or dropped here; only the first two are sure that nothing was taken. */
export const LeftBody = ({ payment }: Props) => (
  <Notice kind={payment.attempt.reason === DROPPED ? 'warning' : 'info'} live>
    <span>{leftText(payment)}</span>
  </Notice>
)

function leftText({ attempt: { state, sentAt, reason }, isRetry }: PaymentView): string {
  if (state === 'created') return texts.created.text
  if (sentAt === null) return texts.abandoned.never
  if (reason === UNSENT) return texts.abandoned.unsent
  if (reason === DROPPED) return texts.abandoned.dropped
  return isRetry ? texts.abandoned.leftThisTime : texts.abandoned.left
}

export const DoubtBody = ({ payment }: Props) => {
  const quoted = quotedReference(payment.attempt.reference)
  return payment.attempt.state === 'review' ? (
    <Notice kind="warning" live>
      <span>
        {payment.paid.length > 0
          ? texts.review.mismatch(payment.total, payment.attempt.amount)
          : texts.review.text}
        <strong>{texts.pending.warning}</strong>
        {texts.review.contact} <span class="num">{quoted}</span>.
      </span>
    </Notice>
  ) : (
    <>
      <Notice kind="warning" live>
        <strong>{texts.unknown.text}</strong>
        <span>
          {texts.unknown.wait} <span class="num">{quoted}</span>.{payment.isAsked && texts.asked(LADDER_MS)}
        </span>
      </Notice>
      {payment.mayPay && <p>{texts.unknown.caution}</p>}
    </>
  )
}

const Reference = ({ reference }: { reference: string }) => (
  <p class="etiq">
    {texts.reference} <span class="num">{quotedReference(reference)}</span>
  </p>
)
