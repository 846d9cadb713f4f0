import { toParisDay } from './format.ts'
import { signedOutcome } from './notify.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store.ts'

/** The columns of the journal; the platform's documentation names part of them (gateways 1.12). */
const COLUMNS = [
  'PAYMENT_DATE',
  'TRANSACTION_ID',
  'TRANSACTION_UUID',
  'ORDER_ID',
  'OPERATION_TYPE',
  'ORIGIN_AMOUNT',
  'CURRENCY_CODE',
  'STATUS',
  'CARD_TYPE',
  'CARD_NUMBER',
  'AUTH_NUMBER',
  'OPERATION_NUMBER',
]

const line = (...cells: readonly (string | number)[]): string =>
  cells.map((cell) => String(cell).replaceAll(/[;\r\n"]/g, ' ')).join(';')

/** The transactions of one day of Paris, oldest first, as the back office exports them: debits, accepted or refused. */
export function writeJournal(
  store: Store,
  { shopId, shopKey, shopName, mode }: Settings,
  day: string,
): string {
  const rows = store
    .listTransactions()
    .filter(
      ({ ending, time, order }) =>
        order.siteId === shopId && ending !== 'abandoned' && toParisDay(time) === day,
    )
    .map((transaction, rank) => {
      const fields = signedOutcome(transaction, {}, shopKey)
      const of = (name: string) => fields[`vads_${name}`] ?? ''
      return line(
        'DETAILS',
        of('effective_creation_date'),
        of('trans_id'),
        of('trans_uuid'),
        of('order_id'),
        of('operation_type') === 'CREDIT' ? 'CT' : 'DT',
        of('amount'),
        of('currency'),
        of('trans_status'),
        of('card_brand'),
        of('card_number'),
        of('auth_number'),
        rank + 1,
      )
    })
  const title = line('TITRE', 'JOURNAL DES TRANSACTIONS', shopId, mode, day, shopName)
  return [title, line('ENTETE', ...COLUMNS), ...rows, ''].join('\r\n')
}
