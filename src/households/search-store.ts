// The search of everything, in SQL: names by their grams, the rest by exact keys, each with an index.
import type { RawBuilder } from 'kysely'
import type { Day } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'
import { prefixGrams, type Query, slipGrams, writtenPhones } from './query.ts'

export type Whose = { readonly organisationId: OrganisationId; readonly reach: Reach }

/** Narrows to the families somebody may see: those of their units, and those that deal with none yet. */
export const visible = (
  { organisationId, reach }: Whose,
  family: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  reach === 'all'
    ? sql``
    : sql`and (not exists (select from family_unit w
          where w.organisation_id = ${organisationId} and w.family_id = ${family})
        or exists (select from family_unit w
          where w.organisation_id = ${organisationId} and w.family_id = ${family}
            and (w.billing_unit_id = any(${[...reach.unitIds]}::uuid[]) or w.billing_unit_id in (
              select e.billing_unit_id from establishment e where e.organisation_id = ${organisationId}
                and e.id = any(${[...reach.establishmentIds]}::uuid[])))))`

export type NameHit = {
  readonly kind: 'family' | 'adult' | 'child'
  readonly familyId: FamilyId
  readonly familyName: string
  readonly city: string
  readonly name: string
  /** As `plain_words` made it. */
  readonly plain: string
}

/** Families, adults and children whose name, written as `plain_words` does, `matches`. */
const listNames = (
  read: Read,
  whose: Whose,
  matches: (name: RawBuilder<unknown>) => RawBuilder<unknown>,
  limit: number,
): Promise<NameHit[]> => {
  const of = (table: 'adult' | 'child') => sql`
      (select ${sql.lit(table)} as kind, f.id as "familyId", f.name as "familyName", f.city,
          trim(p.first_name || ' ' || p.last_name) as name, p.search_name as plain
        from (select n.family_id, n.first_name, n.last_name, n.search_name from ${sql.table(table)} n
          where n.organisation_id = ${whose.organisationId} and ${matches(sql`n.search_name`)}
            ${visible(whose, sql`n.family_id`)} order by n.search_name, n.id limit ${limit}) p
        join family f on f.organisation_id = ${whose.organisationId} and f.id = p.family_id)`
  return rows(
    read,
    sql<NameHit>`(select 'family' as kind, f.id as "familyId", f.name as "familyName", f.city, f.name,
          f.search_name as plain
        from family f where f.organisation_id = ${whose.organisationId} and ${matches(sql`f.search_name`)}
          ${visible(whose, sql`f.id`)} order by f.search_name, f.id limit ${limit})
      union all ${of('adult')} union all ${of('child')}`,
  )
}

/** Names of which every word typed begins a word, whatever the order. */
export const findNames = (
  read: Read,
  whose: Whose,
  words: readonly string[],
  limit: number,
): Promise<NameHit[]> => {
  const grams = [...new Set(words.flatMap(prefixGrams))]
  const patterns = words.map((word) => `% ${word}%`)
  return listNames(
    read,
    whose,
    (name) => sql`grams(${name}) @> ${grams}::text[] and ' ' || ${name} like all(${patterns}::text[])`,
    limit,
  )
}

/** Names that may be one slip away from the longest word typed; the caller keeps those that are. */
export const findNamesNear = async (
  read: Read,
  whose: Whose,
  words: readonly string[],
  limit: number,
): Promise<NameHit[]> => {
  const longest = words.reduce((one, other) => (other.length > one.length ? other : one), '')
  const sets = slipGrams(longest)
  if (sets.length === 0) return []
  return listNames(
    read,
    whose,
    (name) =>
      sql`(${sql.join(
        sets.map((set) => sql`grams(${name}) @> ${[...set]}::text[]`),
        sql` or `,
      )})`,
    limit,
  )
}

export type ObjectHit = {
  readonly kind: 'invoice' | 'receipt' | 'online' | 'desk' | 'adult'
  readonly familyId: FamilyId
  readonly familyName: string
  /** A number or a reference, as people quote it. */
  readonly label: string
  readonly cents: Cents | null
  readonly on: Day | null
}

/** Invoices, receipts, payments, cheques, phones and addresses that are what was typed. */
export async function findObjects(
  read: Read,
  whose: Whose,
  query: Query,
  limit: number,
): Promise<ObjectHit[]> {
  const { organisationId } = whose
  const { amount, numbers, digits, reference, mobile, email } = query
  const asked: RawBuilder<ObjectHit>[] = []
  const ask = (wanted: boolean, part: RawBuilder<unknown>, order = sql`3`) => {
    if (wanted)
      asked.push(sql<ObjectHit>`(${part} ${visible(whose, sql`f.id`)} order by ${order} limit ${limit})`)
  }
  const family = (owner: RawBuilder<unknown>) =>
    sql`join family f on f.organisation_id = ${organisationId} and f.id = ${owner}`
  const invoice = sql`select 'invoice' as kind, f.id as "familyId", f.name as "familyName", i.number as label,
      i.total_cents as cents, i.issued_on as "on" from invoice i ${family(sql`i.family_id`)}
    where i.organisation_id = ${organisationId}`
  const series = sql`array(select u.series || lpad(${digits ?? ''}, 6, '0') from billing_unit u
    where u.organisation_id = ${organisationId})`
  ask(numbers.length > 0, sql`${invoice} and i.number = any(${[...numbers]})`)
  ask(digits !== undefined && digits.length <= 9, sql`${invoice} and i.number = any(${series})`)
  ask(amount !== undefined, sql`${invoice} and i.total_cents = ${amount ?? null}::bigint`, sql`6 desc, 4`)
  const receipt = sql`select 'receipt', f.id, f.name, r.number, null::bigint, null::date
    from receipt r ${family(sql`r.family_id`)} where r.organisation_id = ${organisationId}`
  ask(numbers.length > 0, sql`${receipt} and r.number = any(${[...numbers]})`)
  const online = sql`select 'online', f.id, f.name, c.bank_transaction, c.amount_cents,
      (c.captured_at at time zone 'Europe/Paris')::date
    from capture c ${family(sql`c.family_id`)} where c.organisation_id = ${organisationId}`
  ask(amount !== undefined, sql`${online} and c.amount_cents = ${amount ?? null}::bigint`, sql`6 desc, 4`)
  ask(digits !== undefined, sql`${online} and c.authorisation = ${digits ?? ''}`)
  const attempt = sql`select 'online', f.id, f.name, t.reference, t.amount_cents,
      (t.created_at at time zone 'Europe/Paris')::date
    from payment_reference q
    join payment_attempt t on t.organisation_id = q.organisation_id and t.id = q.attempt_id
    ${family(sql`t.family_id`)} where q.organisation_id = ${organisationId}`
  ask(
    reference !== undefined,
    sql`${attempt} and right(q.reference, 8) = right(${reference ?? ''}, 8)
    and q.reference like '%' || ${reference ?? ''}`,
  )
  const desk = sql`select 'desk', f.id, f.name, d.mark, d.amount_cents, d.received_on
    from desk_payment d ${family(sql`d.family_id`)} where d.organisation_id = ${organisationId}`
  ask(digits !== undefined, sql`${desk} and d.mark = ${digits ?? ''} and d.mark <> ''`)
  ask(amount !== undefined, sql`${desk} and d.amount_cents = ${amount ?? null}::bigint`, sql`6 desc, 4`)
  const adult = sql`select 'adult', f.id, f.name, trim(a.first_name || ' ' || a.last_name), null::bigint, null::date
    from adult a ${family(sql`a.family_id`)} where a.organisation_id = ${organisationId}`
  const phones = writtenPhones(mobile ?? '')
  ask(mobile !== undefined, sql`${adult} and regexp_replace(a.mobile, '[^0-9+]', '', 'g') = any(${phones})`)
  ask(
    mobile !== undefined,
    sql`select 'adult', f.id, f.name, f.phone, null::bigint, null::date from family f
      where f.organisation_id = ${organisationId} and regexp_replace(f.phone, '[^0-9+]', '', 'g') = any(${phones})`,
  )
  ask(email !== undefined, sql`${adult} and lower(a.email) = ${email ?? ''}`)
  if (asked.length === 0) return []
  return rows(
    read,
    sql<ObjectHit>`select * from (${sql.join(asked, sql` union all `)})
      as hit (kind, "familyId", "familyName", label, cents, "on")`,
  )
}

export type RecentFile = { readonly familyId: FamilyId; readonly familyName: string }

/** The files this person read last, newest first. */
export const listRecentFiles = (
  read: Read,
  whose: Whose,
  staffId: string,
  limit: number,
): Promise<RecentFile[]> =>
  rows(
    read,
    sql<RecentFile>`select f.id as "familyId", f.name as "familyName" from (
        select family_id, max(id::text) as last from (
          select family_id, id from staff_act where organisation_id = ${whose.organisationId}
            and staff_id = ${staffId} order by id desc limit 200) as acts
        where family_id is not null group by family_id) as read
      join family f on f.organisation_id = ${whose.organisationId} and f.id = read.family_id
      where true ${visible(whose, sql`f.id`)} order by read.last desc limit ${limit}`,
  )

/** Whether this very family is one that somebody may see. */
export async function isVisible(read: Read, whose: Whose, familyId: FamilyId): Promise<boolean> {
  const found = await rows<{ id: FamilyId }>(
    read,
    sql`select f.id from family f
      where f.organisation_id = ${whose.organisationId} and f.id = ${familyId} ${visible(whose, sql`f.id`)}`,
  )
  return found.length > 0
}
