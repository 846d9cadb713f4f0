// The home page: where the family stands with each unit, and one thing to do about it.
import { formatCents, formatInstantDay } from '../kernel/french.ts'
import { ZERO, negate, subtract } from '../kernel/money.ts'
import type { BillingUnit, Organisation } from '../organisations/organisation.ts'
import type { UnitTexts } from '../organisations/setting-store.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { texts as shell } from '../web/texts.ts'
import { Card, Empty, GoButton, Icon, LinkButton, Notice, Roof } from '../web/ui.tsx'
import type { Operation } from './operation.ts'
import { OperationsTable } from './operations-table.tsx'
import type { PendingPayment, Standing } from './store.ts'
import { texts } from './texts.ts'

export type UnitStanding = {
  readonly unit: BillingUnit
  readonly standing: Standing
  /** What the unit tells its families. */
  readonly words: UnitTexts
}

export type HomePageProps = {
  readonly view: View
  readonly firstName: string
  readonly units: readonly UnitStanding[]
  readonly pending: readonly PendingPayment[]
  /** Newest first. */
  readonly operations: readonly Operation[]
  readonly organisation: Organisation
}

const LATEST = 3
const DOCUMENTS = 4
const { home } = texts

export const HomePage = (props: HomePageProps) => {
  const roof = props.units.findIndex(({ standing }) => standing.due > ZERO)
  return (
    <Page view={props.view} current="home" title={home.title} heading={home.hello(props.firstName)}>
      <div class="deux">
        <div class="pile">
          {props.units.map((one) => (
            <UnitWords one={one} />
          ))}
          {props.pending.map((payment) => (
            <PendingNotice payment={payment} />
          ))}
          {props.units.map((one, index) => (
            <UnitCard one={one} roof={index === Math.max(0, roof)} isPayer={isPayer(props.view)} />
          ))}
          {props.operations.length === 0 ? <NewFamily /> : <Latest operations={props.operations} />}
        </div>
        <div class="pile abaisse">
          <Documents operations={props.operations} />
          <Contact organisation={props.organisation} />
          <Online units={props.units} />
        </div>
      </div>
    </Page>
  )
}

/** The notice in evidence, then the welcome: the unit's own words, shown as typed. */
const UnitWords = ({ one: { unit, words } }: { one: UnitStanding }) => (
  <>
    {words.notice !== undefined && (
      <Notice kind="info" title={unit.name}>
        <span class="tel-quel">{words.notice}</span>
      </Notice>
    )}
    {words.welcome !== undefined && <p class="tel-quel">{words.welcome}</p>}
  </>
)

const isPayer = (view: View): boolean => view.actor?.role === 'payer'

const PendingNotice = ({ payment }: { payment: PendingPayment }) => (
  <Notice kind="pending" title={home.pendingTitle(formatInstantDay(payment.sentAt))}>
    <span>{home.pending(formatCents(payment.amount))}</span>
    <a href={paths.payment(payment.reference)}>{home.pendingLink}</a>
  </Notice>
)

const UnitCard = (props: { one: UnitStanding; roof: boolean; isPayer: boolean }) => {
  const { unit } = props.one
  const id = `compte-${unit.code}`
  const content = (
    <>
      <h2 id={id}>{unit.name}</h2>
      <Truth one={props.one} />
      <p class="actions">
        <UnitAction one={props.one} isPayer={props.isPayer} />
      </p>
    </>
  )
  if (props.roof) return <Roof labelledBy={id}>{content}</Roof>
  return (
    <section class="carte" aria-labelledby={id}>
      {content}
    </section>
  )
}

/** One sentence of truth. */
const Truth = ({ one: { unit, standing } }: { one: UnitStanding }) => {
  const { credit, due, unsettled } = standing
  if (unit.mode === 'prepaid') {
    const balance = subtract(credit, due)
    return (
      <>
        <p class="verite">{home.balance(formatCents(balance))}</p>
        {balance < ZERO && <p class="etiq">{texts.account.debit(formatCents(negate(balance)))}</p>}
      </>
    )
  }
  return (
    <>
      <p class="verite">{due > ZERO ? home.unsettled(unsettled, formatCents(due)) : home.settled}</p>
      {credit > ZERO && <p class="etiq">{home.credit(formatCents(credit))}</p>}
    </>
  )
}

/** The one primary button of a unit. */
const UnitAction = ({ one: { unit }, isPayer }: { one: UnitStanding; isPayer: boolean }) => {
  if (unit.mode === 'per_invoice')
    return (
      <LinkButton href={paths.invoices} icon="invoice">
        {home.seeInvoices}
      </LinkButton>
    )
  return isPayer && unit.contractId !== undefined ? (
    <GoButton href={paths.topUp(unit.code)} icon="account">
      {home.topUp}
    </GoButton>
  ) : (
    <LinkButton href={paths.account} icon="account">
      {home.seeAccount}
    </LinkButton>
  )
}

const NewFamily = () => (
  <section class="carte" aria-labelledby="bienvenue">
    <h2 id="bienvenue">{home.noUnitTitle}</h2>
    <Empty title={home.noInvoice}>
      <a href={paths.help}>{home.help}</a>
    </Empty>
  </section>
)

const Latest = ({ operations }: { operations: readonly Operation[] }) => (
  <section class="carte" aria-labelledby="operations">
    <h2 id="operations">{home.latest}</h2>
    <OperationsTable
      labelledBy="operations"
      lines={operations.slice(0, LATEST).map((operation) => ({ operation }))}
    />
    <p class="espace">
      <a href={paths.history}>{home.all}</a>
    </p>
  </section>
)

const Documents = ({ operations }: { operations: readonly Operation[] }) => {
  const documents = operations.filter(({ invoice, receipt }) => invoice ?? receipt).slice(0, DOCUMENTS)
  if (documents.length === 0) return null
  return (
    <Card id="documents" title={home.documents} class="petite">
      <ul class="liste">
        {documents.map((operation) => (
          <li>
            <Icon name="download" />
            <DocumentLink operation={operation} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

const DocumentLink = ({ operation: { invoice, receipt } }: { operation: Operation }) => {
  if (invoice) return <a href={paths.invoicePdf(invoice.number)}>{home.invoicePdf(invoice.number)}</a>
  return receipt ? <a href={paths.receiptPdf(receipt.id)}>{home.receiptPdf(receipt.number)}</a> : null
}

const Contact = ({ organisation }: { organisation: Organisation }) => (
  <Card id="service" title={home.contact} class="petite">
    <p class="petit">{organisation.name}</p>
    <ul class="liste">
      <li>
        <Icon name="phone" />
        <a href={`tel:${organisation.phone.replaceAll(/\s/g, '')}`}>{organisation.phone}</a>
      </li>
      <li>
        <Icon name="mail" />
        <a href={`mailto:${organisation.email}`}>{organisation.email}</a>
      </li>
      {organisation.openingHours !== '' && (
        <li>
          <Icon name="clock" />
          <span>{organisation.openingHours}</span>
        </li>
      )}
    </ul>
  </Card>
)

/** The guide's introduction, with the reminder that names each bank once. */
const Online = ({ units }: { units: readonly UnitStanding[] }) => {
  const banks = new Set(units.map(({ unit }) => unit.bankName).filter((name) => name !== undefined))
  return (
    <Card id="en-ligne" title={home.online} class="petite">
      <p class="petit">{home.intro}</p>
      {[...banks].map((bank) => (
        <p class="petit">{shell.bankReminder(bank)}</p>
      ))}
    </Card>
  )
}
