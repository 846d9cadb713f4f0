import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { listOrganisations } from '../organisations/store.ts'
import type { Db, Tx } from '../platform/db.ts'
import { sealOf } from './chain.ts'
import { headOf, insertSeals, listUnsealed, lockChain } from './store.ts'

/** Entries per transaction: the chain is locked for a moment, and nothing else is. */
const BATCH = 1_000

/** Seals what was booked since the last time, for every organisation. Gives how many entries. */
export async function sealAll(db: Db, now: Instant): Promise<number> {
  let sealed = 0
  for (const { id } of await listOrganisations(db)) sealed += await sealEntries(db, id, now)
  return sealed
}

/**
 * Chains every committed entry that has no seal, in the order it was booked, apart from the payments'
 * transactions. Safe to run twice at once: the second waits, then finds nothing. Gives how many.
 */
export async function sealEntries(db: Db, organisationId: OrganisationId, now: Instant): Promise<number> {
  let sealed = 0
  for (;;) {
    const count = await db.transaction((tx) => sealBatch(tx, organisationId, now, BATCH))
    sealed += count
    if (count < BATCH) return sealed
  }
}

/** Seals up to `limit` entries; gives how many. */
export async function sealBatch(
  tx: Tx,
  organisationId: OrganisationId,
  now: Instant,
  limit: number,
): Promise<number> {
  await lockChain(tx, organisationId)
  const entries = await listUnsealed(tx, organisationId, limit)
  if (entries.length === 0) return 0
  let head = await headOf(tx, organisationId)
  const seals = entries.map((entry) => {
    const sequence = head.sequence + 1
    head = { sequence, sha256: sealOf(head.sha256, organisationId, sequence, entry) }
    return { ...head, entryId: entry.entryId }
  })
  await insertSeals(tx, organisationId, seals, now)
  return seals.length
}
