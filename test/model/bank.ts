// The bank of the model: it decides, remembers, and says it three ways: signed messages, answers to
// questions, its journal. A stranger to the product, whose wire alone it shares (gateways.md 1).
import type { Transport } from '../../src/payments/gateway.ts'
import { transDate } from '../../src/payments/gateways/systempay/fields.ts'
import { messageOf, SHOP_KEY } from '../support/till.ts'
import type { Word } from './facts.ts'

/** A word with what only the wire needs; `stray` words are of the wrong mode, and never in its own books. */
export type Said = Word & {
  readonly happenedAt: Date
  readonly form: ReadonlyMap<string, string>
  readonly isStray: boolean
}

export type Bank = {
  readonly shopNumber: string
  /** What it has ever said, or could have. */
  readonly words: Said[]
  /** The forms it received, by order and sending. */
  readonly forms: ReadonlyMap<string, string>[]
  key: string
}

export const openBank = (shopNumber: string): Bank => ({ shopNumber, words: [], forms: [], key: SHOP_KEY })

/** Its last word on each transaction, in the order in which they began. */
export function lastWords({ words }: Bank, reference?: string): Said[] {
  const last = new Map<string, Said>()
  for (const word of words)
    if (!word.isStray && (reference ?? word.reference) === word.reference) last.set(word.transaction, word)
  return [...last.values()]
}

const STATUS = {
  accepted: 'AUTHORISED',
  refused: 'REFUSED',
  abandoned: 'CANCELLED',
  pending: 'UNDER_VERIFICATION',
}

/** A notification, or a return: signed with its key, or with another's. */
export const messageFor = ({ key }: Bank, word: Said, signedWith = key): string =>
  messageOf(
    word.form,
    {
      vads_order_id: word.reference,
      vads_trans_id: word.number,
      vads_trans_uuid: word.transaction,
      vads_amount: String(word.amount),
      vads_trans_status: STATUS[word.verdict],
      vads_currency: word.euro ? '978' : '756',
      vads_effective_creation_date: transDate(word.happenedAt),
      ...(word.isStray ? { vads_ctx_mode: 'PRODUCTION' } : {}),
    },
    signedWith,
  )

/** Its answer to Order/Get. */
function answerFor(bank: Bank, reference: string): string {
  const transactions = lastWords(bank, reference).map((word) => ({
    uuid: word.transaction,
    amount: word.amount,
    currency: word.euro ? 'EUR' : 'CHF',
    operationType: 'DEBIT',
    detailedStatus: STATUS[word.verdict],
    creationDate: word.happenedAt.toISOString(),
    transactionDetails: { cardDetails: { legacyTransId: word.number } },
  }))
  const answer =
    transactions.length === 0
      ? { errorCode: 'PSP_010' }
      : { shopId: bank.shopNumber, orderDetails: { orderId: reference, mode: 'TEST' }, transactions }
  return JSON.stringify({ status: transactions.length === 0 ? 'ERROR' : 'SUCCESS', answer })
}

/**
 * Answers the first question only, and is out of reach for the others: what it said first is known
 * for sure, however many the chaser asks at once.
 */
export function askedOnce(bank: Bank): {
  readonly transport: Transport
  readonly asked: () => string | undefined
} {
  let asked: string | undefined
  return {
    asked: () => asked,
    transport: ({ body }) => {
      if (asked !== undefined) return Promise.resolve({ ok: false, failure: 'unreachable' })
      asked = (JSON.parse(body) as { orderId: string }).orderId
      return Promise.resolve({ ok: true, value: { status: 200, headers: {}, text: answerFor(bank, asked) } })
    },
  }
}

const HEAD =
  'ENTETE;PAYMENT_DATE;TRANSACTION_ID;TRANSACTION_UUID;ORDER_ID;OPERATION_TYPE;ORIGIN_AMOUNT;CURRENCY_CODE;STATUS'

export const journalLine = (word: Said): string =>
  [
    'DETAILS',
    transDate(word.happenedAt),
    word.number,
    word.transaction,
    word.reference,
    'DT',
    word.amount,
    word.euro ? '978' : '756',
    STATUS[word.verdict],
  ].join(';')

export const journal = ({ shopNumber }: Bank, lines: readonly string[]): Buffer =>
  Buffer.from([`TITRE;JOURNAL;${shopNumber};TEST;2026-01-01`, HEAD, ...lines, ''].join('\r\n'))
