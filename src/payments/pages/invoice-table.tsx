// The guide's table of invoices to pay; without boxes where nothing may be paid.
import { formatDay } from '../../kernel/french.ts'
import { ZERO } from '../../kernel/money.ts'
import { paths } from '../../web/paths.ts'
import { Money, StateTag } from '../../web/ui.tsx'
import { type SelectionBlock, type SelectionRow, tickId } from '../selection-view.ts'
import { texts } from '../texts.ts'

const { table } = texts

export const InvoiceTable = ({ block }: { block: SelectionBlock }) => (
  <>
    {block.hasTickAll && (
      <div class="actions">
        <TickButton block={block} value="all" label={texts.tickAll} />
        <TickButton block={block} value="none" label={texts.tickNone} />
      </div>
    )}
    <table class="tab souple" role="table">
      <caption>{table.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <Header>{table.number}</Header>
          <Header>{table.date}</Header>
          <Header>{table.detail}</Header>
          <Header class="d">{table.amount}</Header>
          <Header class="d">{table.due}</Header>
          {block.isOpen && <Header class="c etroite">{table.include}</Header>}
        </tr>
      </thead>
      {block.groups.map((group) => (
        <tbody role="rowgroup">
          {group.heading !== undefined && (
            <tr role="row" class="groupe">
              <th role="rowheader" scope="rowgroup" colSpan={block.isOpen ? 6 : 5}>
                {group.heading}
              </th>
            </tr>
          )}
          {group.rows.map((row) => (
            <Row row={row} isOpen={block.isOpen} />
          ))}
        </tbody>
      ))}
    </table>
  </>
)

const TickButton = ({
  block,
  value,
  label,
}: {
  block: SelectionBlock
  value: 'all' | 'none'
  label: string
}) => (
  <button
    class="b b-2 b-s"
    type="submit"
    form={`choix-${block.unit.code}`}
    name="choix"
    value={value}
    data-tick
  >
    {label}
  </button>
)

const Header = (props: { class?: string; children: string }) => (
  <th role="columnheader" scope="col" class={props.class}>
    {props.children}
  </th>
)

const Row = ({ row, isOpen }: { row: SelectionRow; isOpen: boolean }) => {
  const { invoice } = row
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <a href={paths.invoice(invoice.number)} aria-label={table.see(invoice.number)}>
          {invoice.number}
        </a>
      </th>
      <td role="cell" data-l={table.date} class="num">
        {formatDay(invoice.issuedOn)}
      </td>
      <td role="cell" class="libre">
        <span>
          {table.establishment}
          {invoice.establishment}
        </span>
        <small>
          {table.referent}
          {[invoice.referent, invoice.activity].filter((part) => part !== '').join(' · ')}
        </small>
      </td>
      <td role="cell" data-l={table.amount} class="d">
        <Money cents={invoice.total} />
      </td>
      <td role="cell" data-l={table.due} class="d">
        <span>
          <strong>
            <Money cents={invoice.due} />
          </strong>
          {row.settled > ZERO && <small>{table.settled(row.settled)}</small>}
        </span>
      </td>
      {isOpen && <Tick row={row} />}
    </tr>
  )
}

const Tick = ({ row: { invoice, running, ticked } }: { row: SelectionRow }) =>
  running ? (
    <td role="cell" class="c pied-fiche">
      <StateTag kind="pending">{table.running}</StateTag>
    </td>
  ) : (
    <td role="cell" data-l={table.include} class="c pied-fiche">
      <label class="coche">
        <input
          type="checkbox"
          id={tickId(invoice.number)}
          name="f"
          value={invoice.number}
          checked={ticked}
          data-cents={String(invoice.due)}
          autocomplete="off"
        />
        <span class="vh">{table.tick(invoice.number, invoice.due)}</span>
      </label>
    </td>
  )
