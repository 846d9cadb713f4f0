// Authenticators and recovery codes of staff, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { StaffId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'

/** A code of this step was taken: no code of it, or of an earlier one, is taken again. */
export async function setTotpStep(tx: Tx, staffId: StaffId, step: number): Promise<void> {
  await tx.updateTable('staff_member').set({ totp_step: step }).where('id', '=', staffId).execute()
}

/** An authenticator that counts from now on; null removes it and its recovery codes. */
export async function setAuthenticator(
  tx: Tx,
  staffId: StaffId,
  authenticator: { sealed: string; step: number; codeHashes: readonly Buffer[] } | null,
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('staff_member')
    .set({
      sealed_totp: authenticator?.sealed ?? null,
      totp_confirmed_at: authenticator ? now : null,
      totp_step: authenticator?.step ?? 0,
    })
    .where('id', '=', staffId)
    .execute()
  await tx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute()
  if (authenticator)
    await tx
      .insertInto('staff_recovery_code')
      .values(authenticator.codeHashes.map((hash) => ({ staff_id: staffId, code_hash: hash })))
      .execute()
}

/** Uses a recovery code up; false when it is none of theirs, or served already. */
export async function useRecoveryCode(
  tx: Tx,
  staffId: StaffId,
  codeHash: Buffer,
  now: Instant,
): Promise<boolean> {
  const used = await tx
    .updateTable('staff_recovery_code')
    .set({ used_at: now })
    .where('staff_id', '=', staffId)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}
