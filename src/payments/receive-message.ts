import { unreachable } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { MessageId, OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { planJob } from '../jobs/plan-job.ts'
import type { GatewayName } from '../organisations/contract.ts'
import { isTransient, type Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { applyFact, type FactOutcome } from './apply-fact.ts'
import { askPayment, mostTelling } from './ask-payment.ts'
import { findAttemptAtBank, keepMessage, mayBringMore } from './bank-store.ts'
import type { BankFact, BankMessage, News, OpenContract, Transport } from './gateway.ts'
import { askBank } from './gateways/ask-bank.ts'
import { adapterOf, openGateway } from './gateways/registry.ts'
import { getContract, type Shops } from './shops.ts'
import { findAttempt } from './store.ts'

type MessageFailure = 'unreadable' | 'unknown-shop' | 'bad-signature'

/** Whose message it may be: of a shop at its platform's shared address, or of one contract. */
export type Address = { readonly gateway: GatewayName; readonly contractId?: string }
type Brought = BankMessage & { readonly broughtBy: 'notification' | 'return' }

/**
 * Receives a message of the bank, exactly as it came. Nothing is written before its signature is
 * checked. The message and its effect are committed together; if applying fails, the message and a
 * planned retry are (« kept »); throws when neither could be. A message that proves nothing only has
 * the bank asked, at once (« asked »), and nothing of it is kept. Money of a transaction that the bank
 * had ended is asked about too, and never booked on the message's word (« doubted »).
 */
export async function receiveMessage(
  services: Services,
  shops: Shops,
  address: Address,
  message: Brought,
): Promise<Result<FactOutcome | 'kept' | 'asked' | 'ignored', MessageFailure>> {
  const now = services.clock.now()
  const authentic = await authenticate(shops, address, message, now)
  if (!authentic.ok) return authentic
  const { contract, news } = authentic.value
  switch (news.kind) {
    case 'ignored':
      return ok('ignored')
    case 'ask':
      return ok(await askNow(services, shops, contract, news.providerReference, now))
    case 'facts': {
      const outcome = await applyNews(services, contract, news.facts, message, now)
      if (outcome === 'doubted')
        await askDoubted(services, shops.lineTo(contract.id, now), contract, news.facts)
      return ok(outcome)
    }
    default:
      return unreachable(news)
  }
}

async function applyNews(
  services: Services,
  contract: OpenContract,
  facts: readonly BankFact[],
  { raw, broughtBy }: Brought,
  now: Instant,
): Promise<FactOutcome | 'kept' | 'ignored'> {
  try {
    return await services.db.transaction(async (tx) => {
      const outcome = await applyAll(tx, contract, facts, now)
      if (outcome !== 'ignored') await keepMessage(tx, contract, raw, broughtBy, outcome, null, now)
      return outcome
    })
  } catch (error) {
    services.log.error({ err: error, reference: facts[0]?.reference }, 'a message could not be applied')
    await services.db.transaction(async (tx) => {
      const note = error instanceof Error ? error.message : String(error)
      const messageId = await keepMessage(tx, contract, raw, broughtBy, 'waiting', note, now)
      await planJob(tx, {
        name: 'retry-message',
        organisationId: contract.organisationId,
        messageId,
      })
      if (!isTransient(error)) for (const fact of facts) await openUnread(tx, contract, fact, now)
    })
    return 'kept'
  }
}

async function applyAll(
  tx: Tx,
  contract: OpenContract,
  facts: readonly BankFact[],
  now: Instant,
): Promise<FactOutcome | 'ignored'> {
  const outcomes: FactOutcome[] = []
  for (const fact of facts) outcomes.push(await applyFact(tx, contract, fact, now, 'message'))
  return mostTelling(outcomes) ?? 'ignored'
}

/** Anyone may send this: the bank is asked once in a while, about what it knows, until money came. */
async function askNow(
  services: Services,
  shops: Shops,
  contract: OpenContract,
  providerReference: string,
  now: Instant,
): Promise<'asked' | 'ignored'> {
  const attempt = await findAttemptAtBank(services.db, contract, providerReference)
  if (!attempt || !(await mayBringMore(services.db, attempt)) || !shops.mayAsk(attempt.id, now))
    return 'ignored'
  await askPayment(services, contract, attempt, shops.lineTo(contract.id, now))
  return 'asked'
}

/** What the bank says today of orders whose messages contradict each other; unanswered, a person looks. */
async function askDoubted(
  services: Services,
  transport: Transport,
  contract: OpenContract,
  facts: readonly BankFact[],
): Promise<void> {
  const { db, clock } = services
  for (const fact of facts) {
    const attempt = await findAttempt(db, fact.reference)
    const isAskable = attempt?.contractId === contract.id && openGateway(contract).enquire !== null
    const failure = isAskable ? await askPayment(services, contract, attempt, transport) : 'no-enquiry'
    if (failure !== undefined) await db.transaction((tx) => openUnread(tx, contract, fact, clock.now()))
  }
}

/** What no waiting may cure is for a person to see; the retries go on meanwhile (F21). */
function openUnread(tx: Tx, contract: OpenContract, fact: BankFact, now: Instant): Promise<void> {
  const { reference, bankTransaction } = fact
  const key = `unread-operation ${contract.id} ${bankTransaction}`
  const task = { kind: 'unread-operation', reference, bankTransaction } as const
  return openTask(tx, contract.organisationId, { contractId: contract.id }, key, task, now)
}

/** Applies a kept message again; throws when it fails again, and the job is tried later. */
export async function retryMessage(
  services: Services,
  organisationId: OrganisationId,
  messageId: MessageId,
): Promise<void> {
  const { db, clock, keys } = services
  const now = clock.now()
  const kept = await db
    .selectFrom('bank_message')
    .select(['raw', 'contract_id', 'outcome'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow()
  if (kept.outcome !== 'waiting') return
  const contract = await getContract(db, keys, organisationId, kept.contract_id as OpenContract['id'])
  const read = openGateway(contract).readKept(kept.raw)
  const facts = read.ok && read.value.kind === 'facts' ? read.value.facts : []
  const outcome = await db.transaction(async (tx) => {
    const applied = await applyAll(tx, contract, facts, now)
    const outcome = applied === 'ignored' ? 'failed' : applied
    await tx
      .updateTable('bank_message')
      .set({ outcome, note: read.ok ? null : read.failure })
      .where('organisation_id', '=', organisationId)
      .where('id', '=', messageId)
      .execute()
    return outcome
  })
  if (outcome === 'doubted') await askDoubted(services, askBank(), contract, facts)
}

/** Whose message it is, proved by the key of the shop it claims or whose address it came to. */
async function authenticate(
  shops: Shops,
  address: Address,
  message: Brought,
  now: Instant,
): Promise<Result<{ contract: OpenContract; news: News }, MessageFailure>> {
  const contracts = await candidates(shops, address, message.raw, now)
  if (!contracts.ok) return contracts
  let failure: MessageFailure = 'unknown-shop'
  for (const contract of contracts.value) {
    const gateway = openGateway(contract)
    const read =
      message.broughtBy === 'return'
        ? gateway.readReturn(message.raw)
        : gateway.readNotification(message, now)
    if (read.ok) return ok({ contract, news: read.value })
    failure = read.failure
  }
  // A family may have edited the address of its return; only the bank's server can have a wrong key.
  if (failure === 'bad-signature' && message.broughtBy === 'notification')
    for (const contract of contracts.value) shops.countRefused(contract)
  return fail(failure)
}

async function candidates(
  shops: Shops,
  { gateway, contractId }: Address,
  raw: string,
  now: Instant,
): Promise<Result<readonly OpenContract[], 'unreadable'>> {
  if (contractId !== undefined) return ok(await shops.byId(gateway, contractId, now))
  const shop = adapterOf(gateway).claimedShop?.(raw)
  return shop === undefined ? fail('unreadable') : ok(await shops.byNumber(gateway, shop, now))
}
