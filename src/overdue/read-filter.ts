import type { Context } from 'hono'
import { readId } from '../kernel/ids.ts'
import { readAmount } from '../kernel/money.ts'
import type { Problems } from '../web/form.ts'
import type { Env } from '../web/request.ts'
import { type After, AGE_NAMES, MODES, type OverdueFilter, SORTS } from './filter.ts'
import { texts } from './texts.ts'

const FILTER_FIELDS = ['unite', 'etablissement', 'age', 'minimum', 'mode', 'tri'] as const
export type TypedFilter = { readonly [name in (typeof FILTER_FIELDS)[number]]: string }

export type ReadFilter = {
  readonly typed: TypedFilter
  readonly filter: OverdueFilter
  readonly after: After | undefined
  readonly problems: Problems
}

/** The filter that an address says; what is not understood is said, and narrows nothing. */
export function readFilter(c: Context<Env>): ReadFilter {
  const typed = Object.fromEntries(
    FILTER_FIELDS.map((name) => [name, (c.req.query(name) ?? '').trim().slice(0, 100)]),
  ) as TypedFilter
  const atLeast = readAmount(typed.minimum)
  const isBad = typed.minimum !== '' && atLeast === undefined
  const filter = {
    unitId: readId<'billingUnit'>(typed.unite),
    establishmentId: readId<'establishment'>(typed.etablissement),
    age: AGE_NAMES.find((one) => one === typed.age),
    atLeast,
    mode: MODES.find((one) => one === typed.mode),
    sort: SORTS.find((one) => one === typed.tri) ?? 'age',
  } as const
  return {
    typed,
    filter,
    after: readAfter(c.req.query('apres'), filter.sort),
    problems: isBad ? [{ field: 'minimum', message: texts.badAmount }] : [],
  }
}

/** Where a page begins, as one word of the address: « 2012-03-16_family_unit » or « 4200_family_unit ». */
export const afterWord = ({ by, familyId, unitId }: After): string => `${by}_${familyId}_${unitId}`

function readAfter(word: string | undefined, sort: OverdueFilter['sort']): After | undefined {
  const [by = '', family, unit] = (word ?? '').split('_')
  const [familyId, unitId] = [readId<'family'>(family), readId<'billingUnit'>(unit)]
  const isPlace = sort === 'age' ? /^\d{4}-\d{2}-\d{2}$/.test(by) : /^\d{1,15}$/.test(by)
  return familyId && unitId && isPlace && (sort !== 'age' || !Number.isNaN(Date.parse(by)))
    ? { by, familyId, unitId }
    : undefined
}
