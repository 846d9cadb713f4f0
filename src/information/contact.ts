// Whom this visitor may ask: their own organisation, or the only one there is.
import type { FamilyActor } from '../identity/actor.ts'
import type { BillingUnit, Organisation } from '../organisations/organisation.ts'
import { listUnitTexts } from '../organisations/setting-store.ts'
import { findOrganisation, listOrganisations, listUnits } from '../organisations/store.ts'
import type { Read } from '../platform/db.ts'

export type Contact = {
  readonly organisation: Organisation
  readonly units: readonly (BillingUnit & { readonly help: string | undefined })[]
}

/** undefined: a visitor who is not signed in, on a portal of several organisations. */
export async function findContact(read: Read, actor: FamilyActor | undefined): Promise<Contact | undefined> {
  const organisation = actor ? await findOrganisation(read, actor.organisationId) : await findOnly(read)
  if (!organisation) return undefined
  const units = await listUnits(read, organisation.id)
  const ids = units.map(({ id }) => id)
  // The day counts for the notice alone, which is not shown here.
  const texts = await listUnitTexts(read, organisation.id, ids, '2000-01-01')
  return { organisation, units: units.map((unit) => ({ ...unit, help: texts.get(unit.id)?.help })) }
}

async function findOnly(read: Read): Promise<Organisation | undefined> {
  const [first, ...others] = await listOrganisations(read)
  return others.length === 0 ? first : undefined
}
