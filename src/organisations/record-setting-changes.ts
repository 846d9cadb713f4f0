import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { SettingAuthor, SettingChange } from './setting-change.ts'

/** Keeps what changed, in the transaction that changes it; without an author's id, the file did it. */
export async function recordSettingChanges(
  tx: Tx,
  organisationId: OrganisationId,
  author: SettingAuthor,
  changes: readonly SettingChange[],
  now: Instant,
): Promise<void> {
  if (changes.length === 0) return
  await tx
    .insertInto('setting_change')
    .values(
      changes.map(({ subject, subjectId, field, before, after }) => ({
        organisation_id: organisationId,
        id: newId<'settingChange'>(now),
        changed_at: now,
        source: author.staffId === undefined ? 'file' : 'screen',
        staff_id: author.staffId ?? null,
        staff_name: author.name,
        subject,
        subject_id: subjectId,
        field,
        before,
        after,
      })),
    )
    .execute()
}
