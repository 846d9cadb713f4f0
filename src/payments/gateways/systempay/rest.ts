// Systempay REST V4, Order/Get: gateways.md 2. The question, and its answer in our words.
import type { Instant } from '../../../kernel/dates.ts'
import { cents } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type {
  BankAnswer,
  BankFact,
  BankQuestion,
  ContractOf,
  EnquireFailure,
  Gateway,
} from '../../gateway.ts'
import { masked, operationOf, refusalOf, verdictOf } from './fields.ts'

type Contract = ContractOf<'systempay'>

/** « Transaction not found »: no payment under this order, or none yet. */
const NOT_FOUND = 'PSP_010'
/** The shop's offer is without REST, or its name or password is wrong. */
const REFUSED = ['PSP_100', 'INT_905']

/** What a shop with the interface between servers can do; without it, nothing of this. */
export function restOf(contract: Contract): Pick<Gateway, 'enquire' | 'cancelOrRefund' | 'testConnection'> {
  const access = accessOf(contract)
  if (!access) return { enquire: null, cancelOrRefund: null, testConnection: null }
  return {
    enquire: ({ reference }, transport) =>
      transport(askOrder(access, reference)).then((got) =>
        got.ok ? readAnswer(contract, reference, got.value) : got,
      ),
    cancelOrRefund: null,
    testConnection: null,
  }
}

/** Where the bank is asked, and under which name and password. */
type Access = { readonly url: string; readonly user: string; readonly password: string }

function accessOf({ settings, secrets, shopNumber }: Contract): Access | undefined {
  const { restUrl } = settings
  const { restPassword } = secrets
  return restUrl === null || restPassword === undefined
    ? undefined
    : { url: restUrl, user: shopNumber, password: restPassword }
}

/** A call of a service of the interface: JSON, HTTP Basic. */
const call = ({ url, user, password }: Access, service: string, content: object): BankQuestion => ({
  method: 'POST',
  url: `${url}/api-payment/V4/${service}`,
  headers: {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'content-type': 'application/json',
  },
  body: JSON.stringify(content),
})

const askOrder = (access: Access, reference: string): BankQuestion =>
  call(access, 'Order/Get', { orderId: reference })

/**
 * Reads an answer. What is not the interface's own envelope, about this very shop and order, is
 * unreadable as a whole: nothing is booked from half an answer.
 */
export function readAnswer(
  contract: Contract,
  reference: string,
  { status, text }: { readonly status: number; readonly text: string },
): Result<BankAnswer, EnquireFailure> {
  if (status === 401 || status === 403) return fail('refused')
  if (status !== 200) return fail('unreachable')
  const envelope = parse(text)
  const answer = at(envelope, 'answer')
  if (at(envelope, 'status') === 'ERROR') {
    const code = at(answer, 'errorCode')
    if (code === NOT_FOUND) return ok({ raw: text, facts: [] })
    return fail(REFUSED.includes(textOf(code)) ? 'refused' : 'unreadable')
  }
  const transactions = at(answer, 'transactions')
  const isOurs =
    at(answer, 'shopId') === contract.shopNumber && at(answer, 'orderDetails', 'orderId') === reference
  if (at(envelope, 'status') !== 'SUCCESS' || !isOurs || !Array.isArray(transactions))
    return fail('unreadable')
  const mode = at(answer, 'orderDetails', 'mode')
  const facts: BankFact[] = []
  for (const transaction of transactions as readonly unknown[]) {
    const fact = toFact(reference, mode, transaction)
    if (!fact) return fail('unreadable')
    facts.push(fact)
  }
  return ok({ raw: text, facts: facts.toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime()) })
}

/** One transaction of the order; undefined when a field without which nothing can be booked is missing. */
function toFact(reference: string, mode: unknown, transaction: unknown): BankFact | undefined {
  const uuid = textOf(at(transaction, 'uuid'))
  const amount = at(transaction, 'amount')
  const happenedAt = readDate(textOf(at(transaction, 'creationDate')))
  if (mode !== 'TEST' && mode !== 'PRODUCTION') return undefined
  if (uuid === '' || typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0)
    return undefined
  if (happenedAt === undefined) return undefined
  const details = at(transaction, 'transactionDetails')
  const card = at(details, 'cardDetails')
  const response = at(card, 'authorizationResponse')
  const isEuro = (currency: unknown) => currency === 'EUR'
  const effective = at(details, 'effectiveCurrency')
  return {
    mode,
    reference,
    transactionNumber: textOf(at(card, 'legacyTransId')),
    bankTransaction: uuid,
    operation: operationOf(textOf(at(transaction, 'operationType'))),
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What stands under these names, or undefined. */
function at(value: unknown, ...names: readonly string[]): unknown {
  let found = value
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as { readonly [name: string]: unknown })[name]
  }
  return found
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function readDate(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}
