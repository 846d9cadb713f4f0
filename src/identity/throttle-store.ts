// Wrong attempts by name typed and by address of origin. Only hashes are kept: names stay unknown.
import type { Instant } from '../kernel/dates.ts'
import { later } from '../kernel/dates.ts'
import type { Tx } from '../platform/db.ts'
import { sha256 } from '../platform/secrets.ts'
import { countedFailures, THROTTLE_MEMORY_MS, waitMs } from './throttle.ts'

/** What is counted: `free` attempts cost nothing. */
export type Counted = { readonly keyHash: Buffer; readonly free: number }

export const counted = (kind: string, content: string, free: number): Counted => ({
  keyHash: sha256(`${kind}\n${content}`),
  free,
})

/**
 * Counts an attempt before it is judged, so that many at once cannot slip through. Gives the number
 * of attempts now counted for the first key, or the milliseconds to wait: then nothing is counted.
 */
export async function countAttempt(
  tx: Tx,
  keys: readonly Counted[],
  now: Instant,
): Promise<{ waitMs: number; failures: number }> {
  const ordered = keys.toSorted((a, b) => Buffer.compare(a.keyHash, b.keyHash))
  await tx
    .insertInto('throttle')
    .values(ordered.map(({ keyHash }) => ({ key_hash: keyHash, failures: 0, last_at: now })))
    .onConflict((conflict) => conflict.column('key_hash').doNothing())
    .execute()
  const rows = await tx
    .selectFrom('throttle')
    .selectAll()
    .where(
      'key_hash',
      'in',
      ordered.map(({ keyHash }) => keyHash),
    )
    .orderBy('key_hash')
    .forUpdate()
    .execute()
  const found = keys.map((key) => {
    const row = rows.find((one) => one.key_hash.equals(key.keyHash))
    return { ...key, failures: row?.failures ?? 0, lastAt: row?.last_at ?? now }
  })
  const wait = Math.max(...found.map((one) => waitMs(one, one.free, now)))
  if (wait > 0) return { waitMs: wait, failures: 0 }
  for (const one of found)
    await tx
      .updateTable('throttle')
      .set({ failures: countedFailures(one, now) + 1, last_at: now })
      .where('key_hash', '=', one.keyHash)
      .execute()
  const first = found[0]
  return { waitMs: 0, failures: first ? countedFailures(first, now) + 1 : 0 }
}

/** The name was right after all: its failures are forgotten. */
export async function forgetAttempts(tx: Tx, { keyHash }: Counted): Promise<void> {
  await tx.deleteFrom('throttle').where('key_hash', '=', keyHash).execute()
}

/** The attempt that was just counted was right: the address is not charged for it. */
export async function giveBackAttempt(tx: Tx, { keyHash }: Counted): Promise<void> {
  await tx
    .updateTable('throttle')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('key_hash', '=', keyHash)
    .where('failures', '>', 0)
    .execute()
}

/** Removes what no longer counts. */
export async function deleteOldThrottles(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('throttle').where('last_at', '<', later(now, -THROTTLE_MEMORY_MS)).execute()
}
