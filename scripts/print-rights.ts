// Writes docs/rights.md from the table in src/staff/rights.ts.
// With --check it writes nothing and fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rightsTexts } from '../src/staff/rights-texts.ts'
import { holds, RIGHTS, ROLES } from '../src/staff/rights.ts'

const file = path.resolve(import.meta.dirname, '../docs/rights.md')

/** The document: each right, in code and on screen, and the roles that hold it. */
export function rightsDocument(): string {
  const lines = RIGHTS.map((right) => [
    `\`${right}\``,
    rightsTexts.rights[right],
    ...ROLES.map((role) => (holds(role, right) ? 'yes' : '–')),
  ])
  return `# Rights of staff

Printed from \`src/staff/rights.ts\` by \`node scripts/print-rights.ts\`. Do not edit.

A role is given on the whole organisation, on a billing unit, or on an establishment, and holds there.
On screen the roles are: ${ROLES.map((role) => `${role} « ${rightsTexts.roles[role]} »`).join(', ')}.

${table(['right', 'on screen', ...ROLES], lines)}
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
  if (!process.argv.includes('--check')) writeFileSync(file, rightsDocument())
  else if (readFileSync(file, 'utf8') !== rightsDocument()) {
    console.error('docs/rights.md is stale: run node scripts/print-rights.ts')
    process.exitCode = 1
  }
}
