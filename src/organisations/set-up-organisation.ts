import { present } from '../kernel/assert.ts'
import type { BillingUnitId, ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/dates.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { EstablishmentDescription, OrganisationDescription, UnitDescription } from './description.ts'
import { type Heed, heedScreen, type OnScreen } from './heed-screen.ts'
import {
  type Change,
  differences,
  ESTABLISHMENT,
  findKnown,
  type Known,
  ORGANISATION,
  refuseShops,
  refuseUnits,
  shown,
  UNIT,
  unitRow,
} from './known-organisation.ts'
import { recordSettingChanges } from './record-setting-changes.ts'
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
 * invoices would change mode, series or numbering, a shop belongs to another organisation, or the file
 * would undo what was changed on screen since it last said so (`onScreen` says who wins instead).
 */
export async function setUpOrganisation(
  services: Pick<Services, 'db' | 'keys' | 'clock'>,
  description: OrganisationDescription,
  onScreen: OnScreen = 'refuse',
): Promise<Result<SetUp, string[]>> {
  const now = services.clock.now()
  try {
    return await services.db.transaction(async (tx) => {
      const known = await findKnown(tx, description.slug)
      const heed = heedScreen(known.screen, onScreen)
      const refusals = [
        ...refuseUnits(known, description, onScreen),
        ...(await refuseShops(tx, known, description)),
      ]
      if (refusals.length > 0) return fail(refusals)
      const saved = await save(tx, services, { ...known, heed }, description, now)
      if (heed.conflicts.length > 0) throw new Undone(heed.conflicts)
      const author = { staffId: undefined, name: texts.fields.byFile }
      await recordSettingChanges(tx, saved.organisationId, author, heed.changes, now)
      return ok(saved)
    })
  } catch (error) {
    if (error instanceof Undone) return fail([...error.sentences])
    throw error
  }
}

/** The set-up would undo what was changed on screen: nothing of it is kept. */
class Undone extends Error {
  readonly sentences: readonly string[]
  constructor(sentences: readonly string[]) {
    super('settings changed on screen')
    this.sentences = sentences
  }
}

type Standing = Known & { readonly heed: Heed }

async function save(
  tx: Tx,
  { keys }: Pick<Services, 'keys'>,
  known: Standing,
  description: OrganisationDescription,
  now: Instant,
): Promise<SetUp> {
  const { id: organisationId, changed: changes } = await saveOrganisation(tx, known, description, now)
  const contracts = new Map<string, ContractId>()
  for (const one of description.contracts) {
    const { id, changed } = await saveContract(tx, { keys, heed: known.heed }, organisationId, one, now)
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
  known: Standing,
  description: OrganisationDescription,
  now: Instant,
): Promise<{ id: OrganisationId; changed: Change[] }> {
  const described = {
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
      .values({ id, slug: description.slug, created_at: now, ...described })
      .execute()
    return { id, changed: [{ subject }] }
  }
  const { id } = known.organisation
  const wanted = known.heed.settle(
    { kind: 'organisation', id, name: subject },
    ORGANISATION,
    known.organisation,
    described,
  )
  const changed = differences(ORGANISATION, known.organisation, wanted, subject)
  if (changed.length > 0) await tx.updateTable('organisation').set(wanted).where('id', '=', id).execute()
  return { id, changed }
}

async function saveUnit(
  tx: Tx,
  organisationId: OrganisationId,
  known: Standing,
  unit: UnitDescription,
  contractId: ContractId | null,
  now: Instant,
): Promise<{ id: BillingUnitId; changed: Change[] }> {
  const subject = `${texts.fields.unit} ${unit.code}`
  const described = { ...unitRow(unit), contract_id: contractId }
  const current = known.units.find((one) => one.code === unit.code)
  if (!current) {
    const id = newId<'billingUnit'>(now)
    await tx
      .insertInto('billing_unit')
      .values({ organisation_id: organisationId, id, code: unit.code, created_at: now, ...described })
      .execute()
    return { id, changed: [{ subject }] }
  }
  const wanted = known.heed.settle(
    { kind: 'unit', id: current.id, name: subject },
    { ...UNIT, contract_id: 'contrat' },
    current,
    described,
    (column, value) =>
      column === 'contract_id'
        ? value === contractId
          ? (unit.contract ?? texts.fields.none)
          : texts.fields.otherContract
        : shown(column, value),
  )
  const changed = differences(UNIT, current, wanted, subject)
  if (current['contract_id'] !== wanted.contract_id)
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
  known: Standing,
  establishment: EstablishmentDescription,
  unitId: BillingUnitId,
  now: Instant,
): Promise<Change[]> {
  const subject = `${texts.fields.establishment} ${establishment.code}`
  const { code, name, address, phone } = establishment
  const described = { name, address, phone, billing_unit_id: unitId }
  const current = known.establishments.find((one) => one.code === code)
  if (!current) {
    await tx
      .insertInto('establishment')
      .values({
        organisation_id: organisationId,
        id: newId<'establishment'>(now),
        code,
        created_at: now,
        ...described,
      })
      .execute()
    return [{ subject }]
  }
  const wanted = known.heed.settle(
    { kind: 'establishment', id: current.id, name: subject },
    ESTABLISHMENT,
    current,
    described,
  )
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
