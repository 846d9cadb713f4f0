// The guide's table of invoices to pay; without boxes where nothing may be paid.
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { formatCents, formatDay } from '../../kernel/french.ts'
import { ZERO } from '../../kernel/money.ts'
import { paths } from '../../web/paths.ts'
import { staticPart } from '../../web/static-part.ts'
import { StateTag } from '../../web/ui.tsx'
import { type SelectionBlock, type SelectionGroup, type SelectionRow, tickId } from '../selection-view.ts'
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
        <tbody role="rowgroup" dangerouslySetInnerHTML={{ __html: groupRows(group, block.isOpen) }} />
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

/** Hono's escaping template, of plain values only: then it never gives a promise. */
const markup = html as unknown as (
  parts: TemplateStringsArray,
  ...values: readonly (string | number | HtmlEscapedString)[]
) => HtmlEscapedString

// Rows are the bulk of a long page; escaping templates are cheaper to draw than elements (ADR 11).
function groupRows({ heading, rows }: SelectionGroup, isOpen: boolean): string {
  const head =
    heading === undefined
      ? ''
      : markup`<tr role="row" class="groupe"><th role="rowheader" scope="rowgroup" colspan="${isOpen ? 6 : 5}">${heading}</th></tr>`
  return head + rows.map((row) => rowMarkup(row, isOpen)).join('')
}

function rowMarkup(row: SelectionRow, isOpen: boolean): HtmlEscapedString {
  const { invoice } = row
  const about = [invoice.referent, invoice.activity].filter((part) => part !== '').join(' · ')
  const settled = row.settled > ZERO ? markup`<small>${table.settled(row.settled)}</small>` : ''
  return markup`<tr role="row"><th role="rowheader" scope="row"><a href="${paths.invoice(invoice.number)}" aria-label="${table.see(invoice.number)}">${invoice.number}</a></th>\
<td role="cell" data-l="${table.date}" class="num">${formatDay(invoice.issuedOn)}</td>\
<td role="cell" class="libre"><span>${table.establishment}${invoice.establishment}</span><small>${table.referent}${about}</small></td>\
<td role="cell" data-l="${table.amount}" class="d"><span class="num">${formatCents(invoice.total)}</span></td>\
<td role="cell" data-l="${table.due}" class="d"><span><strong><span class="num">${formatCents(invoice.due)}</span></strong>${settled}</span></td>\
${isOpen ? tickMarkup(row) : ''}</tr>`
}

function tickMarkup({ invoice, running, ticked }: SelectionRow): HtmlEscapedString {
  if (running) {
    const tag = staticPart('running invoice', () => <StateTag kind="pending">{table.running}</StateTag>)
    return markup`<td role="cell" class="c pied-fiche">${raw(tag.__html)}</td>`
  }
  if (invoice.isOnlineOver) {
    const tag = staticPart('invoice over', () => <StateTag kind="neutral">{table.over}</StateTag>)
    return markup`<td role="cell" class="c pied-fiche">${raw(tag.__html)}</td>`
  }
  const id = tickId(invoice.number)
  const checked = ticked ? raw(' checked') : ''
  return markup`<td role="cell" data-l="${table.include}" class="c pied-fiche"><label class="coche"><input type="checkbox" id="${id}" name="f" value="${invoice.number}"${checked} data-cents="${invoice.due}" autocomplete="off"/><span class="vh">${table.tick(invoice.number, invoice.due)}</span></label></td>`
}
