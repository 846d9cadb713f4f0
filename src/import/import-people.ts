import { identifierOf, takeIdentifier } from '../families/identifier.ts'
import { issueActivation, planActivation } from '../families/open-access.ts'
import {
  insertLogins,
  listIdentifiers,
  type LoginRow,
  openUnits,
  saveAdults,
  saveChildren,
  saveFamilies,
  updateLoginEmail,
} from '../families/store.ts'
import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { ChildId, FamilyId, LoginId, OrganisationId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { Known } from './known.ts'
import type { Plan } from './plan.ts'
import type { AdultRecord } from './records.ts'

/** A login that awaits its activation, with the token of its link, for a letter. */
export type NewAccess = { readonly loginId: LoginId; readonly token: string }

export type ImportedPeople = {
  readonly families: ReadonlyMap<string, FamilyId>
  readonly children: ReadonlyMap<string, ChildId>
  readonly mails: number
  readonly letters: readonly NewAccess[]
}

/** Writes the people of a plan: families, adults with their logins, children. */
export async function importPeople(
  tx: Tx,
  organisationId: OrganisationId,
  plan: Plan,
  known: Known,
  options: { now: Instant; mailActivation: boolean },
): Promise<ImportedPeople> {
  const { now } = options
  const families = await importFamilies(tx, organisationId, plan, known, now)
  const familyOf = (key: string) => present(families.get(key), `no family ${key}`)
  const created = plan.adults.created.map((record) => ({ ...record, id: newId<'adult'>(now) }))
  const changed = plan.adults.changed.map(({ id, record }) => ({ ...record, id }))
  const adults = [...created, ...changed].map((one) => ({ ...one, familyId: familyOf(one.family) }))
  await saveAdults(tx, organisationId, adults, now)
  for (const one of changed) await updateLoginEmail(tx, one.id, one.email)
  const logins = await openLogins(tx, organisationId, created, now)
  const newlyMailed = changedEmails(plan, known)
  const told = options.mailActivation
    ? await tell(tx, organisationId, [...logins, ...newlyMailed], now)
    : { mails: 0, letters: [] }
  const children = new Map([...known.children.values()].map((one) => [one.key, one.id]))
  const newChildren = plan.children.created.map((record) => ({ ...record, id: newId<'child'>(now) }))
  for (const one of newChildren) children.set(one.key, one.id)
  const listed = [...newChildren, ...plan.children.changed.map(({ id, record }) => ({ ...record, id }))]
  await saveChildren(
    tx,
    organisationId,
    listed.map((one) => ({ ...one, familyId: familyOf(one.family) })),
    now,
  )
  return { families, children, ...told }
}

async function importFamilies(
  tx: Tx,
  organisationId: OrganisationId,
  plan: Plan,
  known: Known,
  now: Instant,
): Promise<Map<string, FamilyId>> {
  const families = new Map([...known.families.values()].map((one) => [one.key, one.id]))
  const created = plan.families.created.map((record) => ({ ...record, id: newId<'family'>(now) }))
  for (const one of created) families.set(one.key, one.id)
  const listed = [...created, ...plan.families.changed.map(({ id, record }) => ({ ...record, id }))]
  await saveFamilies(tx, organisationId, listed, now)
  const units = listed.flatMap(({ id, units }) =>
    units.map((code) => ({ familyId: id, unitId: present(known.units.get(code), `no unit ${code}`).id })),
  )
  await openUnits(tx, organisationId, units, now)
  return families
}

async function openLogins(
  tx: Tx,
  organisationId: OrganisationId,
  adults: readonly (AdultRecord & { readonly id: LoginRow['adultId'] })[],
  now: Instant,
): Promise<LoginRow[]> {
  const taken = new Set(await listIdentifiers(tx, adults.map(identifierOf)))
  const logins = adults.map((adult) => ({
    id: newId<'login'>(now),
    adultId: adult.id,
    identifier: takeIdentifier(identifierOf(adult), taken),
    email: adult.email,
  }))
  await insertLogins(tx, organisationId, logins, now)
  return logins
}

type Told = { readonly id: LoginId; readonly email: string | undefined }

/** Adults who have not activated their access and whose e-mail is new: their link goes there. */
function changedEmails(plan: Plan, known: Known): Told[] {
  return plan.adults.changed.flatMap(({ record }): Told[] => {
    const current = known.adults.get(record.key)
    if (!current?.loginId || current.activatedAt || record.email === undefined) return []
    return record.email === (current.email ?? undefined) ? [] : [{ id: current.loginId, email: record.email }]
  })
}

/** A mail to those who have an address, a letter for the others. */
async function tell(tx: Tx, organisationId: OrganisationId, logins: readonly Told[], now: Instant) {
  const letters: NewAccess[] = []
  for (const { id: loginId, email } of logins)
    if (email === undefined) letters.push({ loginId, token: await issueActivation(tx, loginId, now) })
    else await planActivation(tx, organisationId, { loginId, email }, now)
  return { mails: logins.length - letters.length, letters }
}
