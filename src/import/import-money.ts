import { applyCredit } from '../billing/apply-credit.ts'
import type { NewInvoice } from '../billing/invoice.ts'
import { issueInvoice } from '../billing/issue-invoice.ts'
import { recordElsewherePayment, recordOpeningCredit } from '../billing/record-elsewhere.ts'
import { present } from '../kernel/assert.ts'
import { HOUR_MS, type Instant, later } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { negate, ZERO } from '../kernel/money.ts'
import { OPENING_SERIES } from '../organisations/description.ts'
import { row, sql, type Tx } from '../platform/db.ts'
import type { ImportedPeople } from './import-people.ts'
import { type Known, type KnownUnit, openingInvoiceKey } from './known.ts'
import type { Plan, PlannedInvoice } from './plan.ts'
import type { OpeningRecord, Visibility } from './records.ts'
import { texts } from './texts.ts'

const ACTOR = 'import'
const NUMBER_DIGITS = 6

/** Everything that the rows of one import are booked with. */
type Booking = {
  readonly tx: Tx
  readonly organisationId: OrganisationId
  readonly known: Known
  readonly people: ImportedPeople
  readonly now: Instant
}

/**
 * Issues the invoices of a plan, books its payments and opening balances, then lets new credit
 * settle what is visible. Gives the invoices issued, by number.
 */
export async function importMoney(
  tx: Tx,
  organisationId: OrganisationId,
  plan: Plan,
  known: Known,
  people: ImportedPeople,
  now: Instant,
): Promise<Map<string, InvoiceId>> {
  const booking = { tx, organisationId, known, people, now }
  const issued = new Map<string, InvoiceId>()
  for (const planned of plan.invoices.created)
    issued.set(planned.record.number, await issueInvoice(tx, invoiceOf(booking, planned), now, ACTOR))
  const credited = new Map<string, { familyId: FamilyId; billingUnitId: BillingUnitId }>()
  for (const record of [...plan.payments.created, ...plan.openings.created]) {
    if (record.amount < ZERO) continue
    const place = placeOf(booking, record)
    credited.set(`${place.familyId} ${place.billingUnitId}`, place)
  }
  for (const payment of plan.payments.created) {
    const numbers = payment.invoices.map(
      (number) => known.invoicesByNumber.get(number)?.id ?? issued.get(number),
    )
    const invoices = numbers.map((id) => present(id, `payment ${payment.key}: no such invoice`))
    const { key: externalKey, receivedOn, method, amount } = payment
    const received = { organisationId, ...placeOf(booking, payment), externalKey, receivedOn, method, amount }
    await recordElsewherePayment(tx, { ...received, invoices }, now, ACTOR)
  }
  for (const opening of plan.openings.created) await bookOpening(booking, opening)
  for (const place of credited.values()) await applyCredit(tx, { organisationId, ...place }, now)
  return issued
}

const unitOf = ({ known }: Booking, code: string): KnownUnit =>
  present(known.units.get(code), `no unit ${code}`)

function placeOf(booking: Booking, record: { unit: string; family: string }) {
  const familyId = present(booking.people.families.get(record.family), `no family ${record.family}`)
  return { familyId, billingUnitId: unitOf(booking, record.unit).id }
}

function visibleAt(booking: Booking, unit: string, visible: Visibility): Instant {
  if (visible === 'at-once') return booking.now
  if (visible !== 'after-delay') return visible
  return later(booking.now, unitOf(booking, unit).visibilityDelayHours * HOUR_MS)
}

function invoiceOf(booking: Booking, { record, lines }: PlannedInvoice): NewInvoice {
  const { organisationId, known, people } = booking
  const establishment = present(known.establishments.get(record.establishment), 'no establishment')
  return {
    organisationId,
    ...placeOf(booking, record),
    establishmentId: establishment.id,
    number: record.number,
    externalKey: record.key,
    purpose: 'sale',
    issuedOn: record.issuedOn,
    visibleAt: visibleAt(booking, record.unit, record.visible),
    dueOn: record.dueOn,
    period: record.period,
    beneficiary: record.beneficiary,
    activity: record.activity,
    referent: record.referent,
    total: record.total,
    lines: lines.map(({ record: line, childName }) => ({
      childId: people.children.get(line.child),
      childName,
      happenedOn: line.happenedOn,
      label: line.label,
      quantityThousandths: line.quantityThousandths,
      unit: line.unit,
      amount: line.amount,
      rateNote: line.rateNote,
    })),
  }
}

/** A credit is booked as it is; a debt becomes an invoice that says where it comes from. */
async function bookOpening(booking: Booking, opening: OpeningRecord): Promise<void> {
  const { tx, organisationId, known, people, now } = booking
  const place = placeOf(booking, opening)
  if (opening.amount > ZERO) {
    const credit = { organisationId, ...place, externalKey: opening.key, receivedOn: opening.on }
    return recordOpeningCredit(tx, { ...credit, amount: opening.amount }, now, ACTOR)
  }
  const total = negate(opening.amount)
  const establishment = [...known.establishments.values()].find((one) => one.unitId === place.billingUnitId)
  const family = await familyNames(tx, organisationId, people, opening.family)
  const invoice: NewInvoice = {
    organisationId,
    ...place,
    establishmentId: present(establishment, `no establishment for ${opening.unit}`).id,
    number: await nextOpeningNumber(tx, organisationId),
    externalKey: openingInvoiceKey(opening.key),
    purpose: 'opening',
    issuedOn: opening.on,
    visibleAt: visibleAt(booking, opening.unit, opening.visible),
    dueOn: undefined,
    period: undefined,
    beneficiary: family.name,
    activity: texts.openingInvoice.activity,
    referent: family.payer ?? family.name,
    total,
    lines: [
      {
        childId: undefined,
        childName: '',
        happenedOn: undefined,
        label: texts.openingInvoice.label(formatDay(opening.on)),
        quantityThousandths: 1000,
        unit: total,
        amount: total,
        rateNote: '',
      },
    ],
  }
  await issueInvoice(tx, invoice, now, ACTOR)
}

async function familyNames(
  tx: Tx,
  organisationId: OrganisationId,
  people: ImportedPeople,
  key: string,
): Promise<{ name: string; payer: string | null }> {
  const found = await row<{ name: string; payer: string | null }>(
    tx,
    sql`select f.name, (select trim(a.last_name || ' ' || a.first_name) from adult a
        where a.organisation_id = f.organisation_id and a.family_id = f.id and a.role = 'payer'
        order by a.created_at, a.external_key, a.id limit 1) as payer
      from family f where f.organisation_id = ${organisationId} and f.id = ${people.families.get(key) ?? null}`,
  )
  return present(found, `no family ${key}`)
}

/** The next number of the reserved series, without a gap: a transaction undone gives it back. */
async function nextOpeningNumber(tx: Tx, organisationId: OrganisationId): Promise<string> {
  const series = await row<{ last: number }>(
    tx,
    sql`insert into number_series as s (organisation_id, name, last) values (${organisationId}, ${OPENING_SERIES}, 1)
      on conflict (organisation_id, name) do update set last = s.last + 1 returning last`,
  )
  return OPENING_SERIES + String(present(series, 'no series').last).padStart(NUMBER_DIGITS, '0')
}
