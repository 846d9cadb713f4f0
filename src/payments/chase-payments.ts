// The bank is the second copy of the truth: what it was not heard to say, it is asked (F33 to F42, F50).
import type { ContractId } from '../kernel/ids.ts'
import { runAlone } from '../platform/run-alone.ts'
import type { Services } from '../platform/services.ts'
import { askPayment, openContractTask } from './ask-payment.ts'
import { type AskedAttempt, listDueAttempts, listSilentContracts } from './enquiry-store.ts'
import type { OpenContract, Transport } from './gateway.ts'
import { askBank } from './gateways/ask-bank.ts'
import { openGateway } from './gateways/registry.ts'
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
  const contracts = new Map<ContractId, Promise<OpenContract | undefined>>()
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
      const failure = await askPayment(services, contract, attempt, transport)
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
  { organisationId, contractId }: AskedAttempt,
): Promise<OpenContract | undefined> {
  try {
    const contract = await getContract(db, keys, organisationId, contractId)
    return openGateway(contract).enquire === null ? undefined : contract
  } catch (error) {
    log.error({ err: error, contractId }, 'a contract could not be opened')
    return undefined
  }
}

/** A shop that cannot be asked lives on its notifications and the journal, and staff are told once. */
async function tellSilentContracts({ db, clock }: Services): Promise<void> {
  const now = clock.now()
  for (const { organisationId, contractId, shopNumber } of await listSilentContracts(db, now))
    await db.transaction((tx) =>
      openContractTask(tx, 'no-enquiry', { organisationId, id: contractId, shopNumber }, now),
    )
}
