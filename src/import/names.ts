// How the people of a file are called, whether the file brings them or the portal knows them. Pure.
import type { Known } from './known.ts'
import { fullName, type Records } from './records.ts'

export type Names = {
  readonly family: (key: string) => string | undefined
  /** The first adult who pays: known, else first in the file. */
  readonly payer: (family: string) => string | undefined
  readonly child: (key: string) => { readonly name: string; readonly family: string | null } | undefined
}

/** Gathers the names once, for thousands of look-ups. */
export function namesOf(records: Records, known: Known): Names {
  const families = new Map([...known.families.values()].map((one) => [one.key, one.name]))
  for (const one of records.families) families.set(one.key, one.name)
  const payers = new Map<string, string>()
  for (const one of records.adults)
    if (one.role === 'payer' && !payers.has(one.family)) payers.set(one.family, fullName(one))
  const children = new Map<string, { name: string; family: string | null }>()
  for (const one of [...known.children.values(), ...records.children])
    children.set(one.key, { name: fullName(one), family: one.family })
  return {
    family: (key) => families.get(key),
    payer: (family) => known.families.get(family)?.payer ?? payers.get(family),
    child: (key) => (key === '' ? undefined : children.get(key)),
  }
}
