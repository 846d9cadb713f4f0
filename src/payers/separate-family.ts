import { openUnits, saveFamilies } from '../families/store.ts'
import { assert } from '../kernel/assert.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import type { AdultId, BillingUnitId, ChildId, FamilyId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { hasOtherPayer } from './change-role.ts'
import { nameOf } from './invitation.ts'
import { inviteAdult } from './invite-adult.ts'
import { lockFamilies } from './merge-store.ts'
import { isPaying, linkChild, listMembers, listSharedChildren, setRole } from './people-store.ts'
import { tellPayers } from './tell-payers.ts'

export type Separation = {
  readonly familyId: FamilyId
  /** Who pays the second file: an adult of the first, who leaves it, or somebody to invite. */
  readonly payer:
    | { readonly adultId: AdultId }
    | { readonly firstName: string; readonly lastName: string; readonly email: string | undefined }
  readonly name: string
  readonly address: string
  readonly postalCode: string
  readonly city: string
  readonly childIds: readonly ChildId[]
  readonly sinceOn: Day
}

export type SeparationFailure =
  | 'unknown'
  /** The adult who leaves is the only one who pays the first file. */
  | 'last-payer'
  /** The adult who leaves has a payment at the bank. */
  | 'payment-under-way'

/**
 * Opens a second file beside a family's, for its second payer, sharing the children from a day on. What
 * was invoiced stays where it is: each payer sees the invoices of their own file. Gives the second file.
 */
export async function separateFamily(
  tx: Tx,
  author: Author,
  separation: Separation,
  now: Instant,
): Promise<Result<FamilyId, SeparationFailure>> {
  const { organisationId } = author
  const { familyId, payer } = separation
  await lockFamilies(tx, organisationId, [familyId])
  const members = await listMembers(tx, organisationId, familyId)
  const leaving = 'adultId' in payer ? members.find(({ id }) => id === payer.adultId) : undefined
  if ('adultId' in payer && !leaving) return fail('unknown')
  if (leaving && !hasOtherPayer(members, leaving.id)) return fail('last-payer')
  if (leaving && (await isPaying(tx, organisationId, leaving.id))) return fail('payment-under-way')
  const known = (await listSharedChildren(tx, organisationId, familyId)).map(({ id }) => id)
  if (separation.childIds.some((id) => !known.includes(id))) return fail('unknown')
  const secondId = await openSecond(tx, author, separation, now)
  if (leaving) {
    await sql`update adult set family_id = ${secondId}
      where organisation_id = ${organisationId} and id = ${leaving.id}`.execute(tx)
    await setRole(tx, organisationId, leaving.id, 'payer')
  } else if (!('adultId' in payer)) {
    const invited = await inviteAdult(tx, author, { ...payer, familyId: secondId, role: 'payer' }, now)
    assert(invited.ok, 'a new file has no invitation yet')
  }
  const object = 'adultId' in payer ? nameOf(leaving ?? { firstName: '', lastName: '' }) : nameOf(payer)
  const changes = { dossier: { after: separation.name }, since: { after: separation.sinceOn } }
  for (const one of [familyId, secondId])
    await recordAct(tx, author, { kind: 'family.separated', familyId: one, object, changes }, now)
  for (const one of [familyId, secondId])
    await tellPayers(tx, organisationId, { familyId: one, news: 'separated', about: object }, now)
  return ok(secondId)
}

/** The second file, with the units of the first and the children it shares. */
async function openSecond(
  tx: Tx,
  { organisationId, name: by }: Author,
  { familyId, childIds, sinceOn, ...file }: Separation,
  now: Instant,
): Promise<FamilyId> {
  const id = newId<'family'>(now)
  const { name, address, postalCode, city } = file
  await saveFamilies(tx, organisationId, [{ id, key: undefined, name, address, postalCode, city }], now)
  const units = await rows<{ unitId: BillingUnitId }>(
    tx,
    sql`select billing_unit_id as "unitId" from family_unit
      where organisation_id = ${organisationId} and family_id = ${familyId}`,
  )
  await openUnits(
    tx,
    organisationId,
    units.map(({ unitId }) => ({ familyId: id, unitId })),
    now,
  )
  for (const childId of childIds)
    await linkChild(tx, organisationId, { childId, familyId: id, sinceOn }, by, now)
  return id
}
