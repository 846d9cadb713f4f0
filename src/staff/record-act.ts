import { HOUR_MS, type Instant } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId, StaffId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { Act } from './act.ts'
import { type StaffActor, staffName } from './actor.ts'

/** Who acts, and from where: the page and the browser's address; for a command, its name and « - ». */
export type Author = {
  readonly organisationId: OrganisationId
  readonly staffId: StaffId | undefined
  readonly name: string
  readonly screen: string
  readonly clientAddress: string
}

/** The author of a request's acts. */
export const authorOf = (
  actor: Pick<StaffActor, 'organisationId' | 'staffId' | 'firstName' | 'lastName'>,
  from: { readonly screen: string; readonly clientAddress: string },
): Author => ({
  organisationId: actor.organisationId,
  staffId: actor.staffId,
  name: staffName(actor),
  screen: from.screen.slice(0, MAX_SCREEN),
  clientAddress: from.clientAddress,
})

const MAX_SCREEN = 500

/** Writes an act into the staff journal, in the transaction of the act itself. */
export async function recordAct(tx: Tx, author: Author, act: Act, now: Instant): Promise<void> {
  await tx
    .insertInto('staff_act')
    .values(valuesOf(author, act, now))
    .execute()
}

/** Writes that a family's file was read: once per person, family and hour. */
export async function recordReading(tx: Tx, author: Author, familyId: FamilyId, now: Instant): Promise<void> {
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  await tx
    .insertInto('staff_act')
    .values({ ...valuesOf(author, { kind: 'family.read', familyId }, now), reading_hour_at: hour })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'staff_id', 'family_id', 'reading_hour_at']).doNothing(),
    )
    .execute()
}

const valuesOf = (author: Author, act: Act, now: Instant) => ({
  organisation_id: author.organisationId,
  id: newId<'act'>(now),
  acted_at: now,
  staff_id: author.staffId ?? null,
  staff_name: author.name,
  kind: act.kind,
  family_id: act.familyId ?? null,
  object: act.object ?? null,
  reason: act.reason ?? null,
  changes: JSON.stringify(act.changes ?? {}),
  screen: author.screen,
  client_address: author.clientAddress,
})
