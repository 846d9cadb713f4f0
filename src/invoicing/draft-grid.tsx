// The grid of lines. Without a script, Enter or the button adds a line; static/editor.js does it at once.
import { csvCents, formatCents } from '../kernel/french.ts'
import type { Problems } from '../web/form.ts'
import { Button, Money } from '../web/ui.tsx'
import type { EditorProps } from './draft-page.tsx'
import { EMPTY_LINE } from './draft-form.ts'
import { lineAmount, readQuantity, type TypedLine } from './draft.ts'
import { plainLabel, readPrice } from './charge-item.ts'
import { draftTexts as words } from './texts.ts'

export const LineGrid = (props: EditorProps) => {
  const { typed, rows, items, read } = props
  const lines = [...typed.lines, ...Array.from({ length: Math.max(1, rows) }, () => EMPTY_LINE)]
  const { columns } = words
  return (
    <section class="carte" aria-labelledby="lignes-saisie">
      <h2 id="lignes-saisie">{words.lines}</h2>
      <p class="etiq" id="lignes-aide">
        {words.linesHint}
      </p>
      <datalist id="catalogue">
        {items.map((item) => (
          <option value={item.label} data-price={csvCents(item.unit)}>
            {formatCents(item.unit)}
          </option>
        ))}
      </datalist>
      <table class="tab souple grille" role="table" aria-describedby="lignes-aide" data-grid>
        <caption class="vh">{words.lines}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['child', 'day', 'label', 'quantity', 'price', 'amount', 'acts'] as const).map((column) => (
              <th role="columnheader" scope="col" class={column === 'amount' ? 'd' : undefined}>
                {column === 'acts' ? <span class="vh">{columns.acts}</span> : columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lines.map((line, index) => (
            <Line family={props.family} items={items} problems={props.problems} line={line} at={index + 1} />
          ))}
        </tbody>
      </table>
      <div class="pied-grille">
        <Button name="geste" value="ajouter" look="secondary" small icon="plus">
          {words.addLine}
        </Button>
        <p class="grand" data-total aria-live="off">
          <span class="etiq">{words.total}</span> <Money cents={read.total} />
        </p>
      </div>
    </section>
  )
}

/** What a line comes to as typed; nothing while it cannot be read. */
function amountOf(line: TypedLine, items: EditorProps['items']): string {
  const item = items.find((one) => plainLabel(one.label) === plainLabel(line.label))
  const unit = line.price.trim() === '' ? item?.unit : readPrice(line.price)
  const quantity = readQuantity(line.quantity)
  const isBlank = line.label.trim() === '' && line.price.trim() === ''
  return isBlank || unit === undefined || quantity === undefined
    ? ''
    : formatCents(lineAmount(quantity, unit))
}

type LineProps = Pick<EditorProps, 'family' | 'items' | 'problems'> & {
  readonly line: TypedLine
  /** From 1. */
  readonly at: number
}

const Line = ({ family, items, problems, line, at }: LineProps) => {
  const { columns } = words
  return (
    <tr role="row">
      <td role="cell" data-l={columns.child}>
        <select
          class="saisie"
          id={`e-${at}`}
          name="e"
          aria-label={words.cell(columns.child, at)}
          {...faultOf(problems, `e-${at}`)}
        >
          <option value="">{words.wholeFamily}</option>
          {family.children.map(({ id, name }) => (
            <option value={id} selected={id === line.child}>
              {name}
            </option>
          ))}
        </select>
      </td>
      <Cell name="j" column={columns.day} at={at} value={line.day} problems={problems} size={10} />
      <Cell
        name="l"
        column={columns.label}
        at={at}
        value={line.label}
        problems={problems}
        size={24}
        list="catalogue"
      />
      <Cell name="q" column={columns.quantity} at={at} value={line.quantity} problems={problems} size={5} />
      <Cell name="p" column={columns.price} at={at} value={line.price} problems={problems} size={8} />
      <td role="cell" class="d num" data-l={columns.amount} data-amount>
        {amountOf(line, items)}
      </td>
      <td role="cell" class="c">
        <button
          class="b b-3 b-s"
          type="submit"
          name="geste"
          value={`retirer:${at}`}
          aria-label={words.remove(at)}
          title={words.remove(at)}
        >
          <span aria-hidden="true">{'\u00D7'}</span>
        </button>
      </td>
    </tr>
  )
}

const Cell = (props: {
  name: string
  column: string
  at: number
  value: string
  problems: Problems
  size: number
  list?: string
}) => (
  <td role="cell" data-l={props.column}>
    <input
      class="saisie"
      type="text"
      id={`${props.name}-${props.at}`}
      name={props.name}
      value={props.value}
      size={props.size}
      maxLength={100}
      list={props.list}
      autocomplete="off"
      aria-label={words.cell(props.column, props.at)}
      {...faultOf(props.problems, `${props.name}-${props.at}`)}
    />
  </td>
)

const faultOf = (problems: Problems, field: string): { 'aria-invalid'?: 'true'; title?: string } => {
  const found = problems.find((one) => one.field === field)
  return found ? { 'aria-invalid': 'true', title: found.message } : {}
}
