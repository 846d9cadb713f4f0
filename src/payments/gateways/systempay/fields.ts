// Systempay form V2, both ways: gateways.md 1.2 (request) and 1.6 (outcome).
import type { Instant } from '../../../kernel/dates.ts'
import { cents } from '../../../kernel/money.ts'
import type { BankFact, ContractOf, PaymentOrder, Verdict } from '../../gateway.ts'
import type { Fields } from './signature.ts'

const EURO = '978'

/** The fields of an order, unsigned. Nothing about the family but the address typed for the receipt. */
export function orderFields(contract: ContractOf<'systempay'>, order: PaymentOrder): Fields {
  const fields: [string, string][] = [
    ['vads_action_mode', 'INTERACTIVE'],
    ['vads_amount', String(order.amount)],
    ['vads_ctx_mode', contract.mode],
    ['vads_currency', EURO],
    ['vads_language', 'fr'],
    ['vads_order_id', order.reference],
    ['vads_page_action', 'PAYMENT'],
    ['vads_payment_config', 'SINGLE'],
    ['vads_return_mode', 'GET'],
    ['vads_site_id', contract.shopNumber],
    ['vads_trans_date', transDate(order.sentAt)],
    ['vads_trans_id', order.transactionNumber],
    ['vads_url_return', order.returnUrl],
    ['vads_version', 'V2'],
  ]
  if (order.receiptEmail !== null) fields.push(['vads_cust_email', order.receiptEmail])
  return fields
}

/** `YYYYMMDDHHMMSS` in UTC. */
export const transDate = (at: Instant): string => at.toISOString().replaceAll(/\D/g, '').slice(0, 14)

/**
 * The fields of a body or query, exactly as sent; undefined when a field is repeated, when an
 * escape is broken or when the bytes are not UTF-8 (F19).
 */
export function parseFields(raw: string): Fields | undefined {
  const fields: [string, string][] = []
  const seen = new Set<string>()
  for (const pair of raw.split('&')) {
    if (pair === '') continue
    const cut = pair.indexOf('=')
    const name = decode(cut < 0 ? pair : pair.slice(0, cut))
    const value = decode(cut < 0 ? '' : pair.slice(cut + 1))
    if (name === undefined || value === undefined) return undefined
    if (seen.has(name)) return undefined
    seen.add(name)
    fields.push([name, value])
  }
  return fields
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/** vads_trans_status → our verdict. What is not listed is unknown, never guessed. */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map(
  Object.entries<Verdict>({
    AUTHORISED: 'accepted',
    CAPTURED: 'accepted',
    REFUSED: 'refused',
    ABANDONED: 'abandoned',
    NOT_CREATED: 'abandoned',
    CANCELLED: 'abandoned',
    AUTHORISED_TO_VALIDATE: 'pending',
    WAITING_AUTHORISATION: 'pending',
    WAITING_AUTHORISATION_TO_VALIDATE: 'pending',
    UNDER_VERIFICATION: 'pending',
    INITIAL: 'pending',
    PRE_AUTHORISED: 'pending',
    WAITING_FOR_PAYMENT: 'pending',
    CAPTURE_PENDING: 'pending',
    SUSPENDED: 'pending',
    PENDING: 'pending',
    REFUND_TO_RETRY: 'pending',
  }),
)

/** A debit, a credit, or what is no money (VERIFICATION). */
export const operationOf = (operation: string): BankFact['operation'] =>
  operation === 'DEBIT' ? 'debit' : operation === 'CREDIT' ? 'credit' : 'other'

/** What a status of the platform is to us, in a message as in an answer. */
export const verdictOf = (status: string): Verdict => VERDICTS.get(status) ?? 'unknown'

/** An authentic message in our words; undefined when a field without which nothing can be booked is missing. */
export function toFact(fields: Fields): BankFact | undefined {
  const of = (name: string): string => fields.find(([known]) => known === name)?.[1] ?? ''
  const mode = of('vads_ctx_mode')
  const amount = of('vads_amount')
  const happenedAt = readTransDate(of('vads_effective_creation_date') || of('vads_trans_date'))
  if (mode !== 'TEST' && mode !== 'PRODUCTION') return undefined
  if (!/^\d{1,12}$/.test(amount) || happenedAt === undefined) return undefined
  const operation = of('vads_operation_type')
  const reason = of('vads_auth_result')
  return {
    mode,
    reference: of('vads_order_id'),
    transactionNumber: of('vads_trans_id'),
    bankTransaction:
      of('vads_trans_uuid') ||
      `${of('vads_trans_date')}-${of('vads_trans_id')}-${of('vads_sequence_number') || '0'}`,
    operation: operation === '' ? 'debit' : operationOf(operation),
    verdict: verdictOf(of('vads_trans_status')),
    amount: cents(Number(amount)),
    isEuro: of('vads_currency') === EURO && ['', EURO].includes(of('vads_effective_currency')),
    happenedAt,
    cardBrand: of('vads_card_brand'),
    cardMasked: masked(of('vads_card_number')),
    authorisation: of('vads_auth_number'),
    reason: refusalOf(reason),
  }
}

/** `YYYYMMDDHHMMSS` in UTC; undefined when it is no date. */
export function readTransDate(text: string): Instant | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second] = match
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at.getTime()) ? undefined : at
}

/** The card network's reason; an approval is none. */
export const refusalOf = (result: string): string => (result === '00' || result === '0' ? '' : result)

export const masked = (number: string): string => (/\d{4}$/.test(number) ? `•••• ${number.slice(-4)}` : '')
