// Where a person of the desk may take money.
import type { Read } from '../platform/db.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { listUnits } from '../organisations/store.ts'
import type { StaffActor } from '../staff/actor.ts'
import { reaches, reachOf, type Right } from '../staff/rights.ts'

/** The billing units on which this person holds the right, by code. */
export async function listReachedUnits(read: Read, actor: StaffActor, right: Right): Promise<BillingUnit[]> {
  const reach = reachOf(actor.grants, right)
  return (await listUnits(read, actor.organisationId)).filter(({ id }) => reaches(reach, id))
}

/** The unit of this code, else the first. */
export const chooseUnit = (
  units: readonly BillingUnit[],
  code: string | undefined,
): BillingUnit | undefined => units.find((unit) => unit.code === code) ?? units[0]
