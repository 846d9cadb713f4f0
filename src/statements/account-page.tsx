// The rechargeable accounts: the balance in figures and words, what to do, every movement.
import { formatCents, formatDay } from '../kernel/french.ts'
import { type Cents, ZERO, negate } from '../kernel/money.ts'
import { type BillingUnit, isBeyondThreshold } from '../organisations/organisation.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Empty, GoButton, LinkButton, Money, Notice, Pager, Roof, StateTag } from '../web/ui.tsx'
import { BalanceChart } from './balance-chart.tsx'
import { type BalanceLine, explainBalance } from './balance.ts'
import { OperationsTable } from './operations-table.tsx'
import type { Paged } from './paging.ts'
import { texts } from './texts.ts'

export type Account = {
  readonly unit: BillingUnit
  /** Negative when the family owes. */
  readonly balance: Cents
  /** Every movement, newest first. */
  readonly lines: readonly BalanceLine[]
  readonly shown: Paged<BalanceLine>
  readonly years: readonly number[]
}

const { account: words } = texts

type AccountPageProps = {
  readonly view: View
  readonly accounts: readonly Account[]
  /** The organisation's name, whose service families ask. */
  readonly organisation: string
}

export const AccountPage = ({ view, accounts, organisation }: AccountPageProps) => {
  const [first] = accounts
  const paged = accounts.find(({ shown }) => shown.page > 1)?.shown
  const title = paged ? texts.history.page(words.title, paged.page, paged.pages) : words.title
  if (!first) return <NoAccount view={view} />
  const isAlone = accounts.length === 1
  return (
    <Page
      view={view}
      current="account"
      title={title}
      heading={isAlone ? words.heading(first.unit.name) : words.title}
      lede={words.lede(view.actor?.familyName ?? '')}
    >
      <div class="pile">
        {accounts.map((account, index) => (
          <Block
            view={view}
            account={account}
            organisation={organisation}
            heading={!isAlone}
            roof={index === 0}
          />
        ))}
      </div>
    </Page>
  )
}

const NoAccount = ({ view }: { view: View }) => (
  <Page view={view} current="account" title={words.title}>
    <Card>
      <Empty title={words.noneTitle}>
        <p>{words.none}</p>
        <LinkButton href={paths.invoices} icon="invoice">
          {words.noneLink}
        </LinkButton>
      </Empty>
    </Card>
  </Page>
)

type BlockProps = { view: View; account: Account; organisation: string; heading: boolean; roof: boolean }

const Block = (props: BlockProps) => {
  const { account } = props
  const { code } = account.unit
  const balance = <Balance {...props} />
  return (
    <section aria-label={words.heading(account.unit.name)}>
      {props.heading && <h2 class="espace-bas">{words.heading(account.unit.name)}</h2>}
      <div class="deux">
        <div class="pile">
          {props.roof ? (
            <Roof labelledBy={`solde-${code}`}>{balance}</Roof>
          ) : (
            <Card id={`solde-${code}`}>{balance}</Card>
          )}
          <Movements account={account} />
        </div>
        <div class="pile abaisse">
          <HowItAdds account={account} />
          <Card id={`aide-${code}`} title={words.contact} class="petite">
            <p class="petit">{words.contactText}</p>
            <p class="petit">{account.unit.contact}</p>
          </Card>
        </div>
      </div>
    </section>
  )
}

const Balance = ({ view, account, heading, organisation }: BlockProps) => {
  const { unit, balance, lines } = account
  const Heading = heading ? 'h3' : 'h2'
  const debt = negate(balance)
  const isPayer = view.actor?.role === 'payer'
  const mayTopUp = isPayer && unit.contractId !== undefined
  return (
    <>
      <div class="solde">
        <div>
          <Heading class="etiq" id={`solde-${unit.code}`}>
            {words.balance}
          </Heading>
          <p class={balance < ZERO ? 'somme debit' : 'somme'}>
            <Money cents={balance} />
          </p>
          <BalanceTag balance={balance} beyond={isBeyondThreshold(balance, unit.alertThreshold)} />
        </div>
        {lines.length > 1 && <BalanceChart lines={lines} threshold={unit.alertThreshold} />}
      </div>
      <BalanceNotice unit={unit} balance={balance} organisation={organisation} />
      {mayTopUp && (
        <div class="actions espace">
          <GoButton href={paths.topUp(unit.code)} icon="account">
            {words.topUp}
          </GoButton>
        </div>
      )}
      <p class="etiq espace">{mayTopUp ? nextStep(debt) : isPayer ? unit.otherMeans : words.reader}</p>
    </>
  )
}

const nextStep = (debt: Cents): string => (debt > ZERO ? words.toZero(formatCents(debt)) : words.firstTopUp)

const BalanceTag = ({ balance, beyond }: { balance: Cents; beyond: boolean }) => {
  if (balance < ZERO)
    return <StateTag kind={beyond ? 'danger' : 'due'}>{words.debit(formatCents(negate(balance)))}</StateTag>
  return <StateTag kind="ok">{balance > ZERO ? words.credit(formatCents(balance)) : words.zero}</StateTag>
}

/** Nothing on a credit, a soft note up to the threshold, the guide's warning beyond it. */
const BalanceNotice = (props: { unit: BillingUnit; balance: Cents; organisation: string }) => {
  const { unit, balance, organisation } = props
  if (isBeyondThreshold(balance, unit.alertThreshold))
    return (
      <div class="espace">
        <Notice kind="warning" title={words.warning(formatCents(unit.alertThreshold))}>
          <span>{words.advice(organisation)}</span>
        </Notice>
      </div>
    )
  return balance < ZERO ? <p class="etiq espace">{words.low(formatCents(negate(balance)))}</p> : null
}

const Movements = ({ account }: { account: Account }) => {
  const { unit, shown, years } = account
  const id = `mouvements-${unit.code}`
  const href = (page: number) => `${paths.account}?compte=${unit.code}&page=${page}#${id}`
  return (
    <section class="carte" aria-labelledby={id}>
      <details class="replier" open>
        <summary>
          <h2 id={id}>{words.movements}</h2>
          <span class="si-ouvert">{words.hide}</span>
          <span class="si-ferme">{words.show}</span>
        </summary>
        {shown.items.length === 0 ? (
          <Empty title={words.noMovement}>
            <p>{words.noMovementNext}</p>
          </Empty>
        ) : (
          <OperationsTable lines={shown.items} labelledBy={id} />
        )}
        <Pager page={shown.page} pages={shown.pages} href={href} />
      </details>
      <p class="liens espace">
        <a href={paths.history}>{words.history}</a>
        {years.map((year) => (
          <a href={paths.statementPdf(unit.code, year)}>{words.statement(year)}</a>
        ))}
      </p>
    </section>
  )
}

const HowItAdds = ({ account }: { account: Account }) => {
  const told = explainBalance(account.lines)
  return (
    <Card id={`calcul-${account.unit.code}`} title={words.howTitle} class="petite">
      <dl class="fiche">
        <dt>{told.since ? words.howSince(formatDay(told.since)) : words.howStart}</dt>
        <dd>
          <Money cents={told.start} />
        </dd>
        <dt>{words.howInvoices}</dt>
        <dd>
          <Money cents={told.invoiced} />
        </dd>
        <dt>{words.howPayments}</dt>
        <dd>
          <Money cents={told.received} />
        </dd>
      </dl>
      <dl class="fiche total">
        <dt>{words.howNow}</dt>
        <dd>
          <Money cents={told.now} />
        </dd>
      </dl>
      <p class="etiq">{words.howCredit}</p>
    </Card>
  )
}
