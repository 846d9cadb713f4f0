// Operations as a spreadsheet reads them in France: semicolons, decimal commas, UTF-8 with its mark.
import { BYTE_ORDER_MARK, csvLine } from '../kernel/csv.ts'
import { csvCents, formatDay } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import { chargedBy, type Operation, operationState, paidBy } from './operation.ts'
import { operationNote, operationTitle } from './operation-words.ts'
import { texts } from './texts.ts'

/** The file, header first, one operation per line in the order given. */
export function operationsCsv(operations: readonly Operation[]): string {
  const { date, detail, note, charged, paid, state, states } = texts.operations
  const lines = [
    [date, detail, note, charged, paid, state],
    ...operations.map((operation) => [
      formatDay(operation.on),
      operationTitle(operation),
      operationNote(operation),
      amount(chargedBy(operation)),
      amount(paidBy(operation)),
      states[operationState(operation)],
    ]),
  ]
  return BYTE_ORDER_MARK + lines.map(csvLine).join('\r\n') + '\r\n'
}

const amount = (cents: Cents | undefined): string => (cents === undefined ? '' : csvCents(cents))
