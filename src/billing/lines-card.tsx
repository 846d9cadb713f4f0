// The lines of an invoice on its page, gathered by child, or why there are none.
import { formatQuantity, groupByChild } from '../documents/line-groups.ts'
import { formatDay } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import { Icon, Money, Notice } from '../web/ui.tsx'
import type { InvoiceDetail, LineRow } from './store.ts'
import { texts } from './texts.ts'

export const LinesCard = ({ invoice, lines }: { invoice: InvoiceDetail; lines: readonly LineRow[] }) => {
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
