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

/** The columns of the reconciliation report: a MATCHING record's, then ours (gateways 1.12). */
const REMITTANCE_COLUMNS = [
  'PAYMENT_DATE',
  'TRANSACTION_ID',
  'ORIGIN_AMOUNT',
  'CURRENCY_CODE',
  'CARD_TYPE',
  'ORDER_ID',
  'OPERATION_TYPE',
  'OPERATION_NUMBER',
  'TRANSACTION_UUID',
  'REMITTANCE_NUMBER',
  'REMITTANCE_DATE',
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

/**
 * What the account really got of one day's transactions: captured debits, credits given back. The bank
 * makes one remittance a day, numbered and dated by it.
 */
export function writeRemittances(
  store: Store,
  { shopId, shopKey, shopName, mode }: Settings,
  day: string,
): string {
  const compact = day.replaceAll('-', '')
  const rows = store
    .listTransactions()
    .filter(({ time, order }) => order.siteId === shopId && toParisDay(time) === day)
    .map((transaction) => signedOutcome(transaction, {}, shopKey))
    .filter((fields) =>
      fields['vads_operation_type'] === 'CREDIT'
        ? fields['vads_trans_status'] === 'AUTHORISED' || fields['vads_trans_status'] === 'CAPTURED'
        : fields['vads_trans_status'] === 'CAPTURED',
    )
    .map((fields, rank) => {
      const of = (name: string) => fields[`vads_${name}`] ?? ''
      return line(
        'DETAILS',
        of('effective_creation_date'),
        of('trans_id'),
        of('amount'),
        of('currency'),
        of('card_brand'),
        of('order_id'),
        of('operation_type') === 'CREDIT' ? 'CT' : 'DT',
        rank + 1,
        of('trans_uuid'),
        compact.slice(2),
        compact,
      )
    })
  const title = line('TITRE', 'RAPPROCHEMENT BANCAIRE', shopId, mode, day, shopName)
  return [title, line('ENTETE', ...REMITTANCE_COLUMNS), ...rows, ''].join('\r\n')
}
