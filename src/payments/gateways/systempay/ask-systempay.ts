// What a shop with the interface between servers can do; without it, nothing of this.
import { cents, subtract } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type {
  BankAnswer,
  BankFact,
  ContractOf,
  EnquireFailure,
  Gateway,
  RefundFailure,
  RefundOrder,
  Transport,
} from '../../gateway.ts'
import { at, readTransaction } from './payment-answer.ts'
import { accessOf, type Access, call, isSettled, openEnvelope, readAnswer } from './rest.ts'

type Contract = ContractOf<'systempay'>

/** Any word: the service gives it back. */
const WORD = 'preau'

/** The questions of a contract; each is null without the interface. */
export function askSystempay(
  contract: Contract,
): Pick<Gateway, 'enquire' | 'cancelOrRefund' | 'testConnection'> {
  const access = accessOf(contract)
  if (!access) return { enquire: null, cancelOrRefund: null, testConnection: null }
  const enquire = (reference: string, transport: Transport) =>
    getOrder(contract, access, reference, transport)
  return {
    enquire: ({ reference }, transport) => enquire(reference, transport),
    cancelOrRefund: (order, transport) => cancelOrRefund(contract, access, order, transport),
    testConnection: (transport) => testConnection(access, transport),
  }
}

async function getOrder(
  contract: Contract,
  access: Access,
  reference: string,
  transport: Transport,
): Promise<Result<BankAnswer, EnquireFailure>> {
  const got = await transport(call(access, 'Order/Get', { orderId: reference }))
  return got.ok ? readAnswer(contract, reference, got.value) : got
}

async function testConnection(access: Access, transport: Transport): Promise<Result<null, EnquireFailure>> {
  const got = await transport(call(access, 'Charge/SDKTest', { value: WORD }))
  if (!got.ok) return got
  const opened = openEnvelope(got.value)
  if (!opened.ok) return opened
  const { value } = opened
  return value.status === 'SUCCESS' && at(value.answer, 'value') === WORD ? ok(null) : fail('unreadable')
}

/**
 * Gives money back. The interface has no key against repetition (gateways 2.2): what became of the
 * order is always read first, so that what was done before is found instead of done again. Captured,
 * the money is refunded; before, the payment is cancelled, or its amount lowered.
 */
async function cancelOrRefund(
  contract: Contract,
  access: Access,
  order: RefundOrder,
  transport: Transport,
): Promise<Result<BankAnswer, RefundFailure>> {
  const known = await getOrder(contract, access, order.reference, transport)
  if (!known.ok) return fail({ kind: 'unsure', code: known.failure })
  const { facts } = known.value
  const debit = facts.find((fact) => fact.bankTransaction === order.bankTransaction)
  if (!debit) return fail({ kind: 'refused', code: 'PSP_010' })
  const done = order.isFirst ? undefined : findDone(order, debit, facts)
  if (done) return ok({ raw: known.value.raw, facts: [done] })
  return send(contract, access, order, await isCaptured(access, order, transport), transport)
}

/** What an earlier try did: a credit that is no other refund's, or what is left of the payment. */
function findDone(order: RefundOrder, debit: BankFact, facts: readonly BankFact[]): BankFact | undefined {
  const credit = facts.find(
    (fact) =>
      fact.operation === 'credit' &&
      fact.amount === order.amount &&
      (fact.parentTransaction ?? order.bankTransaction) === order.bankTransaction &&
      (fact.verdict === 'accepted' || fact.verdict === 'pending') &&
      !order.knownCredits.includes(fact.bankTransaction),
  )
  if (credit) return credit
  const isCancelled = debit.verdict === 'abandoned' && order.amount === order.captured
  const isLowered = debit.verdict === 'accepted' && debit.amount === subtract(order.captured, order.amount)
  return isCancelled || isLowered ? debit : undefined
}

type Captured = Result<boolean, RefundFailure>

/** Whether the money left the cardholder's bank: from then on it is refunded. */
async function isCaptured(access: Access, order: RefundOrder, transport: Transport): Promise<Captured> {
  const got = await transport(call(access, 'Transaction/Get', { uuid: order.bankTransaction }))
  const opened = got.ok ? openEnvelope(got.value) : got
  if (!opened.ok) return fail({ kind: 'unsure', code: opened.failure })
  if (opened.value.status === 'ERROR')
    return fail({ kind: isSettled(opened.value.code) ? 'refused' : 'unsure', code: opened.value.code })
  return ok(at(opened.value.answer, 'detailedStatus') === 'CAPTURED')
}

async function send(
  contract: Contract,
  access: Access,
  order: RefundOrder,
  captured: Captured,
  transport: Transport,
): Promise<Result<BankAnswer, RefundFailure>> {
  if (!captured.ok) return captured
  const isWhole = order.amount === order.captured
  const euro = { currency: 'EUR', comment: order.key }
  const question =
    captured.value || isWhole
      ? call(access, 'Transaction/CancelOrRefund', {
          uuid: order.bankTransaction,
          amount: order.amount,
          resolutionMode: captured.value ? 'REFUND_ONLY' : 'CANCELLATION_ONLY',
          ...euro,
        })
      : call(access, 'Transaction/Update', {
          uuid: order.bankTransaction,
          cardUpdate: { amount: cents(order.captured - order.amount), currency: 'EUR' },
          comment: order.key,
        })
  const got = await transport(question)
  const opened = got.ok ? openEnvelope(got.value) : got
  // The interface says « refused » before it does anything; whatever else, nobody knows.
  if (!opened.ok)
    return fail({ kind: opened.failure === 'refused' ? 'refused' : 'unsure', code: opened.failure })
  if (opened.value.status === 'ERROR')
    return fail({ kind: isSettled(opened.value.code) ? 'refused' : 'unsure', code: opened.value.code })
  const fact = readTransaction(order.reference, opened.value.mode, opened.value.answer)
  const raw = got.ok ? got.value.text : ''
  return fact?.mode === contract.mode
    ? ok({ raw, facts: [fact] })
    : fail({ kind: 'unsure', code: 'unreadable' })
}
