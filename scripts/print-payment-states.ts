// Writes docs/payment-states.md from the table in src/payments/payment.ts.
// With --check it writes nothing and fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { EVENTS, PAGE_OF, STATES, isRunning, maySend, nextState } from '../src/payments/payment.ts'

const file = path.resolve(import.meta.dirname, '../docs/payment-states.md')

/** The document: each state, where each event leads, and what the family sees and may do. */
export function paymentStates(): string {
  const moves = STATES.map((state) => [
    `**${state}**`,
    ...EVENTS.map((event) => nextState(state, event) ?? '–'),
  ])
  const pages = STATES.map((state) => [
    `**${state}**`,
    PAGE_OF[state],
    maySend(state) ? 'yes' : 'no',
    isRunning(state) ? 'yes' : 'no',
  ])
  return `# States of a payment

Printed from \`src/payments/payment.ts\` by \`node scripts/print-payment-states.ts\`. Do not edit.

Where an event leads; « – »: it changes nothing. Every state leads to captured, because money wins
even late, and nothing leads out of captured: what follows are new facts.

${table(['from', ...EVENTS], moves)}

What the family sees at \`/paiement/:ref\`, whether it may leave for the bank (again), and whether the
attempt holds its invoices.

${table(['state', 'page', 'may be sent', 'holds'], pages)}
`
}

function table(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) =>
    Math.max(...[header, ...lines].map((line) => line[column]?.length ?? 0)),
  )
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [row(header), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n')
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) writeFileSync(file, paymentStates())
  else if (readFileSync(file, 'utf8') !== paymentStates()) {
    console.error('docs/payment-states.md is stale: run node scripts/print-payment-states.ts')
    process.exitCode = 1
  }
}
