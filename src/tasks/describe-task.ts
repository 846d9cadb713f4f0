// A task in plain French, whatever opened it. Pure.
import { formatCents } from '../kernel/french.ts'
import { cents } from '../kernel/money.ts'
import type { OpenTask } from './store.ts'
import { texts } from './texts.ts'

/** What happened, then each detail by its name; a kind or a detail not yet named is shown as it is. */
export function describeTask({ kind, details }: Pick<OpenTask, 'kind' | 'details'>): string {
  const facts = Object.entries(details)
    .filter(([name, value]) => value !== null && value !== '' && !name.endsWith('Id'))
    .map(([name, value]) => texts.fact(texts.details[name] ?? name, shown(name, value)))
  return [texts.kinds[kind] ?? kind, ...facts].join('\n  ')
}

function shown(name: string, value: unknown): string {
  if (name.endsWith('Cents') && typeof value === 'number') return formatCents(cents(value))
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}
