// What staff note about a family, in SQL.
import type { Instant } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'

/** For the team alone, or shown to the family in its profile. */
export const NOTE_KINDS = ['internal', 'visible'] as const
export type NoteKind = (typeof NOTE_KINDS)[number]

export type FileNote = {
  readonly id: string
  readonly kind: NoteKind
  readonly said: string
  readonly writtenBy: string
  readonly writtenAt: Instant
  /** Not shown to the family any more. */
  readonly withdrawnAt: Instant | null
}

/** What staff noted, newest first. */
export const listNotes = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<FileNote[]> =>
  rows(
    read,
    sql<FileNote>`select id, kind, said, written_by as "writtenBy", written_at as "writtenAt",
        withdrawn_at as "withdrawnAt" from family_note
      where organisation_id = ${organisationId} and family_id = any(dossiers_of(${organisationId}, ${familyId}))
      order by written_at desc, id desc limit 500`,
  )

export async function insertNote(
  tx: Tx,
  organisationId: OrganisationId,
  note: {
    readonly familyId: FamilyId
    readonly kind: NoteKind
    readonly said: string
    readonly by: string
  },
  now: Instant,
): Promise<void> {
  await tx
    .insertInto('family_note')
    .values({
      organisation_id: organisationId,
      id: newId(now),
      family_id: note.familyId,
      kind: note.kind,
      said: note.said,
      written_by: note.by,
      written_at: now,
    })
    .execute()
}

/** Hides a note from the family, and gives what it said; undefined when it shows no such note. */
export async function withdrawNote(
  tx: Tx,
  organisationId: OrganisationId,
  note: { readonly familyId: FamilyId; readonly id: string },
  now: Instant,
): Promise<string | undefined> {
  const updated = await tx
    .updateTable('family_note')
    .set({ withdrawn_at: now })
    .where('organisation_id', '=', organisationId)
    .where('family_id', '=', note.familyId)
    .where('id', '=', note.id)
    .where('kind', '=', 'visible')
    .where('withdrawn_at', 'is', null)
    .returning('said')
    .executeTakeFirst()
  return updated?.said
}
