// A refund asked for goes back the way the money came (F48, F61, F62).
import { assert } from '../../kernel/assert.ts'
import type { ContractId } from '../../kernel/ids.ts'
import { ZERO } from '../../kernel/money.ts'
import { runAlone } from '../../platform/run-alone.ts'
import type { Services } from '../../platform/services.ts'
import { openTask, reopenTask } from '../../tasks/open-task.ts'
import { applyFact, type FactOutcome } from '../apply-fact.ts'
import { contractTask, mostTelling } from '../ask-payment.ts'
import { keepMessage } from '../bank-store.ts'
import type { BankAnswer, OpenContract, Transport } from '../gateway.ts'
import { askBank } from '../gateways/ask-bank.ts'
import { openGateway } from '../gateways/registry.ts'
import { getContract } from '../shops.ts'
import {
  isStillAsked,
  listRefundsToPay,
  recordRefusal,
  recordSending,
  type RefundToPay,
} from './sending-store.ts'

/** One lock for every machine that pays refunds. */
const PAY_LOCK = 2012_0414
/** So many banks are asked at once; each is asked for one refund after the other. */
const CONCURRENCY = 4
/** After so many answers in a row that left us unsure, a contract waits for the next pass. */
const PATIENCE = 3

type Asked = 'answered' | 'unsure' | 'left'

/**
 * Asks each contract's bank for the refunds that wait: sent is written before it is asked, and what
 * was sent before is looked for at the bank before it is sent again. The answer goes through
 * `applyFact`, which settles the refund. What the bank refuses, or cannot do, is left to a transfer, with
 * a task. Gives how many banks' answers came, and how many are unknown.
 */
export async function payRefunds(
  services: Services,
  transport: Transport = askBank(),
): Promise<{ answered: number; unsure: number }> {
  const pass = await runAlone(services.db, PAY_LOCK, () => payAll(services, transport))
  return pass ?? { answered: 0, unsure: 0 }
}

async function payAll(
  services: Services,
  transport: Transport,
): Promise<{ answered: number; unsure: number }> {
  const queues = new Map<ContractId, RefundToPay[]>()
  for (const refund of await listRefundsToPay(services.db, services.clock.now()))
    queues.set(refund.contractId, [...(queues.get(refund.contractId) ?? []), refund])
  const waiting = [...queues.values()]
  const pass = { answered: 0, unsure: 0 }
  const payNext = async (): Promise<void> => {
    for (let queue = waiting.shift(); queue; queue = waiting.shift()) {
      const contract = await openContract(services, queue[0])
      let failures = 0
      for (const refund of contract ? queue : []) {
        if (failures >= PATIENCE) break
        const asked = contract ? await payRefund(services, contract, refund, transport) : 'left'
        if (asked !== 'left') pass[asked] += 1
        failures = asked === 'unsure' ? failures + 1 : 0
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, payNext))
  return pass
}

/** A contract whose secrets do not open stops that shop alone. */
async function openContract(
  { db, keys, log }: Services,
  refund: RefundToPay | undefined,
): Promise<OpenContract | undefined> {
  assert(refund, 'a queue without a refund')
  try {
    return await getContract(db, keys, refund.organisationId, refund.contractId)
  } catch (error) {
    log.error({ err: error, contractId: refund.contractId }, 'a contract could not be opened')
    return undefined
  }
}

async function payRefund(
  services: Services,
  contract: OpenContract,
  refund: RefundToPay,
  transport: Transport,
): Promise<Asked> {
  const { db, clock, log } = services
  const { refundId, reference, bankTransaction, amount, captured, knownCredits, tries } = refund
  const { cancelOrRefund } = openGateway(contract)
  // Sent before, by an access that was taken from the contract since: its fate is the bank's to tell.
  if (!cancelOrRefund && tries > 0) return 'left'
  if (!cancelOrRefund) {
    await leaveToTransfer(services, contract, refund, 'incapable', '')
    return 'left'
  }
  const isOurs = await db.transaction((tx) => recordSending(tx, refund, clock.now()))
  if (!isOurs) return 'left'
  const order = { key: refundId, reference, bankTransaction, amount, captured, knownCredits }
  const answer = await cancelOrRefund({ ...order, isFirst: tries === 0 }, transport)
  if (answer.ok) {
    try {
      await applyAnswer(services, contract, refund, answer.value)
      return 'answered'
    } catch (error) {
      log.error({ err: error, refundId }, 'the answer to a refund could not be applied')
      return 'unsure'
    }
  }
  const { kind, code } = answer.failure
  log.warn({ kind, code, refundId }, 'the bank did not pay a refund')
  if (kind === 'refused') {
    await leaveToTransfer(services, contract, refund, 'refused', code)
    return 'answered'
  }
  if (code === 'refused')
    await db.transaction((tx) => reopenTask(tx, ...contractTask('enquiry-refused', contract), clock.now()))
  return 'unsure'
}

/**
 * What the bank did, as any fact of it. A credit still pending is asked about again; an answer that
 * settles nothing is for a person, and nothing more is asked: money may have left.
 */
async function applyAnswer(
  { db, clock }: Services,
  contract: OpenContract,
  refund: RefundToPay,
  { raw, facts }: BankAnswer,
): Promise<void> {
  const now = clock.now()
  await db.transaction(async (tx) => {
    const outcomes: FactOutcome[] = []
    for (const fact of facts) outcomes.push(await applyFact(tx, contract, fact, now))
    const outcome = mostTelling(outcomes)
    if (outcome) await keepMessage(tx, contract, raw, 'enquiry', outcome, null, now)
    const isPending = facts.some(({ verdict }) => verdict === 'pending')
    if (isPending || !(await isStillAsked(tx, refund))) return
    const { organisationId, refundId, reference, bankTransaction } = refund
    await recordRefusal(tx, organisationId, refundId, { kind: 'unread', code: '' }, now)
    if (outcomes.includes('set_aside')) return
    const task = { kind: 'unread-operation', reference, bankTransaction } as const
    const place = { contractId: contract.id }
    await openTask(tx, organisationId, place, `unread-operation ${contract.id} ${refundId}`, task, now)
  })
}

/** The money stays owed to the family, and a person pays it by transfer; told once. */
async function leaveToTransfer(
  { db, clock }: Services,
  contract: OpenContract,
  { organisationId, refundId, amount, reference, bankTransaction }: RefundToPay,
  kind: 'incapable' | 'refused',
  code: string,
): Promise<void> {
  const now = clock.now()
  await db.transaction(async (tx) => {
    await recordRefusal(tx, organisationId, refundId, { kind, code }, now)
    const task = {
      kind: kind === 'refused' ? 'refund-refused' : 'refund-by-transfer',
      amountCents: amount,
      uncoveredCents: ZERO,
      reference,
      bankTransaction,
    } as const
    const place = { contractId: contract.id }
    await openTask(tx, organisationId, place, `${task.kind} ${contract.id} ${refundId}`, task, now)
  })
}
