// The bank is the second copy of the truth: what it was not heard to say, it is asked (F33 to F42, F50).
import { assert } from '../kernel/assert.ts'
import type { ContractId } from '../kernel/ids.ts'
import { isTransient, type Tx } from '../platform/db.ts'
import { runAlone } from '../platform/run-alone.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { applyFact, type FactOutcome } from './apply-fact.ts'
import { keepMessage } from './bank-store.ts'
import { type DueAttempt, listDueAttempts, listSilentContracts, recordEnquiry } from './enquiry-store.ts'
import type { AskableContract, BankAnswer, EnquireFailure, OpenContract, Transport } from './gateway.ts'
import { askBank } from './gateways/ask-bank.ts'
import { systempay } from './gateways/systempay/systempay.ts'
import { getContract } from './shops.ts'

/** One lock for every machine that chases. */
const CHASE_LOCK = 2012_0412
const CONCURRENCY = 4
/** After so many questions in a row without an answer, a contract waits for the next pass. */
const PATIENCE = 3

type Pass = { asked: number; unanswered: number }

/**
 * Asks the bank about every attempt that was sent and has no capture, in whatever state, when a rung
 * of its ladder is due: one question for all that is due, once per rung. The answer goes through
 * `applyFact` as a notification would, with the rung marked in the same transaction; no connection
 * is in a transaction while the bank thinks. A bank that does not answer leaves the rung for the
 * next minute and stops nobody else.
 */
export async function chasePayments(services: Services, transport: Transport = askBank()): Promise<Pass> {
  const pass = await runAlone(services.db, CHASE_LOCK, () => chase(services, transport))
  return pass ?? { asked: 0, unanswered: 0 }
}

async function chase(services: Services, transport: Transport): Promise<Pass> {
  const { db, clock } = services
  await tellSilentContracts(services)
  const due = await listDueAttempts(db, clock.now())
  const contracts = new Map<ContractId, Promise<AskableContract | undefined>>()
  const failures = new Map<ContractId, number>()
  const pass: Pass = { asked: 0, unanswered: 0 }
  const askNext = async (): Promise<void> => {
    for (let attempt = due.shift(); attempt; attempt = due.shift()) {
      const { contractId } = attempt
      if ((failures.get(contractId) ?? 0) >= PATIENCE) continue
      const known = contracts.get(contractId) ?? openContract(services, attempt)
      contracts.set(contractId, known)
      const contract = await known
      if (!contract) continue
      const failure = await ask(services, contract, attempt, transport)
      pass.asked += 1
      if (failure === undefined) failures.delete(contractId)
      else {
        pass.unanswered += 1
        failures.set(contractId, failure === 'refused' ? PATIENCE : (failures.get(contractId) ?? 0) + 1)
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, askNext))
  return pass
}

/** A contract whose secrets do not open stops that shop alone. */
async function openContract(
  { db, keys, log }: Services,
  { organisationId, contractId }: DueAttempt,
): Promise<AskableContract | undefined> {
  try {
    const contract = await getContract(db, keys, organisationId, contractId)
    return isAskable(contract) ? contract : undefined
  } catch (error) {
    log.error({ err: error, contractId }, 'a contract could not be opened')
    return undefined
  }
}

const isAskable = (contract: OpenContract): contract is AskableContract => contract.rest !== null

/** Asks about one attempt; gives why the bank did not answer, if it did not. */
async function ask(
  services: Services,
  contract: AskableContract,
  attempt: DueAttempt,
  transport: Transport,
): Promise<EnquireFailure | undefined> {
  const { db, clock, log } = services
  assert(systempay.enquire, 'this gateway cannot be asked')
  const askedAt = clock.now()
  const answer = await systempay.enquire(contract, attempt.reference, transport)
  if (!answer.ok) {
    const { failure } = answer
    log.warn({ failure, reference: attempt.reference }, 'the bank did not answer a question')
    if (failure === 'refused')
      await db.transaction((tx) => openContractTask(tx, 'enquiry-refused', contract, askedAt))
    return failure
  }
  try {
    await db.transaction(async (tx) => {
      await apply(tx, contract, answer.value, clock.now())
      await recordEnquiry(tx, attempt, askedAt, answer.value.facts.length === 0 ? 'nothing' : 'answered')
    })
  } catch (error) {
    log.error({ err: error, reference: attempt.reference }, 'an answer of the bank could not be applied')
    if (!isTransient(error)) await setFailureAside(services, contract, attempt, answer.value, error)
  }
  return undefined
}

/** The answer's facts, oldest first, and the answer itself as it came. */
async function apply(tx: Tx, contract: OpenContract, { raw, facts }: BankAnswer, now: Date): Promise<void> {
  const outcomes: FactOutcome[] = []
  for (const fact of facts) outcomes.push(await applyFact(tx, contract, fact, now))
  const outcome = (['applied', 'set_aside', 'refused_test', 'repeated'] as const).find((one) =>
    outcomes.includes(one),
  )
  if (outcome) await keepMessage(tx, contract, raw, 'enquiry', outcome, null, now)
}

/** What no waiting may cure is kept for a person, and asked again at the next rung only (F21). */
async function setFailureAside(
  { db, clock }: Services,
  contract: OpenContract,
  attempt: DueAttempt,
  { raw }: BankAnswer,
  error: unknown,
): Promise<void> {
  const now = clock.now()
  const note = error instanceof Error ? error.message : String(error)
  await db.transaction(async (tx) => {
    await keepMessage(tx, contract, raw, 'enquiry', 'failed', note, now)
    await recordEnquiry(tx, attempt, now, 'failed')
  })
}

/** A shop that cannot be asked lives on its notifications and the journal, and staff are told once. */
async function tellSilentContracts({ db, clock }: Services): Promise<void> {
  const now = clock.now()
  for (const { organisationId, contractId, shopNumber } of await listSilentContracts(db, now))
    await db.transaction((tx) =>
      openContractTask(tx, 'no-enquiry', { organisationId, id: contractId, shopNumber }, now),
    )
}

function openContractTask(
  tx: Tx,
  kind: 'enquiry-refused' | 'no-enquiry',
  { organisationId, id, shopNumber }: Pick<OpenContract, 'organisationId' | 'id' | 'shopNumber'>,
  now: Date,
): Promise<void> {
  return openTask(tx, organisationId, `${kind} ${id}`, { kind, shopNumber }, now)
}
