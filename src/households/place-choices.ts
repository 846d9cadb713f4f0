// Where a member of staff may send a child, or open a family: the establishments and units of their right.
import type { Values } from '../families/record.ts'
import { listEstablishments, listUnits } from '../organisations/store.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may } from '../staff/rights.ts'

const codesIn = (values: Values | undefined): string[] =>
  (values?.['establishments'] ?? '').split(', ').filter(Boolean)

async function ownCodes(read: Read, actor: StaffActor) {
  const all = await listEstablishments(read, actor.organisationId)
  return all.filter(({ id, billingUnitId }) =>
    may(actor.grants, 'family.edit', { unitId: billingUnitId, establishmentId: id }),
  )
}

/** The establishments to tick for a child; those it has beyond the actor's right are named apart. */
export async function listPlaceChoices(read: Read, actor: StaffActor, values: Values) {
  const own = await ownCodes(read, actor)
  const codes = codesIn(values)
  const others = codes.filter((code) => own.every((one) => one.code !== code))
  return {
    places: own.map(({ code, name }) => ({ value: code, label: name, checked: codes.includes(code) })),
    ...(others.length === 0 ? {} : { elsewhere: others.join(', ') }),
  }
}

/** What was typed, the establishments beyond the actor's right as they were, and none of others. */
export async function keepElsewhere(
  read: Read,
  actor: StaffActor,
  typed: Values,
  stored: Values | undefined,
): Promise<Values> {
  if (typed['establishments'] === undefined) return typed
  const own = (await ownCodes(read, actor)).map(({ code }) => code)
  const kept = codesIn(stored).filter((code) => !own.includes(code))
  const ticked = codesIn(typed).filter((code) => own.includes(code))
  return { ...typed, establishments: [...kept, ...ticked].toSorted().join(', ') }
}

/** The units that a new family may deal with; one alone is ticked. */
export async function listUnitChoices(read: Read, actor: StaffActor, ticked: readonly string[]) {
  const all = await listUnits(read, actor.organisationId)
  const own = all.filter(({ id }) => may(actor.grants, 'family.edit', { unitId: id }))
  return own.map(({ id, name }) => ({
    id,
    value: id,
    label: name,
    checked: own.length === 1 || ticked.includes(id),
  }))
}
