import { assert } from '../kernel/assert.ts'
import { isTransient, type Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { reopenTask } from '../tasks/open-task.ts'
import { applyFact, type FactOutcome } from './apply-fact.ts'
import { keepMessage, listSendings } from './bank-store.ts'
import { type AskedAttempt, recordEnquiry } from './enquiry-store.ts'
import type { BankAnswer, EnquireFailure, OpenContract, Transport } from './gateway.ts'
import { openGateway } from './gateways/registry.ts'

/**
 * Asks the bank about one attempt, outside any transaction; the answer is applied as a notification
 * would be, with the rungs it covers marked in the same transaction. Gives why the bank did not
 * answer, if it did not. The contract's bank must be one that can be asked.
 */
export async function askPayment(
  services: Services,
  contract: OpenContract,
  attempt: AskedAttempt,
  transport: Transport,
): Promise<EnquireFailure | undefined> {
  const { db, clock, log } = services
  const { enquire } = openGateway(contract)
  assert(enquire, 'this bank cannot be asked')
  const { reference } = attempt
  const askedAt = clock.now()
  const sendings = await listSendings(db, attempt.organisationId, attempt.id)
  const answer = await enquire({ reference, sendings, askedAt }, transport)
  if (!answer.ok) {
    const { failure } = answer
    log.warn({ failure, reference }, 'the bank did not answer a question')
    if (failure === 'refused')
      await db.transaction((tx) => reopenTask(tx, ...contractTask('enquiry-refused', contract), askedAt))
    return failure
  }
  try {
    await db.transaction(async (tx) => {
      await apply(tx, contract, answer.value, clock.now())
      await recordEnquiry(tx, attempt, askedAt, answer.value.facts.length === 0 ? 'nothing' : 'answered')
    })
  } catch (error) {
    log.error({ err: error, reference }, 'an answer of the bank could not be applied')
    if (!isTransient(error)) await setFailureAside(services, contract, attempt, answer.value, error)
  }
  return undefined
}

/** The answer's facts, oldest first, and the answer itself as it came. */
async function apply(tx: Tx, contract: OpenContract, { raw, facts }: BankAnswer, now: Date): Promise<void> {
  const outcomes: FactOutcome[] = []
  for (const fact of facts) outcomes.push(await applyFact(tx, contract, fact, now))
  const outcome = mostTelling(outcomes)
  if (outcome) await keepMessage(tx, contract, raw, 'enquiry', outcome, null, now)
}

/** Of several outcomes of one message, the one to remember. */
export const mostTelling = (outcomes: readonly FactOutcome[]): FactOutcome | undefined =>
  (['doubted', 'applied', 'set_aside', 'refused_test', 'repeated'] as const).find((one) =>
    outcomes.includes(one),
  )

/** What no waiting may cure is kept for a person, and asked again at the next rung only (F21). */
async function setFailureAside(
  { db, clock }: Services,
  contract: OpenContract,
  attempt: AskedAttempt,
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

/** Whose task it is, its key and what it says. */
export const contractTask = (
  kind: 'enquiry-refused' | 'no-enquiry',
  { organisationId, id, shopNumber }: Pick<OpenContract, 'organisationId' | 'id' | 'shopNumber'>,
) => [organisationId, { contractId: id }, `${kind} ${id}`, { kind, shopNumber }] as const
