// The table of operations, as the home page, the invoices, the accounts and the history show it.
import type { ComponentChildren } from 'preact'
import { formatDay } from '../kernel/french.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import { paths } from '../web/paths.ts'
import { Icon, Money, StateTag } from '../web/ui.tsx'
import { chargedBy, type Operation, operationState, paidBy } from './operation.ts'
import { operationNote, operationTitle } from './operation-words.ts'
import { texts } from './texts.ts'

const STATE_TAGS = {
  settled: 'ok',
  'partly-settled': 'due',
  unsettled: 'due',
  pending: 'pending',
  received: 'ok',
  recorded: 'ok',
  reversed: 'neutral',
} as const

/** One row: with `balance` the account's running balance takes the place of the state. */
export type OperationLine = { readonly operation: Operation; readonly balance?: Cents }

/**
 * The operations in the order given. `labelledBy` names the heading that stands for the caption;
 * else give `caption`. `dateHeader` replaces the words of the first column, for a sorting link.
 */
export const OperationsTable = (props: {
  lines: readonly OperationLine[]
  caption?: string
  labelledBy?: string
  dateHeader?: ComponentChildren
  sort?: 'ascending' | 'descending'
}) => {
  const hasBalance = props.lines.some((line) => line.balance !== undefined)
  const { operations } = texts
  return (
    <table class="tab souple compact" role="table" aria-labelledby={props.labelledBy}>
      {props.caption !== undefined && <caption>{props.caption}</caption>}
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" aria-sort={props.sort}>
            {props.dateHeader ?? operations.date}
          </th>
          <th role="columnheader" scope="col">
            {operations.detail}
          </th>
          <th role="columnheader" scope="col" class="d">
            {operations.charged}
          </th>
          <th role="columnheader" scope="col" class="d">
            {operations.paid}
          </th>
          <th role="columnheader" scope="col" class={hasBalance ? 'd' : undefined}>
            {hasBalance ? operations.balanceAfter : operations.state}
          </th>
          <th role="columnheader" scope="col" class="c">
            <span class="vh">{operations.see}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.lines.map((line) => (
          <Row line={line} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ line: { operation, balance } }: { line: OperationLine }) => {
  const note = operationNote(operation)
  return (
    <tr role="row">
      <td role="cell" class="num g-d">
        {formatDay(operation.on)}
      </td>
      <th role="rowheader" scope="row" class="g-t">
        <span>
          {operationTitle(operation)}
          {note !== '' && <small>{note}</small>}
        </span>
      </th>
      <Amount cents={chargedBy(operation)} />
      <Amount cents={paidBy(operation)} plus />
      {balance === undefined ? <StateCell operation={operation} /> : <BalanceCell balance={balance} />}
      <td role="cell" class="c g-l">
        <DetailLink operation={operation} />
      </td>
    </tr>
  )
}

const Amount = ({ cents, plus = false }: { cents: Cents | undefined; plus?: boolean }) =>
  cents === undefined ? (
    <td role="cell" class="d g-m cache-etroit">
      <span class="vh">{texts.operations.none}</span>
    </td>
  ) : (
    <td role="cell" class="d g-m">
      {plus && <span class="plus">+</span>}
      <Money cents={cents} />
    </td>
  )

const StateCell = ({ operation }: { operation: Operation }) => {
  const state = operationState(operation)
  return (
    <td role="cell" class="g-e">
      <StateTag kind={STATE_TAGS[state]}>{texts.operations.states[state]}</StateTag>
    </td>
  )
}

const BalanceCell = ({ balance }: { balance: Cents }) => (
  <td role="cell" class="d g-e">
    <span class="mob">{texts.operations.balance}</span>
    <strong class={balance < ZERO ? 'debit' : undefined}>
      <Money cents={balance} />
    </strong>
  </td>
)

const DetailLink = ({ operation: { invoice, receipt } }: { operation: Operation }) => {
  if (invoice)
    return (
      <a
        class="loupe"
        href={paths.invoice(invoice.number)}
        aria-label={texts.operations.seeInvoice(invoice.number)}
      >
        <Icon name="search" />
      </a>
    )
  if (receipt)
    return (
      <a
        class="loupe"
        href={paths.receipt(receipt.id)}
        aria-label={texts.operations.seeReceipt(receipt.number)}
      >
        <Icon name="receipt" />
      </a>
    )
  return <span class="vh">{texts.operations.none}</span>
}
