// Families, adults and children of an import against those known. Pure.
import type { Known, KnownAdult } from './known.ts'
import type { Plan, Sorted } from './plan.ts'
import type { Records } from './records.ts'
import { texts } from './texts.ts'

const { reasons, notes } = texts

/** Sorts the people of the file; remarks unknown references, repeated keys and moves between families. */
export function checkPeople(records: Records, known: Known, plan: Plan): void {
  const families = new Set(records.families.map((one) => one.key))
  checkFamilies(records, known, plan)
  const unknown = (family: string) => family !== '' && !families.has(family) && !known.families.has(family)
  for (const list of [records.adults, records.children, records.invoices, records.payments, records.openings])
    for (const { line, family } of list)
      if (unknown(family))
        plan.problems.push({ line, column: 'famille', value: family, reason: reasons.unknownFamily })
  checkAdults(records, known, plan)
  checkChildren(records, known, plan)
}

/** Gives each record once: a key met again in the file is remarked and left out. */
export function once<T extends { readonly line: number; readonly key: string }>(
  records: readonly T[],
  plan: Plan,
): T[] {
  const first = new Map<string, T>()
  for (const record of records) {
    const earlier = first.get(record.key)
    if (record.key === '' || !earlier) first.set(record.key === '' ? `\n${record.line}` : record.key, record)
    else
      plan.problems.push({
        line: record.line,
        column: 'clé',
        value: record.key,
        reason: reasons.keyTwice(earlier.line),
      })
  }
  return [...first.values()]
}

/** A cell of the file beside what is kept: listed, and true when they differ. */
type Change = readonly [column: string, from: string | null, to: string | undefined]

function sort<T extends { readonly line: number }, Id extends string>(
  sorted: Sorted<T, Id>,
  plan: Plan,
  record: T,
  id: Id,
  changes: readonly Change[],
): void {
  const differing = changes.filter(([, from, to]) => (from ?? '') !== (to ?? ''))
  for (const [column, from, to] of differing)
    plan.notes.push({ line: record.line, column, value: to ?? '', reason: notes.changed(from ?? '') })
  if (differing.length === 0) sorted.unchanged += 1
  else sorted.changed.push({ id, record })
}

function checkFamilies(records: Records, known: Known, plan: Plan): void {
  for (const record of once(records.families, plan)) {
    for (const code of record.units)
      if (!known.units.has(code))
        plan.problems.push({
          line: record.line,
          column: 'unités',
          value: code,
          reason: reasons.unknownUnit([...known.units.keys()]),
        })
    const current = known.families.get(record.key)
    if (!current) {
      plan.families.created.push(record)
      continue
    }
    const opened = record.units.filter((code) => !current.units.includes(code))
    sort(plan.families, plan, record, current.id, [
      ['nom', current.name, record.name],
      ['adresse', current.address, record.address],
      ['code postal', current.postalCode, record.postalCode],
      ['ville', current.city, record.city],
      ['unités', null, opened.join(' ')],
    ])
  }
}

function checkAdults(records: Records, known: Known, plan: Plan): void {
  for (const record of once(records.adults, plan)) {
    const current = known.adults.get(record.key)
    if (!current) {
      plan.adults.created.push(record)
      continue
    }
    if (current.family !== record.family) {
      plan.problems.push({
        line: record.line,
        column: 'famille',
        value: record.family,
        reason: reasons.otherFamily(current.family ?? ''),
      })
      continue
    }
    const own: Change[] = [
      ['courriel', current.email, record.email],
      ['mobile', current.mobile, record.mobile],
    ]
    sort(plan.adults, plan, ownDetails(record, current), current.id, [
      ['rôle', texts.roles[current.role], texts.roles[record.role]],
      ['prénom', current.firstName, record.firstName],
      ['nom', current.lastName, record.lastName],
      ...(current.activatedAt ? [] : own),
    ])
    if (current.activatedAt)
      for (const [column, from, to] of own)
        if (to !== undefined && to !== from)
          plan.notes.push({ line: record.line, column, value: to, reason: notes.ownDetail(from ?? '') })
  }
}

/** Once activated, e-mail and mobile are the adult's own to change, in the portal. */
function ownDetails(record: Records['adults'][number], current: KnownAdult): Records['adults'][number] {
  if (!current.activatedAt) return record
  return { ...record, email: current.email ?? undefined, mobile: current.mobile ?? undefined }
}

function checkChildren(records: Records, known: Known, plan: Plan): void {
  for (const record of once(records.children, plan)) {
    const current = known.children.get(record.key)
    if (!current) plan.children.created.push(record)
    else if (current.family === record.family)
      sort(plan.children, plan, record, current.id, [
        ['prénom', current.firstName, record.firstName],
        ['nom', current.lastName, record.lastName],
        ['date de naissance', current.bornOn, record.bornOn],
      ])
    else
      plan.problems.push({
        line: record.line,
        column: 'famille',
        value: record.family,
        reason: reasons.otherFamily(current.family ?? ''),
      })
  }
}
