// The page of one invoice: what it says, what came in, what remains due.
import { formatQuantity, groupByChild } from '../documents/line-groups.ts'
import { formatCents, formatDay, formatSize } from '../kernel/french.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, Icon, LinkButton, Money, Notice, Roof, StateTag } from '../web/ui.tsx'
import { stateOf } from './invoice.ts'
import type { InvoiceDetail, LineRow, SettlementRow } from './store.ts'
import { texts } from './texts.ts'

export type InvoicePageProps = {
  readonly view: View
  readonly invoice: InvoiceDetail
  readonly lines: readonly LineRow[]
  readonly settlements: readonly SettlementRow[]
  readonly unit: BillingUnit
  readonly openingHours: string
  /** Bytes of the document; undefined when it cannot be had just now. */
  readonly pdfSize: number | undefined
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
            <Summary invoice={invoice} />
          </Card>
          <LinesCard invoice={invoice} lines={props.lines} />
          <SettlementsCard invoice={invoice} settlements={props.settlements} />
        </div>
        <div class="pile">
          <DueRoof {...props} />
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

/** The fields of the families' guide, in its order and its words. */
const Summary = ({ invoice }: { invoice: InvoiceDetail }) => {
  const state = stateOf(invoice.total, invoice.due)
  const states = invoice.purpose === 'opening' ? texts.openingStates : texts.states
  const { periodFrom, periodTo } = invoice
  const optional = (label: string, value: string) => (value === '' ? [] : [[label, value] as const])
  return (
    <div class="fiche-facture">
      <Details
        items={[
          [texts.number(texts.names[invoice.purpose]), invoice.number],
          [texts.issuedOn[invoice.purpose], formatDay(invoice.issuedOn)],
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
          <LinkButton href={unit.mode === 'prepaid' ? paths.account : paths.invoices} icon="lock" wide>
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

const LinesCard = ({ invoice, lines }: { invoice: InvoiceDetail; lines: readonly LineRow[] }) => {
  if (lines.length === 0)
    return (
      <Notice kind="info" title={invoice.purpose === 'opening' ? texts.openingTitle : texts.noLinesTitle}>
        <span>{invoice.purpose === 'opening' ? texts.opening : texts.noLines}</span>
      </Notice>
    )
  const groups = groupByChild(
    lines,
    (line) => line.childName,
    (line) => line.amount,
  )
  return (
    <section class="carte" aria-labelledby="lignes">
      <h2 id="lignes">{texts.lines}</h2>
      <div class="pile-s lignes">
        {groups.map((group, index) => (
          <LinesTable
            child={group.child}
            id={`enfant-${index + 1}`}
            lines={group.lines}
            subtotal={group.subtotal}
          />
        ))}
      </div>
      <dl class="fiche total">
        <dt>{texts.sum}</dt>
        <dd>
          <Money cents={invoice.total} />
        </dd>
      </dl>
    </section>
  )
}

const LinesTable = (props: { child: string; id: string; lines: readonly LineRow[]; subtotal: Cents }) => {
  const child = props.child === '' ? texts.noChild : props.child
  const { columns } = texts
  return (
    <div>
      <h3 id={props.id}>
        <Icon name="children" /> {child}
      </h3>
      <table class="tab souple" role="table" aria-labelledby={props.id}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="etroite">
              {columns.date}
            </th>
            <th role="columnheader" scope="col">
              {columns.label}
            </th>
            <th role="columnheader" scope="col" class="d etroite">
              {columns.quantity}
            </th>
            <th role="columnheader" scope="col" class="d etroite">
              {columns.unit}
            </th>
            <th role="columnheader" scope="col" class="d etroite">
              {columns.amount}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.lines.map((line) => (
            <Line line={line} />
          ))}
          <tr role="row">
            <th role="rowheader" scope="row" colSpan={4}>
              {texts.subtotal(child)}
            </th>
            <td role="cell" class="d" data-l={columns.amount}>
              <strong>
                <Money cents={props.subtotal} />
              </strong>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const Line = ({ line }: { line: LineRow }) => (
  <tr role="row">
    <td role="cell" class="num" data-l={texts.columns.date}>
      {line.happenedOn === null ? '' : formatDay(line.happenedOn)}
    </td>
    <th role="rowheader" scope="row">
      <span>
        {line.label}
        {line.rateNote !== '' && <small>{line.rateNote}</small>}
      </span>
    </th>
    <td role="cell" class="d num" data-l={texts.columns.quantity}>
      {formatQuantity(line.quantityThousandths)}
    </td>
    <td role="cell" class="d" data-l={texts.columns.unit}>
      <Money cents={line.unit} />
    </td>
    <td role="cell" class="d" data-l={texts.columns.amount}>
      <Money cents={line.amount} />
    </td>
  </tr>
)

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
