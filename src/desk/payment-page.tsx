import type { ComponentChildren } from 'preact'
import type { ReceiptContent } from '../documents/receipt-document.ts'
import { formatCents, formatDay, formatInstantDay, formatTime } from '../kernel/french.ts'
import { ZERO } from '../kernel/money.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, LinkButton, Money, Notice, SubmitButton } from '../web/ui.tsx'
import { type Saved, SavedNotice } from './saved-notice.tsx'
import type { KnownPayment } from './store.ts'
import { methodWords, texts } from './texts.ts'

const words = texts.payment

type Props = {
  readonly view: View
  readonly payment: KnownPayment
  readonly content: ReceiptContent
  readonly saved: Saved | undefined
  readonly mayUndo: boolean
  readonly mayRecord: boolean
  readonly form: Form
  readonly problems?: Problems | undefined
  readonly done?: 'undone' | 'bounced' | undefined
}

/** One payment at the desk: its receipt, and how it is undone. */
export const PaymentPage = (props: Props) => {
  const { view, payment, content, problems } = props
  return (
    <OfficePage
      view={view}
      title={words.title(payment.receiptNumber)}
      crumb={<a href={paths.office.family(payment.familyId)}>{texts.entry.back}</a>}
      current="desk"
      problems={problems}
      actions={
        <>
          {props.mayRecord && (
            <LinkButton href={paths.office.desk} small icon="keyboard">
              {words.next}
            </LinkButton>
          )}
          <LinkButton href={paths.office.deskReceiptPdf(payment.id)} look="secondary" small icon="download">
            {words.pdf}
          </LinkButton>
          <button class="b b-2 b-s" type="button" hidden data-print>
            {words.print}
          </button>
        </>
      }
    >
      <div class="pile">
        {props.saved && <SavedNotice view={view} saved={props.saved} />}
        {props.done && (
          <Notice kind="success" title={props.done === 'undone' ? texts.undo.done : texts.bounce.done} live />
        )}
        <div class="reglement">
          <div class="pile-s sans-impression">
            <Facts payment={payment} />
            {payment.undoneAs === 'bounced' && <Message payment={payment} content={content} />}
            {props.mayUndo && !payment.undone && <Undoing {...props} />}
          </div>
          <Ticket payment={payment} content={content} />
        </div>
      </div>
    </OfficePage>
  )
}

const Facts = ({ payment }: { payment: KnownPayment }) => {
  const { recordedAt, undoneAt, undoneBy, undoneFor } = payment
  const items: (readonly [string, ComponentChildren])[] = [
    [words.family, <a href={paths.office.family(payment.familyId)}>{payment.familyName}</a>],
    [words.amount, <Money cents={payment.amount} />],
    [words.method, methodWords[payment.method]],
    [words.mark, payment.mark],
    [words.bank, payment.bankName],
    [words.drawer, payment.drawer],
    [words.payer, payment.payerName],
    [words.received, formatDay(payment.receivedOn)],
    [
      words.recorded,
      words.recordedValue(formatInstantDay(recordedAt), formatTime(recordedAt), payment.recordedBy),
    ],
    [
      words.slip,
      payment.slipId === null ? '' : <a href={paths.office.deposit(payment.slipId)}>{payment.slip}</a>,
    ],
  ]
  return (
    <Card id="reglement" title={words.facts} class="petite">
      {undoneAt && (
        <Notice
          kind="danger"
          title={
            payment.undoneAs === 'bounced'
              ? words.bounced(formatInstantDay(undoneAt), undoneBy ?? '')
              : words.undone(formatInstantDay(undoneAt), undoneBy ?? '')
          }
        >
          <p>{words.reason(undoneFor ?? '')}</p>
        </Notice>
      )}
      <Details items={items.filter(([, value]) => value !== '')} />
    </Card>
  )
}

const Undoing = ({ view, payment, form, problems }: Props) => (
  <>
    {!payment.deposited && (
      <Card id="annuler" title={texts.undo.title} class="petite">
        <form class="formulaire" method="post" action={paths.office.undoDeskPayment(payment.id)} noValidate>
          <FormToken view={view} />
          <Field
            name="motif"
            label={texts.undo.reason}
            hint={texts.undo.hint}
            value={field(form, 'motif')}
            autocomplete="off"
            maxlength={300}
            problems={problems}
          />
          <SubmitButton look="secondary" small icon="undo">
            {texts.undo.submit}
          </SubmitButton>
        </form>
      </Card>
    )}
    {payment.method === 'cheque' && payment.deposited && (
      <Card id="rejeter" title={texts.bounce.title} class="petite">
        <form class="formulaire" method="post" action={paths.office.bounceCheque(payment.id)} noValidate>
          <FormToken view={view} />
          <Field
            name="motif"
            label={texts.bounce.reason}
            hint={texts.bounce.hint}
            value={field(form, 'motif')}
            autocomplete="off"
            maxlength={300}
            problems={problems}
          />
          <SubmitButton look="secondary" small>
            {texts.bounce.submit}
          </SubmitButton>
        </form>
      </Card>
    )}
  </>
)

const Message = ({ payment, content }: { payment: KnownPayment; content: ReceiptContent }) => (
  <Card id="message" title={texts.bounce.message} class="petite">
    <p class="message">
      {texts.bounce.messageText(payment.amount, payment.mark, content.payee.organisation)}
    </p>
  </Card>
)

/** The receipt as it comes out of an 80 mm printer: all that this page prints. */
const Ticket = ({ payment, content }: { payment: KnownPayment; content: ReceiptContent }) => {
  const { payee } = content
  const at = new Date(content.paidAt)
  return (
    <section class="ticket" aria-label={words.receipt}>
      <p class="centre">
        <b>{payee.organisation}</b>
        <br />
        {payee.unit}
        <br />
        {payee.phone}
      </p>
      <p class="centre">
        {words.receipt} <b>{content.number}</b>
        <br />
        {formatInstantDay(at)} {formatTime(at)}
      </p>
      <p>
        {words.line(words.payer)} {content.payer.name}
        <br />
        {words.line(words.family)} {payment.familyName}
        <br />
        {words.line(words.method)} {content.mode} {content.reference}
      </p>
      <dl>
        {content.lines.map((line) => (
          <>
            <dt>
              {line.invoiceNumber}
              {line.dueAfterCents > ZERO && <small>{words.staysDue(line.dueAfterCents)}</small>}
            </dt>
            <dd class="num">{formatCents(line.settledCents)}</dd>
          </>
        ))}
        {content.creditCents > ZERO && (
          <>
            <dt>{words.toCredit}</dt>
            <dd class="num">{formatCents(content.creditCents)}</dd>
          </>
        )}
        <dt class="total">{words.total}</dt>
        <dd class="num total">{formatCents(content.amountCents)}</dd>
      </dl>
      <p class="centre">{words.thanks}</p>
    </section>
  )
}
