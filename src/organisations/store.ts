import type { BillingUnitId, ContractId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { GatewayName } from './contract.ts'
import type {
  BillingUnit,
  ContractMode,
  Establishment,
  Organisation,
  PaymentMode,
  TransferAccount,
} from './organisation.ts'

type UnitRow = {
  organisation_id: OrganisationId
  id: BillingUnitId
  code: string
  name: string
  mode: PaymentMode
  series: string
  alert_threshold_cents: Cents
  visibility_delay_hours: number
  min_payment_cents: Cents
  max_payment_cents: Cents
  refund_threshold_cents: Cents
  due_days: number | null
  online_days: number | null
  desk_days: number | null
  contact: string
  other_means: string
  transfer_beneficiary: string | null
  transfer_iban: string | null
  transfer_bic: string | null
  contract_id: ContractId | null
  bank_name: string | null
  contract_mode: ContractMode | null
  gateway: GatewayName | null
}

const UNIT = sql`select u.organisation_id, u.id, u.code, u.name, u.mode, u.series, u.alert_threshold_cents,
    u.visibility_delay_hours, u.min_payment_cents, u.max_payment_cents,
    u.refund_threshold_cents, u.due_days, u.online_days, u.desk_days, u.contact, u.other_means,
    u.transfer_beneficiary, u.transfer_iban, u.transfer_bic,
    u.contract_id, c.bank_name, c.mode as contract_mode, c.gateway
  from billing_unit u
  left join bank_contract c on c.organisation_id = u.organisation_id and c.id = u.contract_id`

/** All three, or none: the database holds to it. */
const toAccount = (unit: UnitRow): TransferAccount | undefined =>
  unit.transfer_beneficiary !== null && unit.transfer_iban !== null && unit.transfer_bic !== null
    ? { beneficiary: unit.transfer_beneficiary, iban: unit.transfer_iban, bic: unit.transfer_bic }
    : undefined

const toUnit = (unit: UnitRow): BillingUnit => ({
  organisationId: unit.organisation_id,
  id: unit.id,
  code: unit.code,
  name: unit.name,
  mode: unit.mode,
  series: unit.series,
  alertThreshold: unit.alert_threshold_cents,
  visibilityDelayHours: unit.visibility_delay_hours,
  minPayment: unit.min_payment_cents,
  maxPayment: unit.max_payment_cents,
  refundThreshold: unit.refund_threshold_cents,
  dueDays: unit.due_days,
  onlineDays: unit.online_days,
  deskDays: unit.desk_days,
  contact: unit.contact,
  otherMeans: unit.other_means,
  transfer: toAccount(unit),
  contractId: unit.contract_id ?? undefined,
  bankName: unit.bank_name ?? undefined,
  contractMode: unit.contract_mode ?? undefined,
  gateway: unit.gateway ?? undefined,
})

/** Every billing unit of an organisation, by code. */
export async function listUnits(read: Read, organisationId: OrganisationId): Promise<BillingUnit[]> {
  const found = await rows<UnitRow>(
    read,
    sql`${UNIT} where u.organisation_id = ${organisationId} order by u.code`,
  )
  return found.map(toUnit)
}

/** One billing unit, by its id. */
export async function findUnit(
  read: Read,
  organisationId: OrganisationId,
  id: BillingUnitId,
): Promise<BillingUnit | undefined> {
  const found = await row<UnitRow>(
    read,
    sql`${UNIT} where u.organisation_id = ${organisationId} and u.id = ${id}`,
  )
  return found && toUnit(found)
}

/** The billing units a family deals with, by code: a payment is for one of these, and for no other. */
export async function listFamilyUnits(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<BillingUnit[]> {
  const found = await rows<UnitRow>(
    read,
    sql`${UNIT}
      join family_unit f on f.organisation_id = u.organisation_id and f.billing_unit_id = u.id
      where u.organisation_id = ${organisationId} and f.family_id = ${familyId} order by u.code`,
  )
  return found.map(toUnit)
}

type OrganisationRow = Omit<Organisation, 'openingHours' | 'vatMention' | 'dataContact'> & {
  opening_hours: string
  vat_mention: string
  data_contact: string
}

const toOrganisation = (found: OrganisationRow): Organisation => ({
  id: found.id,
  slug: found.slug,
  name: found.name,
  siret: found.siret,
  address: found.address,
  phone: found.phone,
  email: found.email,
  openingHours: found.opening_hours,
  vatMention: found.vat_mention,
  dataContact: found.data_contact,
})

/** Every organisation of this deployment, by slug. */
export async function listOrganisations(read: Read): Promise<Organisation[]> {
  const found = await rows<OrganisationRow>(read, sql`select * from organisation order by slug`)
  return found.map(toOrganisation)
}

export async function findOrganisation(read: Read, id: OrganisationId): Promise<Organisation | undefined> {
  const found = await row<OrganisationRow>(read, sql`select * from organisation where id = ${id}`)
  return found && toOrganisation(found)
}

/** The establishments of an organisation, by code. */
export async function listEstablishments(
  read: Read,
  organisationId: OrganisationId,
): Promise<Establishment[]> {
  return rows<Establishment>(
    read,
    sql`select id, billing_unit_id as "billingUnitId", code, name, address, phone
      from establishment where organisation_id = ${organisationId} order by code`,
  )
}
