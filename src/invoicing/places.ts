// Where a member of staff may use a right, as lists of places show it.
import type { EstablishmentId, OrganisationId } from '../kernel/ids.ts'
import type { BillingUnit, Establishment } from '../organisations/organisation.ts'
import { listEstablishments, listUnits } from '../organisations/store.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may, type Right } from '../staff/rights.ts'

export type Place = Establishment & { readonly unit: BillingUnit }

/** The establishments where the actor holds the right, with their units, by code. */
export async function listPlaces(read: Read, actor: StaffActor, right: Right): Promise<Place[]> {
  const { organisationId } = actor
  return (await listAllPlaces(read, organisationId)).filter(({ id, billingUnitId }) =>
    may(actor.grants, right, { unitId: billingUnitId, establishmentId: id }),
  )
}

/** One establishment with its unit; another organisation's is not found. */
export const findPlace = async (
  read: Read,
  organisationId: OrganisationId,
  id: EstablishmentId,
): Promise<Place | undefined> => (await listAllPlaces(read, organisationId)).find((place) => place.id === id)

async function listAllPlaces(read: Read, organisationId: OrganisationId): Promise<Place[]> {
  const units = new Map((await listUnits(read, organisationId)).map((unit) => [unit.id, unit]))
  const establishments = await listEstablishments(read, organisationId)
  return establishments.flatMap((one) => {
    const unit = units.get(one.billingUnitId)
    return unit ? [{ ...one, unit }] : []
  })
}

/** Establishments as the options of a list. */
export const placeOptions = (places: readonly Place[]): readonly (readonly [EstablishmentId, string])[] =>
  places.map(({ id, name }) => [id, name] as const)
