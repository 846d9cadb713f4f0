// What is known of an organisation before its set-up, what differs, and what must not change.
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { formatCents } from '../kernel/french.ts'
import { rows, sql, type Read } from '../platform/db.ts'
import type { OrganisationDescription, UnitDescription } from './description.ts'
import type { KeptChange } from './setting-change.ts'
import { listScreenChanges } from './setting-store.ts'
import { texts } from './texts.ts'

/** What the set-up wrote: a thing created (no field), or one setting that changed. */
export type Change = {
  readonly subject: string
  readonly field?: string
  readonly from?: string
  readonly to?: string
}

type KnownUnit = Row & { id: BillingUnitId; code: string; series: string; invoiced: boolean }
type KnownEstablishment = Row & { id: string; code: string; invoiced: boolean }
export type Row = { readonly [column: string]: unknown }
export type Known = {
  readonly organisation: (Row & { id: OrganisationId }) | undefined
  /** What was last changed on screen. */
  readonly screen: readonly KeptChange[]
  readonly units: readonly KnownUnit[]
  readonly establishments: readonly KnownEstablishment[]
}

/** Reads what a set-up may change. */
export async function findKnown(read: Read, slug: string): Promise<Known> {
  const [organisation] = await rows<Row & { id: OrganisationId }>(
    read,
    sql`select * from organisation where slug = ${slug}`,
  )
  if (!organisation) return { organisation, screen: [], units: [], establishments: [] }
  const units = await rows<KnownUnit>(
    read,
    sql`select u.*, exists (select 1 from invoice i
        where i.organisation_id = u.organisation_id and i.billing_unit_id = u.id) as invoiced
      from billing_unit u where u.organisation_id = ${organisation.id}`,
  )
  const establishments = await rows<KnownEstablishment>(
    read,
    sql`select e.*, exists (select 1 from invoice i
        where i.organisation_id = e.organisation_id and i.establishment_id = e.id) as invoiced
      from establishment e where e.organisation_id = ${organisation.id}`,
  )
  const screen = await listScreenChanges(read, organisation.id)
  return { organisation, screen, units, establishments }
}

/** A French sentence for every change that units and establishments with invoices do not allow. */
export function refuseUnits(
  known: Known,
  description: OrganisationDescription,
  policy: 'refuse' | 'keep' | 'replace' = 'refuse',
): string[] {
  const said = texts.refusals
  const refusals: string[] = []
  const described = new Map(description.units.map((one) => [one.code, one]))
  for (const one of description.units) {
    const current = known.units.find((unit) => unit.code === one.code)
    const other = known.units.find((unit) => unit.series === one.series && !described.has(unit.code))
    if (other) refusals.push(said.seriesTaken(one.code, one.series, other.code))
    if (!current?.invoiced) continue
    const onScreen = (column: string) =>
      policy !== 'replace' &&
      known.screen.some(({ subjectId, field }) => subjectId === current.id && field === column)
    const settled = Object.fromEntries(
      Object.entries(FROZEN).filter(([column]) => current[column] !== null && !onScreen(column)),
    )
    for (const change of differences(settled, current, unitRow(one), ''))
      refusals.push(said.frozen(one.code, change.field ?? '', change.from ?? '', change.to ?? ''))
  }
  for (const one of description.establishments) {
    const current = known.establishments.find((establishment) => establishment.code === one.code)
    const unit = known.units.find((unit) => unit.code === one.unit)
    if (current?.invoiced && current['billing_unit_id'] !== unit?.id) refusals.push(said.moved(one.code))
  }
  return refusals
}

/** A French sentence for every shop that another organisation of this portal holds. */
export async function refuseShops(
  read: Read,
  known: Known,
  description: OrganisationDescription,
): Promise<string[]> {
  const refusals: string[] = []
  for (const { gateway, host, shopNumber } of description.contracts) {
    const [shop] = await rows<{ organisation_id: OrganisationId }>(
      read,
      sql`select organisation_id from gateway_shop where gateway = ${gateway}
        and host = ${host} and shop_number = ${shopNumber}`,
    )
    if (shop && shop.organisation_id !== known.organisation?.id)
      refusals.push(texts.refusals.shopElsewhere(shopNumber))
  }
  return refusals
}

/** Columns, under the names their users give them in the file. */
export const ORGANISATION = {
  name: 'nom',
  siret: 'siret',
  address: 'adresse',
  phone: 'telephone',
  email: 'courriel',
  opening_hours: 'horaires',
  vat_mention: 'mentionTva',
  data_contact: 'contactDonnees',
}
const FROZEN = { mode: 'mode', series: 'serie', series_source: 'numerotation' }
export const UNIT = {
  ...FROZEN,
  name: 'nom',
  alert_threshold_cents: 'seuilAlerte',
  visibility_delay_hours: 'delaiVisibiliteHeures',
  min_payment_cents: 'paiementMinimum',
  max_payment_cents: 'paiementMaximum',
  contact: 'contact',
  other_means: 'autresMoyens',
  transfer_beneficiary: 'virement.titulaire',
  transfer_iban: 'virement.iban',
  transfer_bic: 'virement.bic',
  refund_threshold_cents: 'accordRemboursement',
  due_days: 'echeanceJours',
  online_days: 'enLigneJours',
  desk_days: 'guichetJours',
}
export const ESTABLISHMENT = { name: 'nom', address: 'adresse', phone: 'telephone' }

/** The columns that differ; one that is not wanted stays. */
export const differing = (labels: Record<string, string>, current: Row, wanted: Row): string[] =>
  Object.keys(labels).filter((column) => wanted[column] !== undefined && current[column] !== wanted[column])

/** The columns that differ, under the names their users know. */
export const differences = (
  labels: Record<string, string>,
  current: Row,
  wanted: Row,
  subject: string,
): Change[] =>
  differing(labels, current, wanted).map((column) => ({
    subject,
    field: labels[column] ?? column,
    from: shown(column, current[column]),
    to: shown(column, wanted[column]),
  }))

const MODES: Record<string, string> = { per_invoice: 'facture par facture', prepaid: 'compte rechargeable' }

/** A value of the table as people read it. */
export function shown(column: string, value: unknown): string {
  if (column.endsWith('_cents')) return formatCents(value as Cents)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? (MODES[value] ?? value) : texts.fields.none
}

/** A described unit as its table keeps it; an undecided numbering is left out. */
export const unitRow = (unit: UnitDescription) => ({
  name: unit.name,
  mode: unit.mode,
  series: unit.series,
  ...(unit.seriesSource === undefined ? {} : { series_source: unit.seriesSource }),
  alert_threshold_cents: unit.alertThreshold,
  visibility_delay_hours: unit.visibilityDelayHours,
  min_payment_cents: unit.minPayment,
  max_payment_cents: unit.maxPayment,
  contact: unit.contact,
  other_means: unit.otherMeans,
  transfer_beneficiary: unit.transfer?.beneficiary ?? null,
  transfer_iban: unit.transfer?.iban ?? null,
  transfer_bic: unit.transfer?.bic ?? null,
  refund_threshold_cents: unit.refundThreshold,
  due_days: unit.dueDays,
  online_days: unit.onlineDays,
  desk_days: unit.deskDays,
})
