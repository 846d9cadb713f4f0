// A payment as REST V4 describes it, in an answer (Order/Get) as in a message (kr-answer): gateways.md 2.3, 2.4.
import type { Instant } from '../../../kernel/dates.ts'
import { cents } from '../../../kernel/money.ts'
import type { BankFact } from '../../gateway.ts'
import { masked, operationOf, refusalOf, verdictOf } from './fields.ts'

export type PaymentAnswer = {
  readonly shopNumber: string
  readonly reference: string
  /** Oldest first. */
  readonly facts: readonly BankFact[]
}

/**
 * Reads a payment with its transactions: a `V4/Payment`, which names its order once, or the
 * `V4/OrderTransactions` that the platform was seen to answer to Order/Get, where each names it. What is not whole is nothing: nothing is booked from half an
 * answer.
 */
export function readPayment(answer: unknown): PaymentAnswer | undefined {
  const reference = textOf(at(answer, 'orderDetails', 'orderId') ?? at(answer, 'orderId'))
  const transactions = at(answer, 'transactions')
  if (!Array.isArray(transactions)) return undefined
  const facts: BankFact[] = []
  for (const transaction of transactions as readonly unknown[]) {
    const own = at(transaction, 'orderDetails', 'orderId') ?? reference
    const mode = at(answer, 'orderDetails', 'mode') ?? at(transaction, 'orderDetails', 'mode')
    const toldAt = at(answer, 'serverDate')
    const fact = own === reference ? readTransaction(reference, mode, transaction, toldAt) : undefined
    if (!fact) return undefined
    facts.push(fact)
  }
  return {
    shopNumber: textOf(at(answer, 'shopId')),
    reference,
    facts: facts.toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime()),
  }
}

/**
 * One transaction of an order; undefined when a field without which nothing can be booked is missing.
 * Short messages have no date of their own: theirs is when the server spoke.
 */
export function readTransaction(
  reference: string,
  mode: unknown,
  transaction: unknown,
  toldAt?: unknown,
): BankFact | undefined {
  const uuid = textOf(at(transaction, 'uuid'))
  const amount = at(transaction, 'amount')
  const happenedAt = readDate(textOf(at(transaction, 'creationDate') ?? toldAt))
  if (mode !== 'TEST' && mode !== 'PRODUCTION') return undefined
  if (uuid === '' || typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0)
    return undefined
  if (happenedAt === undefined) return undefined
  const details = at(transaction, 'transactionDetails')
  const card = at(details, 'cardDetails')
  const response = at(card, 'authorizationResponse')
  const isEuro = (currency: unknown) => currency === 'EUR'
  const effective = at(details, 'effectiveCurrency')
  const parent = textOf(at(details, 'parentTransactionUuid'))
  return {
    mode,
    reference,
    transactionNumber: textOf(at(card, 'legacyTransId')),
    bankTransaction: uuid,
    operation: operationOf(textOf(at(transaction, 'operationType'))),
    ...(parent === '' ? {} : { parentTransaction: parent }),
    verdict: verdictOf(textOf(at(transaction, 'detailedStatus'))),
    amount: cents(amount),
    isEuro:
      isEuro(at(transaction, 'currency')) &&
      (effective === undefined || effective === null || isEuro(effective)),
    happenedAt,
    cardBrand: textOf(at(card, 'effectiveBrand')),
    cardMasked: masked(textOf(at(card, 'pan'))),
    authorisation: textOf(at(response, 'authorizationNumber')),
    reason: refusalOf(textOf(at(response, 'authorizationResult'))),
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What stands under these names, or undefined. */
export function at(value: unknown, ...names: readonly string[]): unknown {
  let found = value
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as { readonly [name: string]: unknown })[name]
  }
  return found
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function readDate(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}
