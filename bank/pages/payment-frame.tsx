import type { ComponentChildren } from 'preact'
import { formatAmount, formatTime } from '../format.ts'
import { say, texts } from '../texts.ts'
import type { Session } from '../store.ts'
import { AlertIcon, InfoIcon } from './icons.tsx'
import { Layout } from './layout.tsx'

/** What every page of a payment shows. */
export type PaymentView = {
  readonly session: Session
  readonly payee: string
  readonly isEncrypted: boolean
}

type FrameProps = PaymentView & {
  readonly step: 1 | 2 | 3 | 4
  readonly hasError?: boolean
  /** Replaces the step's own title. */
  readonly title?: string
  readonly canCancel: boolean
  readonly children: ComponentChildren
  /** Shown beside the form, under the summary. */
  readonly beside?: ComponentChildren
}

/** Address of a page of the payment, or of one of its actions. */
export function paymentPath(session: Session, action = ''): string {
  return `/paiement/${session.id}${action && `/${action}`}`
}

/** Steps, form and summary of a payment page. */
export function PaymentFrame(props: FrameProps) {
  const { session, step, hasError = false, canCancel, children, beside, isEncrypted } = props
  const title = props.title ?? say.pageTitle(formatAmount(session.order.amount), step)
  return (
    <Layout title={hasError ? `${texts.error} – ${title}` : title} isEncrypted={isEncrypted}>
      <Steps current={step} />
      <div class="grille">
        <div class="carton">
          {children}
          {canCancel && <p class="minu apres">{say.timeLimit(hourOf(session.expiresAt))}</p>}
        </div>
        {beside ? (
          <div class="cote">
            <Summary {...props} />
            {beside}
          </div>
        ) : (
          <Summary {...props} />
        )}
        {canCancel && (
          <form class="seul-mobile" method="post" action={paymentPath(session, 'annuler')}>
            <button class="lien" type="submit">
              {texts.cancel}
            </button>
          </form>
        )}
      </div>
    </Layout>
  )
}

function hourOf(time: number): string {
  return formatTime(time).slice(-5)
}

function Steps({ current }: { current: number }) {
  const names = [texts.step1, texts.step2, texts.step3, texts.step4]
  return (
    <ol class="etapes" aria-label={texts.steps}>
      {names.map((name, rank) => {
        const step = rank + 1
        return (
          <li
            key={name}
            class={step < current ? 'fait' : undefined}
            aria-current={step === current ? 'step' : undefined}
          >
            <i>{step}</i>
            <span class="nom">
              {name}
              {step < current && <span class="vh">{texts.done}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Summary({ session, payee, canCancel }: FrameProps) {
  const { order } = session
  const object = order.fields['vads_order_info']
  return (
    <aside class="carton recap" aria-label={texts.summary}>
      <dl>
        <div>
          <dt>{texts.amount}</dt>
          <dd class="tot num">{formatAmount(order.amount)}</dd>
        </div>
        <div>
          <dt>{texts.payee}</dt>
          <dd>{payee}</dd>
        </div>
        {object && (
          <div class="pas">
            <dt>{texts.object}</dt>
            <dd>{object}</dd>
          </div>
        )}
        <div class="pas">
          <dt>{texts.reference}</dt>
          <dd class="code">{order.orderId || order.transId}</dd>
        </div>
        <div class="pas">
          <dt>{texts.date}</dt>
          <dd class="num">{formatTime(session.openedAt)}</dd>
        </div>
      </dl>
      {canCancel && (
        <form class="pas" method="post" action={paymentPath(session, 'annuler')}>
          <button class="lien" type="submit">
            {texts.cancel}
          </button>
          <p class="minu">{texts.nothingDebited}</p>
        </form>
      )}
    </aside>
  )
}

/** What is wrong on the page, each line leading to its field. */
export function ErrorSummary({ problems }: { problems: readonly { field: string; sentence: string }[] }) {
  return (
    <div class="avis avis-rouge" role="alert">
      <AlertIcon />
      <div>
        <h2>{texts.problems}</h2>
        <ul>
          {problems.map(({ field, sentence }) => (
            <li key={field}>
              <a href={`#${field}`}>{sentence}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

export function FieldError({ id, sentence }: { id: string; sentence: string | undefined }) {
  if (!sentence) return null
  return (
    <p class="erreur" id={id}>
      <AlertIcon />
      <span>{sentence}</span>
    </p>
  )
}

/** A sentence of good or neutral news at the top of a page. */
export function Notice({ children }: { children: ComponentChildren }) {
  return (
    <div class="avis" role="status">
      <InfoIcon />
      <div>{children}</div>
    </div>
  )
}
