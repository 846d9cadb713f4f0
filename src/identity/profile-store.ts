import type { Day, Instant } from '../kernel/dates.ts'
import type { ChildId } from '../kernel/ids.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { FamilyActor } from './actor.ts'

export type HouseholdChild = {
  readonly id: ChildId
  readonly firstName: string
  readonly lastName: string
  readonly bornOn: Day | null
}

export type Household = {
  readonly address: string
  readonly postalCode: string
  readonly city: string
  readonly phone: string | null
  readonly adults: readonly { readonly name: string; readonly role: 'payer' | 'reader' }[]
  readonly children: readonly HouseholdChild[]
}

/** The family of this adult: address, adults and children, without the other adults' contact details. */
export async function findHousehold(read: Read, actor: FamilyActor): Promise<Household | undefined> {
  const { organisationId, familyId } = actor
  const family = await row(
    read,
    sql<{ address: string; postal_code: string; city: string; phone: string | null }>`
      select f.address, f.postal_code, f.city, f.phone from family f where f.organisation_id = ${organisationId} and f.id = ${familyId}`,
  )
  if (!family) return undefined
  const adults = await rows(
    read,
    sql<{ name: string; role: 'payer' | 'reader' }>`
      select trim(first_name || ' ' || last_name) as name, role from adult
      where organisation_id = ${organisationId} and family_id = ${familyId} and left_on is null
      order by created_at, id`,
  )
  const children = await rows(
    read,
    sql<HouseholdChild>`
      select id, first_name as "firstName", last_name as "lastName", born_on as "bornOn" from child
      where organisation_id = ${organisationId} and family_id = ${familyId} and left_on is null
      order by born_on, first_name, id`,
  )
  return {
    address: family.address,
    postalCode: family.postal_code,
    city: family.city,
    phone: family.phone,
    adults,
    children,
  }
}

export type VisibleNote = { readonly said: string; readonly writtenAt: Instant }

/** What the service wrote for the family, newest first. */
export const listVisibleNotes = (read: Read, actor: FamilyActor): Promise<VisibleNote[]> =>
  rows(
    read,
    sql<VisibleNote>`select said, written_at as "writtenAt" from family_note
      where organisation_id = ${actor.organisationId}
        and family_id = any(dossiers_of(${actor.organisationId}, ${actor.familyId})) and kind = 'visible' and withdrawn_at is null
      order by written_at desc, id desc limit 10`,
  )
