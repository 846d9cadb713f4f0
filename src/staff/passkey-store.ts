// Passkeys of staff, in SQL.
import { type Instant, later, HOUR_MS } from '../kernel/dates.ts'
import type { StaffId } from '../kernel/ids.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'
import { sha256 } from '../platform/secrets.ts'

export type Passkey = {
  readonly credentialId: string
  readonly staffId: StaffId
  readonly publicKey: Buffer
  readonly signCount: number
  readonly name: string
  readonly createdAt: Instant
  readonly usedAt: Instant | null
}

/** Counts have 32 bits unsigned; what no authenticator reaches is kept as the most that a column holds. */
const storedCount = (count: number): number => Math.min(count, 2 ** 31 - 1)

const PASSKEY = sql`select credential_id as "credentialId", staff_id as "staffId", public_key as "publicKey",
    sign_count as "signCount", name, created_at as "createdAt", used_at as "usedAt" from staff_passkey`

/** The passkey of this id, whoever holds it. */
export const findPasskey = async (read: Read, credentialId: string): Promise<Passkey | undefined> =>
  (await rows(read, sql<Passkey>`${PASSKEY} where credential_id = ${credentialId}`))[0]

/** A member's passkeys, oldest first. */
export const listPasskeys = (read: Read, staffId: StaffId): Promise<readonly Passkey[]> =>
  rows(read, sql<Passkey>`${PASSKEY} where staff_id = ${staffId} order by created_at, credential_id`)

/** Keeps a new passkey; false when this very credential is known already. */
export async function insertPasskey(
  tx: Tx,
  passkey: Omit<Passkey, 'createdAt' | 'usedAt'>,
  now: Instant,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('staff_passkey')
    .values({
      credential_id: passkey.credentialId,
      staff_id: passkey.staffId,
      public_key: passkey.publicKey,
      sign_count: storedCount(passkey.signCount),
      name: passkey.name,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** The passkey signed just now, for the time its authenticator says. */
export async function renewPasskey(
  tx: Tx,
  credentialId: string,
  signCount: number,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('staff_passkey')
    .set({ sign_count: storedCount(signCount), used_at: now })
    .where('credential_id', '=', credentialId)
    .execute()
}

/** Removes one passkey of a member; gives its name, or undefined when it is none of theirs. */
export async function deletePasskey(
  tx: Tx,
  staffId: StaffId,
  credentialId: string,
): Promise<string | undefined> {
  const deleted = await tx
    .deleteFrom('staff_passkey')
    .where('staff_id', '=', staffId)
    .where('credential_id', '=', credentialId)
    .returning('name')
    .executeTakeFirst()
  return deleted?.name
}

/** Removes every passkey of a member. */
export async function deletePasskeys(tx: Tx, staffId: StaffId): Promise<void> {
  await tx.deleteFrom('staff_passkey').where('staff_id', '=', staffId).execute()
}

/** Uses a challenge up; false when it served already. Older than an hour they can serve no more. */
export async function spendChallenge(tx: Tx, challenge: string, now: Instant): Promise<boolean> {
  await tx.deleteFrom('staff_passkey_challenge').where('used_at', '<', later(now, -HOUR_MS)).execute()
  const spent = await tx
    .insertInto('staff_passkey_challenge')
    .values({ challenge_hash: sha256(challenge), used_at: now })
    .onConflict((conflict) => conflict.column('challenge_hash').doNothing())
    .executeTakeFirst()
  return spent.numInsertedOrUpdatedRows === 1n
}
