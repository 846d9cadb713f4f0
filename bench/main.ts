// npm run bench: every measure of the README, or those named, such as: npm run bench -- pages flood.
import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { projectFile } from '../src/platform/files.ts'

const ALL = ['pages', 'weight', 'start', 'pdf', 'verify', 'captures', 'flood', 'batch', 'signatures']
/** Only when it is named: it needs a database that `npm run seed:large` loaded. */
const NAMED = ['large']
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => ![...ALL, ...NAMED].includes(name))
if (unknown.length > 0) {
  console.error(`No such measure: ${unknown.join(', ')}. There are: ${[...ALL, ...NAMED].join(', ')}.`)
  process.exit(2)
}
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
)
for (const name of asked.length > 0 ? asked : ALL) {
  console.log(`\n## ${name}\n`)
  const ran = spawnSync(process.execPath, [projectFile(`dist/bench-${name}.mjs`)], { stdio: 'inherit' })
  if (ran.status !== 0) process.exitCode = 1
}
