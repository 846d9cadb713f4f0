// The page of one invoice: what it says, what came in, what remains due.
import { formatCents, formatDay, formatSize } from '../kernel/french.ts'
import { ZERO } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, LinkButton, Money, Roof, StateTag } from '../web/ui.tsx'
import { stateOf } from './invoice.ts'
import { LinesCard } from './lines-card.tsx'
import type { Related } from './related-store.ts'
import type { InvoiceDetail, LineRow, SettlementRow } from './store.ts'
import { texts } from './texts.ts'
import { TransferCard } from './transfer-card.tsx'

export type InvoicePageProps = {
  readonly view: View
  readonly invoice: InvoiceDetail
  readonly lines: readonly LineRow[]
  readonly settlements: readonly SettlementRow[]
  readonly unit: BillingUnit
  readonly openingHours: string
  /** Bytes of the document; undefined when it cannot be had just now. */
  readonly pdfSize: number | undefined
  readonly related: Related | undefined
}

const STATE_TAGS = { settled: 'ok', 'partly-settled': 'due', unsettled: 'due' } as const

export const InvoicePage = (props: InvoicePageProps) => {
  const { view, invoice } = props
  return (
    <Page view={view} current="invoices" title={texts.title(texts.names[invoice.purpose], invoice.number)}>
      <div class="deux">
        <div class="pile">
          <Card
            id="detail"
            title={invoice.purpose === 'opening' ? texts.openingDetails : texts.details}
            class="o1"
          >
            <InvoiceSummary invoice={invoice} />
            {props.related && <Corrections related={props.related} />}
          </Card>
          <LinesCard invoice={invoice} lines={props.lines} />
          <SettlementsCard invoice={invoice} settlements={props.settlements} />
        </div>
        <div class="pile">
          <DueRoof {...props} />
          {invoice.due > ZERO && props.unit.transfer !== undefined && (
            <TransferCard account={props.unit.transfer} number={invoice.number} due={invoice.due} />
          )}
          <Card id="contact" title={texts.contactTitle} class="petite o10">
            <p class="petit">{props.unit.contact}</p>
            {props.openingHours !== '' && <p class="petit">{props.openingHours}</p>}
          </Card>
        </div>
      </div>
      <p class="espace sans-impression">
        <a href={paths.history}>{texts.back}</a>
      </p>
    </Page>
  )
}

/** What corrected this invoice, and what it corrects: each leads to the other. */
const Corrections = ({ related: { replaces, replacedBy, notes } }: { related: Related }) => {
  const link = (number: string) => <a href={paths.invoice(number)}>{number}</a>
  return (
    <Details
      items={[
        ...(replaces === null ? [] : [[texts.replaces, link(replaces)] as const]),
        ...(replacedBy === null ? [] : [[texts.replacedBy, link(replacedBy)] as const]),
        ...notes.map(
          (note) =>
            [texts.creditNote(note.number, formatDay(note.issuedOn)), formatCents(note.amount)] as const,
        ),
      ]}
    />
  )
}

/** The fields of the families' guide, in its order and its words. */
export const InvoiceSummary = ({ invoice }: { invoice: InvoiceDetail }) => {
  const state = stateOf(invoice.total, invoice.due)
  const states = invoice.purpose === 'opening' ? texts.openingStates : texts.states
  const { periodFrom, periodTo } = invoice
  const optional = (label: string, value: string) => (value === '' ? [] : [[label, value] as const])
  return (
    <div class="fiche-facture">
      <Details
        items={[
          [texts.number(texts.names[invoice.purpose]), invoice.number],
          ...optional(
            texts.issuedOn[invoice.purpose],
            invoice.issuedOn === null ? '' : formatDay(invoice.issuedOn),
          ),
          [texts.total, <Money cents={invoice.total} />],
          [texts.due, <Money cents={invoice.due} />],
          [texts.state, <StateTag kind={STATE_TAGS[state]}>{states[state]}</StateTag>],
          ...optional(
            texts.period,
            periodFrom && periodTo ? texts.periodValue(formatDay(periodFrom), formatDay(periodTo)) : '',
          ),
          ...optional(texts.beneficiary, invoice.beneficiary),
          [texts.establishment, invoice.establishment],
          ...optional(texts.activity, invoice.activity),
          ...optional(texts.referent, invoice.referent),
          ...optional(texts.dueOn, invoice.dueOn === null ? '' : formatDay(invoice.dueOn)),
          ...optional(texts.onlineUntil, invoice.onlineUntil === null ? '' : formatDay(invoice.onlineUntil)),
          ...optional(texts.deskUntil, invoice.deskUntil === null ? '' : formatDay(invoice.deskUntil)),
        ]}
      />
    </div>
  )
}

/** What remains due, and the two things to do: download, pay. */
const DueRoof = ({ view, invoice, unit, pdfSize }: InvoicePageProps) => {
  const isDue = invoice.due > ZERO
  const isPayer = view.actor?.role === 'payer'
  return (
    <Roof labelledBy="restant" class="o0">
      <h2 class="etiq" id="restant">
        {texts.due}
      </h2>
      <p class="somme">
        <Money cents={invoice.due} />
      </p>
      {!isDue && <StateTag kind="ok">{texts.nothingDue}</StateTag>}
      <div class="pile-s espace">
        {isDue && isPayer && unit.contractId !== undefined && (
          <LinkButton href={payPath(unit)} icon="lock" wide>
            {texts.pay}
          </LinkButton>
        )}
        <LinkButton href={paths.invoicePdf(invoice.number)} look="secondary" icon="download" wide small>
          {pdfSize === undefined ? texts.download : texts.downloadSized(formatSize(pdfSize))}
        </LinkButton>
      </div>
      {isDue && !isPayer && <p class="etiq espace">{texts.payReader}</p>}
      {isDue && unit.otherMeans !== '' && (
        <p class="etiq espace">
          {texts.otherMeans}&nbsp;: {unit.otherMeans}
        </p>
      )}
    </Roof>
  )
}

/** Prepaid units are paid from their account, the others on the list of invoices, in the unit's own part. */
const payPath = (unit: BillingUnit): string =>
  unit.mode === 'prepaid' ? paths.account : `${paths.invoices}#paiement-${unit.code}`

const SettlementsCard = (props: { invoice: InvoiceDetail; settlements: readonly SettlementRow[] }) => (
  <Card id="paiements" title={texts.settlements}>
    {props.settlements.length === 0 ? (
      <p>{texts.noSettlement}</p>
    ) : (
      <dl class="fiche">
        {props.settlements.map(({ kind, valueOn, amount }) => (
          <>
            <dt>
              {texts.settlementKinds(kind)}, {formatDay(valueOn)}
            </dt>
            <dd class="num">{formatCents(amount)}</dd>
          </>
        ))}
      </dl>
    )}
    <dl class="fiche total">
      <dt>{texts.due}</dt>
      <dd>
        <Money cents={props.invoice.due} />
      </dd>
    </dl>
  </Card>
)
