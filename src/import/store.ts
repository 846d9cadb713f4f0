// Reads, by sets of keys, what an import may meet. Every statement is one look-up by an index, of so
// many keys that it ends well before the time a statement is given.
import type { OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import {
  type Known,
  type KnownAdult,
  type KnownChild,
  type KnownEstablishment,
  type KnownFamily,
  type KnownInvoice,
  type KnownOpening,
  type KnownPayment,
  type KnownUnit,
  openingInvoiceKey,
} from './known.ts'
import type { Records } from './records.ts'

/** What the portal holds of everything these records name. */
export async function findKnown(
  read: Read,
  organisationId: OrganisationId,
  records: Records,
): Promise<Known> {
  const families = [
    ...keysOf(records.families),
    ...[records.adults, records.children, records.invoices, records.payments, records.openings].flatMap(
      (list) => list.map((one) => one.family),
    ),
  ]
  const children = [...keysOf(records.children), ...records.lines.map((one) => one.child)]
  const numbers = [
    ...records.invoices.map((one) => one.number),
    ...records.payments.flatMap((one) => one.invoices),
  ]
  const byNumber = await inChunks(numbers, (some) => listInvoices(read, organisationId, [], some))
  const byOwnKey = await inChunks(keysOf(records.invoices), (some) =>
    listInvoices(read, organisationId, some, []),
  )
  const known = <T>(keys: readonly string[], list: List<T>) =>
    inChunks(keys, (some) => list(read, organisationId, some))
  return {
    units: byCode(await listUnits(read, organisationId)),
    establishments: byCode(await listEstablishments(read, organisationId)),
    families: byKey(await known(families, listFamilies)),
    adults: byKey(await known(keysOf(records.adults), listAdults)),
    children: byKey(await known(children, listChildren)),
    invoices: new Map(byOwnKey.flatMap((one) => (one.key === null ? [] : [[one.key, one] as const]))),
    invoicesByNumber: new Map([...byOwnKey, ...byNumber].map((one) => [one.number, one])),
    payments: byKey(await known(keysOf(records.payments), listPayments)),
    openings: byKey(await known(keysOf(records.openings), listOpenings)),
  }
}

type List<T> = (read: Read, organisationId: OrganisationId, keys: string[]) => Promise<T[]>

const CHUNK = 2_000

async function inChunks<T>(keys: readonly string[], list: (some: string[]) => Promise<T[]>): Promise<T[]> {
  const wanted = [...new Set(keys)].filter((key) => key !== '')
  const found: T[] = []
  for (let start = 0; start < wanted.length; start += CHUNK)
    for (const one of await list(wanted.slice(start, start + CHUNK))) found.push(one)
  return found
}

const keysOf = (records: readonly { readonly key: string }[]): string[] => records.map((one) => one.key)
const byKey = <T extends { readonly key: string }>(list: readonly T[]) =>
  new Map(list.map((one) => [one.key, one]))
const byCode = <T extends { readonly code: string }>(list: readonly T[]) =>
  new Map(list.map((one) => [one.code, one]))

const listUnits = (read: Read, organisationId: OrganisationId) =>
  rows<KnownUnit>(
    read,
    sql`select id, code, series, series_source as "seriesSource", visibility_delay_hours as "visibilityDelayHours"
      from billing_unit where organisation_id = ${organisationId}`,
  )

const listEstablishments = (read: Read, organisationId: OrganisationId) =>
  rows<KnownEstablishment>(
    read,
    sql`select id, code, billing_unit_id as "unitId"
      from establishment where organisation_id = ${organisationId} order by code`,
  )

const listFamilies = (read: Read, organisationId: OrganisationId, keys: string[]) =>
  rows<KnownFamily>(
    read,
    sql`select f.id, f.external_key as key, f.name, f.address, f.postal_code as "postalCode", f.city,
        array(select u.code from family_unit fu
          join billing_unit u on u.organisation_id = fu.organisation_id and u.id = fu.billing_unit_id
          where fu.organisation_id = f.organisation_id and fu.family_id = f.id) as units,
        (select trim(a.last_name || ' ' || a.first_name) from adult a
          where a.organisation_id = f.organisation_id and a.family_id = f.id and a.role = 'payer'
          order by a.created_at, a.external_key, a.id limit 1) as payer
      from family f where f.organisation_id = ${organisationId} and f.external_key = any(${keys})`,
  )

const listAdults = (read: Read, organisationId: OrganisationId, keys: string[]) =>
  rows<KnownAdult>(
    read,
    sql`select a.id, a.external_key as key, f.external_key as family, a.role, a.first_name as "firstName",
        a.last_name as "lastName", coalesce(l.email, a.email) as email, a.mobile,
        l.id as "loginId", l.activated_at as "activatedAt"
      from adult a
      join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      left join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
      where a.organisation_id = ${organisationId} and a.external_key = any(${keys})`,
  )

const listChildren = (read: Read, organisationId: OrganisationId, keys: string[]) =>
  rows<KnownChild>(
    read,
    sql`select c.id, c.external_key as key, f.external_key as family, c.first_name as "firstName",
        c.last_name as "lastName", c.born_on as "bornOn"
      from child c
      join family f on f.organisation_id = c.organisation_id and f.id = c.family_id
      where c.organisation_id = ${organisationId} and c.external_key = any(${keys})`,
  )

const listInvoices = (read: Read, organisationId: OrganisationId, keys: string[], numbers: string[]) =>
  rows<KnownInvoice>(
    read,
    sql`select i.id, i.external_key as key, i.number, i.billing_unit_id as "unitId",
        i.establishment_id as "establishmentId", f.external_key as family, i.issued_on as "issuedOn",
        i.period_from as "periodFrom", i.period_to as "periodTo", i.due_on as "dueOn", i.beneficiary,
        i.activity, i.referent, i.total_cents as total, b.cents as due, encode(p.sha256, 'hex') as pdf,
        coalesce((select json_agg(json_build_object('childId', l.child_id, 'childName', l.child_name,
            'happenedOn', l.happened_on, 'label', l.label, 'quantityThousandths', l.quantity_thousandths,
            'unit', l.unit_cents, 'amount', l.amount_cents, 'rateNote', l.rate_note) order by l.line)
          from invoice_line l
          where l.organisation_id = i.organisation_id and l.invoice_id = i.id), '[]') as lines
      from invoice i
      join family f on f.organisation_id = i.organisation_id and f.id = i.family_id
      join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
      left join invoice_pdf p on p.organisation_id = i.organisation_id and p.invoice_id = i.id
      where i.organisation_id = ${organisationId}
        and (i.external_key = any(${keys}) or i.number = any(${numbers}))`,
  )

const listPayments = (read: Read, organisationId: OrganisationId, keys: string[]) =>
  rows<KnownPayment>(
    read,
    sql`select p.external_key as key, p.billing_unit_id as "unitId", f.external_key as family,
        p.received_on as "receivedOn", p.method, p.amount_cents as amount
      from elsewhere_payment p
      join family f on f.organisation_id = p.organisation_id and f.id = p.family_id
      where p.organisation_id = ${organisationId} and p.external_key = any(${keys})`,
  )

/** Credits are entries of their own; debts are invoices of purpose « opening ». */
const listOpenings = (read: Read, organisationId: OrganisationId, keys: string[]) =>
  rows<KnownOpening>(
    read,
    sql`select substring(e.source_key from 7) as key, e.billing_unit_id as "unitId", f.external_key as family,
        e.value_on as "on", -p.cents as amount
      from entry e
      join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.kind = 'credit'
      join family f on f.organisation_id = a.organisation_id and f.id = a.family_id
      where e.organisation_id = ${organisationId} and e.kind = 'opening' and e.source_key = any(${keys.map((key) => `solde ${key}`)})
        and e.billing_unit_id in (select id from billing_unit where organisation_id = ${organisationId})
      union all
      select substr(i.external_key, length(${openingInvoiceKey('')}) + 1), i.billing_unit_id, f.external_key,
        i.issued_on, -i.total_cents
      from invoice i
      join family f on f.organisation_id = i.organisation_id and f.id = i.family_id
      where i.organisation_id = ${organisationId} and i.purpose = 'opening'
        and i.external_key = any(${keys.map(openingInvoiceKey)})`,
  )
