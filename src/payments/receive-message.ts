import type { Instant } from '../kernel/dates.ts'
import type { MessageId, OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { planJob } from '../jobs/plan-job.ts'
import { isTransient, type Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { applyFact, type FactOutcome } from './apply-fact.ts'
import { type BroughtBy, keepMessage } from './bank-store.ts'
import type { BankFact, Gateway, OpenContract } from './gateway.ts'
import { systempay } from './gateways/systempay/systempay.ts'
import { getContract, type Shops } from './shops.ts'

export type MessageFailure = 'unreadable' | 'unknown-shop' | 'bad-signature'

/**
 * Receives a message of the bank, exactly as it came. Nothing is written before its signature is
 * checked. The message and its effect are committed together; if applying fails, the message and a
 * planned retry are (« kept »); throws when neither could be.
 */
export async function receiveMessage(
  services: Services,
  shops: Shops,
  raw: string,
  broughtBy: BroughtBy,
): Promise<Result<FactOutcome | 'kept', MessageFailure>> {
  const now = services.clock.now()
  const authentic = await authenticate(systempay, shops, raw, now)
  if (!authentic.ok) return authentic
  const { contract, fact } = authentic.value
  try {
    return ok(
      await services.db.transaction(async (tx) => {
        const outcome = await applyFact(tx, contract, fact, now)
        await keepMessage(tx, contract, raw, broughtBy, outcome, null, now)
        return outcome
      }),
    )
  } catch (error) {
    services.log.error({ err: error, reference: fact.reference }, 'a message could not be applied')
    await services.db.transaction(async (tx) => {
      const note = error instanceof Error ? error.message : String(error)
      const messageId = await keepMessage(tx, contract, raw, broughtBy, 'waiting', note, now)
      await planJob(tx, {
        name: 'retry-message',
        organisationId: contract.organisationId,
        messageId,
      })
      if (!isTransient(error)) await openUnread(tx, contract, fact, now)
    })
    return ok('kept')
  }
}

/** What no waiting may cure is for a person to see; the retries go on meanwhile (F21). */
function openUnread(tx: Tx, contract: OpenContract, fact: BankFact, now: Instant): Promise<void> {
  const { reference, bankTransaction } = fact
  const key = `unread-operation ${contract.id} ${bankTransaction}`
  const task = { kind: 'unread-operation', reference, bankTransaction } as const
  return openTask(tx, contract.organisationId, key, task, now)
}

/** Applies a kept message again; throws when it fails again, and the job is tried later. */
export async function retryMessage(
  { db, clock, keys }: Services,
  organisationId: OrganisationId,
  messageId: MessageId,
): Promise<void> {
  const now = clock.now()
  const kept = await db
    .selectFrom('bank_message')
    .select(['raw', 'contract_id', 'outcome'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow()
  if (kept.outcome !== 'waiting') return
  const contract = await getContract(db, keys, organisationId, kept.contract_id as OpenContract['id'])
  const read = systempay.read(contract, kept.raw)
  await db.transaction(async (tx) => {
    const outcome = read.ok ? await applyFact(tx, contract, read.value, now) : 'failed'
    await tx
      .updateTable('bank_message')
      .set({ outcome, note: read.ok ? null : read.failure })
      .where('organisation_id', '=', organisationId)
      .where('id', '=', messageId)
      .execute()
  })
}

/** Whose message it is, proved by the key of the shop it claims. */
async function authenticate(
  gateway: Gateway,
  shops: Shops,
  raw: string,
  now: Instant,
): Promise<Result<{ contract: OpenContract; fact: BankFact }, MessageFailure>> {
  const shop = gateway.claimedShop(raw)
  if (shop === undefined) return fail('unreadable')
  const contracts = await shops.byNumber(shop, now)
  let failure: MessageFailure = contracts.length === 0 ? 'unknown-shop' : 'bad-signature'
  for (const contract of contracts) {
    const read = gateway.read(contract, raw)
    if (read.ok) return ok({ contract, fact: read.value })
    failure = read.failure
  }
  return fail(failure)
}
