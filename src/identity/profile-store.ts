import type { Day } from '../kernel/dates.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { FamilyActor } from './actor.ts'

export type Household = {
  readonly address: string
  readonly postalCode: string
  readonly city: string
  /** A new address waits for the service to check it. */
  readonly addressPending: boolean
  readonly adults: readonly { readonly name: string; readonly role: 'payer' | 'reader' }[]
  readonly children: readonly { readonly name: string; readonly bornOn: Day | null }[]
}

/** The family of this adult: address, adults and children, without the other adults' contact details. */
export async function findHousehold(read: Read, actor: FamilyActor): Promise<Household | undefined> {
  const { organisationId, familyId } = actor
  const family = await row(
    read,
    sql<{ address: string; postal_code: string; city: string; pending: boolean }>`
      select f.address, f.postal_code, f.city, exists (
        select from task t where t.organisation_id = f.organisation_id and t.kind = 'address-change'
          and t.done_at is null and t.details->>'familyId' = f.id::text) as pending
      from family f where f.organisation_id = ${organisationId} and f.id = ${familyId}`,
  )
  if (!family) return undefined
  const adults = await rows(
    read,
    sql<{ name: string; role: 'payer' | 'reader' }>`
      select trim(first_name || ' ' || last_name) as name, role from adult
      where organisation_id = ${organisationId} and family_id = ${familyId} order by created_at, id`,
  )
  const children = await rows(
    read,
    sql<{ name: string; bornOn: Day | null }>`
      select trim(c.first_name || ' ' || c.last_name) as name, c.born_on as "bornOn"
      from (select id from child where organisation_id = ${organisationId} and family_id = ${familyId}
        union select child_id from child_dossier where organisation_id = ${organisationId}
          and family_id = ${familyId} and until_on is null) mine
      join child c on c.organisation_id = ${organisationId} and c.id = mine.id
      order by c.born_on, c.first_name`,
  )
  return {
    address: family.address,
    postalCode: family.postal_code,
    city: family.city,
    addressPending: family.pending,
    adults,
    children,
  }
}
