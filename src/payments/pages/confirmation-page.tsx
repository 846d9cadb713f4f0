// « Confirmez le montant à payer » (ux.md 1.7), and the page that leaves for the bank.
import type { ComponentChildren } from 'preact'
import { ZERO } from '../../kernel/money.ts'
import { quotedReference } from '../../kernel/ids.ts'
import { Field } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { Page } from '../../web/layout.tsx'
import { paths } from '../../web/paths.ts'
import type { View } from '../../web/request.ts'
import { Button, Card, Details, ErrorSummary, FormToken, LinkButton, Money, Notice } from '../../web/ui.tsx'
import { Roof, SubmitButton } from '../../web/ui.tsx'
import type { ConfirmationView } from '../confirmation-view.ts'
import type { Redirection } from '../gateway.ts'
import type { SelectedInvoice } from '../store.ts'
import { texts } from '../texts.ts'
import { BeforePaying } from './parts.tsx'

const { confirm } = texts

export type ConfirmationProps = {
  readonly view: View
  readonly payment: ConfirmationView
  readonly problems?: Problems
  /** Why the bank was not reached, when that is not a field's fault. */
  readonly refusal?: string | undefined
}

export const ConfirmationPage = (props: ConfirmationProps) => {
  const { payment, problems } = props
  const nothing = payment.amount === ZERO
  return (
    <Page
      view={props.view}
      title={nothing ? confirm.nothing : confirm.title}
      current={payment.attempt.purpose === 'top_up' ? 'account' : 'invoices'}
      step={2}
      problems={problems}
      hooks={{ 'data-recheck': true }}
    >
      <ErrorSummary problems={problems} />
      {nothing ? (
        <Nothing />
      ) : (
        <div class="pile">
          <Warnings payment={payment} refusal={props.refusal} />
          <Confirmation {...props} />
        </div>
      )}
    </Page>
  )
}

const Nothing = () => (
  <Card>
    <div class="pile-s">
      <p>{confirm.nothingText}</p>
      <div class="actions">
        <LinkButton href={paths.invoices}>{confirm.back}</LinkButton>
      </div>
    </div>
  </Card>
)

const Confirmation = ({ view, payment, problems }: ConfirmationProps) => {
  const { attempt, unit } = payment
  return (
    <form class="deux" method="post" action={paths.sendPayment(attempt.reference)} noValidate>
      <FormToken view={view} />
      <input type="hidden" name="vu" value={String(payment.amount)} />
      <div class="pile">
        <Card id="objet" title={confirm.what}>
          <Paid payment={payment} />
        </Card>
        <Card>
          <Field
            name="courriel"
            label={confirm.email}
            hint={confirm.emailHint}
            optional
            inputmode="email"
            autocomplete="email"
            value={payment.email}
            maxlength={150}
            problems={problems}
          />
        </Card>
        <p class="petit">{confirm.service}</p>
      </div>
      <div class="pile">
        <Roof class="o0" labelledBy="total">
          <p class="etiq" id="total">
            {confirm.total}
          </p>
          <strong class="somme num">
            <Money cents={payment.amount} />
          </strong>
          {payment.balanceAfter !== undefined && <p class="etiq">{confirm.after(payment.balanceAfter)}</p>}
          <div class="espace">
            <SubmitButton icon="lock" wide>
              {texts.pay}
            </SubmitButton>
          </div>
          <p class="etiq espace">
            <strong>{confirm.mobile}</strong>
            {confirm.sms}
          </p>
          <div class="espace">
            <LinkButton href={changeHref(payment)} look="secondary" wide small>
              {attempt.purpose === 'top_up' ? confirm.changeAmount : confirm.change}
            </LinkButton>
          </div>
        </Roof>
        <BeforePaying unit={unit} />
      </div>
    </form>
  )
}

const Warnings = ({ payment, refusal }: { payment: ConfirmationView; refusal: string | undefined }) => {
  const { attempt, before } = payment
  return (
    <>
      {before !== undefined && (
        <Notice kind="warning" title={confirm.changed(before, payment.amount)} live>
          {payment.changes.map((invoice) => (
            <span>{changeOf(invoice)}</span>
          ))}
        </Notice>
      )}
      {refusal !== undefined && (
        <Notice kind="danger" live>
          <span>{refusal}</span>
        </Notice>
      )}
      {attempt.state === 'redirected' && (
        <Notice kind="warning" title={confirm.sentBefore}>
          <span>{confirm.sentBeforeText}</span>
          <a href={paths.payment(attempt.reference)}>{confirm.see}</a>
        </Notice>
      )}
      {attempt.state === 'expired' && (
        <Notice kind="warning" title={confirm.unsure}>
          <span>{confirm.unsureText}</span>
          <a href={paths.payment(attempt.reference)}>{confirm.see}</a>
        </Notice>
      )}
    </>
  )
}

const changeOf = ({ number, due, shownDue }: SelectedInvoice): string =>
  due === ZERO ? confirm.settled(number) : confirm.stillDue(number, due, shownDue)

const Paid = ({ payment }: { payment: ConfirmationView }) => {
  const { attempt, unit, shown, folded } = payment
  return (
    <>
      {attempt.purpose === 'top_up' ? (
        <p>{confirm.topUp(unit.name)}</p>
      ) : (
        <Details items={shown.map((invoice) => lineOf(invoice))} />
      )}
      {folded.length > 0 && (
        <details class="espace">
          <summary>{confirm.others(folded.length)}</summary>
          <Details items={folded.map((invoice) => lineOf(invoice))} />
        </details>
      )}
      <dl class="fiche total">
        <dt>{confirm.total}</dt>
        <dd>
          <Money cents={payment.amount} />
        </dd>
      </dl>
      <div class="espace">
        <dl class="fiche">
          <dt>{confirm.payee}</dt>
          <dd>
            {unit.name}
            <br />
            {payment.payee}
          </dd>
          <dt>{confirm.reference}</dt>
          <dd class="num">{quotedReference(attempt.reference)}</dd>
        </dl>
      </div>
    </>
  )
}

const lineOf = (invoice: SelectedInvoice): readonly [string, ComponentChildren] => [
  [`${confirm.invoice} ${invoice.number}`, invoice.establishment, invoice.activity]
    .filter((part) => part !== '')
    .join(' · '),
  <Money cents={invoice.due} />,
]

/** Back to the choice, with the same boxes ticked. */
function changeHref({ attempt, unit, shown, folded }: ConfirmationView): string {
  if (attempt.purpose === 'top_up') return paths.topUp(unit.code)
  const ticks = [...shown, ...folded].map((invoice) => ['f', invoice.number])
  return `${paths.invoices}?${new URLSearchParams([['unite', unit.code], ...ticks]).toString()}`
}

/** Leaves for the bank by itself with JavaScript, with one more click without. */
export const BankPage = (props: {
  view: View
  redirection: Extract<Redirection, { kind: 'form' }>
  bankName: string
}) => (
  <Page view={props.view} title={texts.bank.title} step={3} current="invoices">
    <Card>
      <form class="pile-s" method="post" action={props.redirection.url} data-auto>
        {props.redirection.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p>{texts.bank.lede(props.bankName)}</p>
        <p class="petit">{texts.bank.text}</p>
        <div class="actions">
          <Button icon="lock">{texts.bank.go}</Button>
        </div>
      </form>
    </Card>
  </Page>
)
