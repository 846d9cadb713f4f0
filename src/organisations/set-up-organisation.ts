import { present } from '../kernel/assert.ts'
import type { BillingUnitId, ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/dates.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { EstablishmentDescription, OrganisationDescription, UnitDescription } from './description.ts'
import {
  type Change,
  differences,
  ESTABLISHMENT,
  findKnown,
  type Known,
  ORGANISATION,
  refuseShops,
  refuseUnits,
  UNIT,
  unitRow,
} from './known-organisation.ts'
import { saveContract } from './save-contract.ts'
import { texts } from './texts.ts'

export type SetUp = {
  readonly organisationId: OrganisationId
  /** Of each contract described, by its code. */
  readonly contracts: ReadonlyMap<string, ContractId>
  readonly changes: readonly Change[]
}

/**
 * Creates an organisation with its contracts, billing units and establishments, or brings the one
 * of the same slug up to date; the same description again changes nothing. What is no longer
 * described stays. All or nothing: refused with a French sentence per reason when a unit that has
 * invoices would change mode, series or numbering, or a shop belongs to another organisation.
 */
export async function setUpOrganisation(
  services: Pick<Services, 'db' | 'keys' | 'clock'>,
  description: OrganisationDescription,
): Promise<Result<SetUp, string[]>> {
  const now = services.clock.now()
  return services.db.transaction(async (tx) => {
    const known = await findKnown(tx, description.slug)
    const refusals = [...refuseUnits(known, description), ...(await refuseShops(tx, known, description))]
    if (refusals.length > 0) return fail(refusals)
    return ok(await save(tx, services, known, description, now))
  })
}

async function save(
  tx: Tx,
  { keys }: Pick<Services, 'keys'>,
  known: Known,
  description: OrganisationDescription,
  now: Instant,
): Promise<SetUp> {
  const { id: organisationId, changed: changes } = await saveOrganisation(tx, known, description, now)
  const contracts = new Map<string, ContractId>()
  for (const one of description.contracts) {
    const { id, changed } = await saveContract(tx, keys, organisationId, one, now)
    contracts.set(one.code, id)
    changes.push(...changed)
  }
  const units = new Map<string, BillingUnitId>()
  for (const one of description.units) {
    const contractId = contracts.get(one.contract ?? '') ?? null
    const { id, changed } = await saveUnit(tx, organisationId, known, one, contractId, now)
    units.set(one.code, id)
    changes.push(...changed)
  }
  for (const one of description.establishments) {
    const unitId = present(units.get(one.unit), `no unit ${one.unit}`)
    changes.push(...(await saveEstablishment(tx, organisationId, known, one, unitId, now)))
  }
  return { organisationId, contracts, changes }
}

async function saveOrganisation(
  tx: Tx,
  known: Known,
  description: OrganisationDescription,
  now: Instant,
): Promise<{ id: OrganisationId; changed: Change[] }> {
  const wanted = {
    name: description.name,
    siret: description.siret,
    address: description.address,
    phone: description.phone,
    email: description.email,
    opening_hours: description.openingHours,
    vat_mention: description.vatMention,
    data_contact: description.dataContact,
  }
  const subject = `${texts.fields.organisation} ${description.slug}`
  if (!known.organisation) {
    const id = newId<'organisation'>(now)
    await tx
      .insertInto('organisation')
      .values({ id, slug: description.slug, created_at: now, ...wanted })
      .execute()
    return { id, changed: [{ subject }] }
  }
  const { id } = known.organisation
  const changed = differences(ORGANISATION, known.organisation, wanted, subject)
  if (changed.length > 0) await tx.updateTable('organisation').set(wanted).where('id', '=', id).execute()
  return { id, changed }
}

async function saveUnit(
  tx: Tx,
  organisationId: OrganisationId,
  known: Known,
  unit: UnitDescription,
  contractId: ContractId | null,
  now: Instant,
): Promise<{ id: BillingUnitId; changed: Change[] }> {
  const subject = `${texts.fields.unit} ${unit.code}`
  const wanted = { ...unitRow(unit), contract_id: contractId }
  const current = known.units.find((one) => one.code === unit.code)
  if (!current) {
    const id = newId<'billingUnit'>(now)
    await tx
      .insertInto('billing_unit')
      .values({ organisation_id: organisationId, id, code: unit.code, created_at: now, ...wanted })
      .execute()
    return { id, changed: [{ subject }] }
  }
  const changed = differences(UNIT, current, wanted, subject)
  if (current['contract_id'] !== contractId)
    changed.push({ subject, field: 'contrat', from: '', to: unit.contract ?? texts.fields.none })
  if (changed.length > 0)
    await tx
      .updateTable('billing_unit')
      .set(wanted)
      .where('organisation_id', '=', organisationId)
      .where('id', '=', current.id)
      .execute()
  return { id: current.id, changed }
}

async function saveEstablishment(
  tx: Tx,
  organisationId: OrganisationId,
  known: Known,
  establishment: EstablishmentDescription,
  unitId: BillingUnitId,
  now: Instant,
): Promise<Change[]> {
  const subject = `${texts.fields.establishment} ${establishment.code}`
  const { code, name, address, phone } = establishment
  const wanted = { name, address, phone, billing_unit_id: unitId }
  const current = known.establishments.find((one) => one.code === code)
  if (!current) {
    await tx
      .insertInto('establishment')
      .values({
        organisation_id: organisationId,
        id: newId<'establishment'>(now),
        code,
        created_at: now,
        ...wanted,
      })
      .execute()
    return [{ subject }]
  }
  const changed = differences(ESTABLISHMENT, current, wanted, subject)
  if (current['billing_unit_id'] !== unitId)
    changed.push({ subject, field: 'unite', from: '', to: establishment.unit })
  if (changed.length > 0)
    await tx
      .updateTable('establishment')
      .set(wanted)
      .where('organisation_id', '=', organisationId)
      .where('id', '=', current.id)
      .execute()
  return changed
}
