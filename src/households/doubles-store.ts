// Families that may be the one being typed, in SQL.
import { readFrenchDay } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import type { RecordKind, Values } from '../families/record.ts'
import { type Read, type RawBuilder, rows, sql } from '../platform/db.ts'
import { isNear, readQuery, writtenPhones } from './query.ts'
import { findNamesNear, visible, type Whose } from './search-store.ts'

export type Double = {
  readonly familyId: FamilyId
  readonly name: string
  readonly address: string
  readonly city: string
  readonly why: 'name' | 'phone' | 'email' | 'child'
}

const MOST = 5
const MOST_NEAR = 300

/**
 * Other families that look like this record: a family of the same name, or one slip away, in the same
 * town; the same telephone or address of mail; a child of the same name born the same day.
 */
export async function findDoubles(
  read: Read,
  whose: Whose,
  record: { readonly kind: RecordKind; readonly familyId: FamilyId; readonly values: Values },
): Promise<Double[]> {
  const { kind, values } = record
  const asked: RawBuilder<unknown>[] = []
  const ask = (
    why: Double['why'],
    wanted: boolean,
    from: RawBuilder<unknown>,
    where: RawBuilder<unknown>,
  ) => {
    if (wanted)
      asked.push(sql`(select f.id as "familyId", f.name, f.address, f.city, ${sql.lit(why)} as why from ${from}
        where f.organisation_id = ${whose.organisationId} and f.id <> ${record.familyId} and ${where}
          ${visible(whose, sql`f.id`)} limit ${MOST})`)
  }
  const member = (table: 'adult' | 'child') =>
    sql`${sql.table(table)} p join family f on f.organisation_id = p.organisation_id and f.id = p.family_id`
  const phones = writtenPhones(values['phone'] || values['mobile'] || '')
  const digits = (column: RawBuilder<unknown>) => sql`regexp_replace(${column}, '[^0-9+]', '', 'g')`
  ask('phone', phones[0] !== '', sql`family f`, sql`${digits(sql`f.phone`)} = any(${phones})`)
  ask(
    'phone',
    phones[0] !== '',
    member('adult'),
    sql`${digits(sql`p.mobile`)} = any(${phones})
    and p.organisation_id = ${whose.organisationId}`,
  )
  const email = values['email'] ?? ''
  ask(
    'email',
    email !== '',
    member('adult'),
    sql`lower(p.email) = ${email}
    and p.organisation_id = ${whose.organisationId}`,
  )
  if (kind === 'family') {
    const name = sql`plain_words(${values['name'] ?? ''})`
    ask(
      'name',
      true,
      sql`family f`,
      sql`grams(f.search_name) @> grams(${name}) and f.search_name = ${name}
      and (f.postal_code = ${values['postalCode'] ?? ''} or plain_words(f.city) = plain_words(${values['city'] ?? ''}))`,
    )
  }
  const bornOn = readFrenchDay(values['bornOn'] ?? '')
  if (kind === 'child' && bornOn) {
    const name = sql`plain_words(${`${values['lastName'] ?? ''} ${values['firstName'] ?? ''}`})`
    ask(
      'child',
      true,
      member('child'),
      sql`grams(p.search_name) @> grams(${name}) and p.search_name = ${name}
      and p.born_on = ${bornOn} and p.organisation_id = ${whose.organisationId}`,
    )
  }
  const found = asked.length === 0 ? [] : await rows<Double>(read, sql`${sql.join(asked, sql` union all `)}`)
  const near = kind === 'family' ? await findNear(read, whose, record.familyId, values) : []
  const byFamily = new Map<FamilyId, Double>()
  for (const one of [...found, ...near]) if (!byFamily.has(one.familyId)) byFamily.set(one.familyId, one)
  return [...byFamily.values()].slice(0, MOST)
}

/** Families of the same town whose name is one slip away. */
async function findNear(read: Read, whose: Whose, own: FamilyId, values: Values): Promise<Double[]> {
  const { words } = readQuery(values['name'] ?? '')
  const town = readQuery(values['city'] ?? '').words.join(' ')
  const hits = words.length === 0 ? [] : await findNamesNear(read, whose, words, MOST_NEAR)
  return hits
    .filter(({ kind, plain }) => kind === 'family' && isNear(words, plain))
    .filter(({ familyId }) => familyId !== own)
    .filter(({ plain }) => plain.split(' ').length === words.length)
    .filter(({ city }) => readQuery(city).words.join(' ') === town)
    .map(({ familyId, familyName, city }) => ({ familyId, name: familyName, address: '', city, why: 'name' }))
}
