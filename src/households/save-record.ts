import { closeDoors } from '../identity/close-login.ts'
import { useLinks } from '../identity/link-store.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { AdultId, BillingUnitId, ChildId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { listAccesses } from '../families/access-store.ts'
import {
  readFamily,
  readPerson,
  writeAdult,
  writeChild,
  writeFamily,
  writeLeaving,
} from '../families/record-store.ts'
import { changedFields, movedFields, type Values } from '../families/record.ts'
import { openUnits, updateLoginEmail } from '../families/store.ts'
import { listEstablishments } from '../organisations/store.ts'
import type { Read, Tx } from '../platform/db.ts'
import type { ActKind } from '../staff/act.ts'
import { type Author, recordAct } from '../staff/record-act.ts'

/** A family's own record, or one of its adults or children. */
export type RecordOf =
  | { readonly kind: 'family'; readonly familyId: FamilyId }
  | { readonly kind: 'adult'; readonly familyId: FamilyId; readonly id: AdultId }
  | { readonly kind: 'child'; readonly familyId: FamilyId; readonly id: ChildId }

const ADDED = { family: 'family.created', adult: 'adult.added', child: 'child.added' } as const
export const CHANGED = { family: 'family.changed', adult: 'adult.changed', child: 'child.changed' } as const

/** « Léo MARTIN », or the family's name. */
export const nameIn = (values: Values): string =>
  values['name'] ?? `${values['firstName'] ?? ''} ${values['lastName'] ?? ''}`.trim()

/** The record as it is stored; undefined when the organisation has none such. */
export async function readStored(
  read: Read,
  organisationId: OrganisationId,
  record: RecordOf,
  lock = false,
): Promise<Values | undefined> {
  if (record.kind === 'family') return readFamily(read, organisationId, record.familyId, lock)
  return (await readPerson(read, organisationId, record, lock))?.values
}

/** Adds a record, in the journal with all it says; the same id twice is one record. False: it was there. */
export async function addRecord(
  tx: Tx,
  author: Author,
  record: RecordOf,
  values: Values,
  now: Instant,
): Promise<boolean> {
  if (await readStored(tx, author.organisationId, record, true)) return false
  await write(tx, author.organisationId, record, {}, values, now)
  await tell(tx, author, ADDED[record.kind], record, values, changedFields({}, values), now)
  return true
}

export type SaveFailure = { readonly kind: 'gone' } | { readonly kind: 'moved'; readonly stored: Values }

/**
 * Changes a record, in the journal before and after. `origin` is what the form was filled with: when
 * somebody changed the record since, in a way that this would undo, nothing is written.
 */
export async function saveRecord(
  tx: Tx,
  author: Author,
  record: RecordOf,
  { origin, typed }: { readonly origin: Values; readonly typed: Values },
  now: Instant,
  kind: ActKind = CHANGED[record.kind],
): Promise<Result<'saved' | 'same', SaveFailure>> {
  const stored = await readStored(tx, author.organisationId, record, true)
  if (!stored) return fail({ kind: 'gone' })
  if (movedFields(origin, typed, stored).length > 0) return fail({ kind: 'moved', stored })
  const changes = changedFields(stored, typed)
  if (Object.keys(changes).length === 0) return ok('same')
  await write(tx, author.organisationId, record, stored, typed, now)
  await tell(tx, author, kind, record, typed, changes, now)
  return ok('saved')
}

async function write(
  tx: Tx,
  organisationId: OrganisationId,
  record: RecordOf,
  stored: Values,
  values: Values,
  now: Instant,
): Promise<void> {
  if (record.kind === 'family') return writeFamily(tx, organisationId, record.familyId, values, now)
  if (record.kind === 'child') {
    await writeChild(tx, organisationId, record, values, now)
    return openUnitsOf(tx, organisationId, record.familyId, values['establishments'] ?? '', now)
  }
  await writeAdult(tx, organisationId, record, values, now)
  const email = values['email'] ?? ''
  if (email === (stored['email'] ?? '')) return
  const accesses = await listAccesses(tx, organisationId, record.familyId, now)
  const access = accesses.find(({ adultId }) => adultId === record.id)
  if (!access?.loginId || access.activatedAt !== null) return
  // A link that left for the address of somebody else must open nothing.
  await useLinks(tx, access.loginId, 'activation', now)
  await updateLoginEmail(tx, record.id, email === '' ? undefined : email)
}

/** The family deals with the units where its child is taken in. */
async function openUnitsOf(
  tx: Tx,
  organisationId: OrganisationId,
  familyId: FamilyId,
  codes: string,
  now: Instant,
): Promise<void> {
  const wanted = codes.split(', ')
  const places = await listEstablishments(tx, organisationId)
  const unitIds = places.filter(({ code }) => wanted.includes(code)).map((place) => place.billingUnitId)
  await openUnits(tx, organisationId, pairs(familyId, unitIds), now)
}

const pairs = (familyId: FamilyId, unitIds: readonly BillingUnitId[]) =>
  [...new Set(unitIds)].map((unitId) => ({ familyId, unitId }))

/** The family will deal with these units. */
export const dealWith = (
  tx: Tx,
  organisationId: OrganisationId,
  familyId: FamilyId,
  unitIds: readonly BillingUnitId[],
  now: Instant,
): Promise<void> => openUnits(tx, organisationId, pairs(familyId, unitIds), now)

/**
 * An adult or a child leaves the family on a day, or with null stays after all. The login of an adult
 * who leaves opens nothing from then on. False when the family has no such person.
 */
export async function recordLeaving(
  tx: Tx,
  author: Author,
  who: Exclude<RecordOf, { kind: 'family' }>,
  leftOn: Day | null,
  now: Instant,
): Promise<boolean> {
  const { organisationId } = author
  const person = await readPerson(tx, organisationId, who, true)
  if (!person) return false
  if (person.leftOn === leftOn) return true
  await writeLeaving(tx, organisationId, who, leftOn)
  if (who.kind === 'adult' && leftOn !== null) {
    const accesses = await listAccesses(tx, organisationId, who.familyId, now)
    const loginId = accesses.find(({ adultId }) => adultId === who.id)?.loginId
    if (loginId) await closeDoors(tx, loginId, now)
  }
  const shown = (day: Day | null) => (day === null ? '' : formatDay(day))
  const kind = `${who.kind}.${leftOn === null ? 'returned' : 'left'}` as const
  const changes = { leftOn: { before: shown(person.leftOn), after: shown(leftOn) } }
  await tell(tx, author, kind, who, person.values, changes, now)
  return true
}

const tell = (
  tx: Tx,
  author: Author,
  kind: ActKind,
  { familyId, kind: of }: RecordOf,
  values: Values,
  changes: ReturnType<typeof changedFields>,
  now: Instant,
): Promise<void> =>
  recordAct(
    tx,
    author,
    { kind, familyId, changes, ...(of === 'family' ? {} : { object: nameIn(values) }) },
    now,
  )
