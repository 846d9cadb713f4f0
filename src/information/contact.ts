// Whom this visitor may ask: their own organisation, or the only one there is.
import type { FamilyActor } from '../identity/actor.ts'
import type { BillingUnit, Organisation } from '../organisations/organisation.ts'
import { findOrganisation, listOrganisations, listUnits } from '../organisations/store.ts'
import type { Read } from '../platform/db.ts'

export type Contact = { readonly organisation: Organisation; readonly units: readonly BillingUnit[] }

/** undefined: a visitor who is not signed in, on a portal of several organisations. */
export async function findContact(read: Read, actor: FamilyActor | undefined): Promise<Contact | undefined> {
  const organisation = actor ? await findOrganisation(read, actor.organisationId) : await findOnly(read)
  if (!organisation) return undefined
  return { organisation, units: await listUnits(read, organisation.id) }
}

async function findOnly(read: Read): Promise<Organisation | undefined> {
  const [first, ...others] = await listOrganisations(read)
  return others.length === 0 ? first : undefined
}
