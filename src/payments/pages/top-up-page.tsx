// « Recharger mon compte » (ux.md 1.6).
import { formatCents, formatSignedCents } from '../../kernel/french.ts'
import { ZERO } from '../../kernel/money.ts'
import type { Problems } from '../../web/form.ts'
import { Page } from '../../web/layout.tsx'
import { paths } from '../../web/paths.ts'
import type { View } from '../../web/request.ts'
import {
  Card,
  ErrorSummary,
  FormToken,
  LinkButton,
  Money,
  Notice,
  Roof,
  SubmitButton,
} from '../../web/ui.tsx'
import { balanceAfter, readTopUp, type TopUpView } from '../top-up-view.ts'
import { texts } from '../texts.ts'
import { asClause, BeforePaying, withoutDot } from './parts.tsx'

const { topUp } = texts
const FIELD = 'autre'

export type TopUpProps = {
  readonly view: View
  readonly topUp: TopUpView
  readonly isOpen: boolean
  readonly formKey: string
  readonly problems: Problems
}

export const TopUpPage = (props: TopUpProps) => (
  <Page
    view={props.view}
    title={topUp.title}
    lede={props.topUp.unit.name}
    current="account"
    {...(props.isOpen ? { step: 1 } : {})}
    problems={props.problems}
    hooks={{ 'data-recheck': true }}
  >
    <ErrorSummary problems={props.problems} />
    {props.isOpen ? <TopUpForm {...props} /> : <Closed {...props} />}
  </Page>
)

const Closed = ({ topUp: { unit } }: TopUpProps) => (
  <Card>
    <div class="pile-s">
      <Notice kind="info" title={texts.closed.title}>
        <span>{topUp.closed(asClause(unit.otherMeans))}</span>
        <span>{texts.closed.contact(withoutDot(unit.contact))}</span>
      </Notice>
      <div class="actions">
        <LinkButton href={paths.account} look="secondary">
          {topUp.back}
        </LinkButton>
      </div>
    </div>
  </Card>
)

const TopUpForm = (props: TopUpProps) => {
  const { unit, balance } = props.topUp
  const chosen = readTopUp(props.topUp)
  return (
    <form
      class="deux"
      method="post"
      action={paths.topUp(unit.code)}
      noValidate
      data-balance={String(balance)}
    >
      <FormToken view={props.view} />
      <input type="hidden" name="cle" value={props.formKey} />
      <Card>
        <div class="formulaire">
          <Amounts {...props} />
          <div class="actions">
            <SubmitButton icon="lock">{topUp.submit}</SubmitButton>
            <LinkButton href={paths.account} look="link">
              {topUp.back}
            </LinkButton>
          </div>
        </div>
      </Card>
      <div class="pile">
        <Roof class="o0" labelledBy="solde">
          <p class="etiq" id="solde">
            {topUp.balance}
          </p>
          <strong class={balance < ZERO ? 'somme num debit' : 'somme num'}>
            <Money cents={balance} signed />
          </strong>
          <p class="etiq">{standing(props.topUp)}</p>
          <p class="etiq espace" hidden data-balance-line>
            {topUp.after}{' '}
            <output class="num" aria-live="polite" data-balance-after>
              {chosen !== undefined && formatSignedCents(balanceAfter(balance, chosen))}
            </output>
          </p>
        </Roof>
        <BeforePaying unit={unit} />
      </div>
    </form>
  )
}

function standing({ balance, debt }: TopUpView): string {
  if (balance < ZERO) return topUp.debit(debt)
  return balance > ZERO ? topUp.credit : topUp.even
}

const Amounts = ({ topUp: view, problems }: TopUpProps) => {
  const message = problems[0]?.message
  const described = ['montant-aide', message === undefined ? '' : 'autre-erreur'].join(' ').trimEnd()
  return (
    <fieldset class={message === undefined ? 'champ' : 'champ en-erreur'}>
      <legend>{topUp.choose}</legend>
      <p class="aide" id="montant-aide">
        {topUp.hint(view.unit.minPayment, view.unit.maxPayment)}
      </p>
      {message !== undefined && (
        <p class="erreur" id="autre-erreur">
          {message}
        </p>
      )}
      <div class="tuiles">
        {view.choices.map(({ value, amount, isDebt }) => (
          <label class="tuile">
            <input
              type="radio"
              name="montant"
              value={value}
              checked={view.form.choice === value}
              data-cents={String(amount)}
            />
            <span>{isDebt ? topUp.toZero(amount) : formatCents(amount)}</span>
          </label>
        ))}
        <label class="tuile">
          <input
            type="radio"
            name="montant"
            value={FIELD}
            checked={view.form.choice === FIELD}
            data-balance-choice
          />
          <span>{topUp.other}</span>
        </label>
      </div>
      <div class="espace">
        <div class="champ">
          <label for={FIELD}>{topUp.otherAmount}</label>
          <input
            class="saisie court"
            id={FIELD}
            name={FIELD}
            type="text"
            inputMode="decimal"
            autocomplete="off"
            size={12}
            value={view.form.other}
            aria-describedby={described}
            aria-invalid={message === undefined ? undefined : 'true'}
            data-balance-other
          />
        </div>
      </div>
    </fieldset>
  )
}
