// npm run torture:night: fifty thousand payments over ten seeds; one line of JSON for each, and the
// exit status 0 when all pass.
import { torture } from './run.ts'

const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1)
const PAYMENTS = 5_000

let isSound = true
for (const seed of SEEDS) {
  const verdict = await torture({ seed, payments: PAYMENTS }, (text) => process.stderr.write(`${text}\n`))
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  isSound &&= verdict.verdict === 'PASS'
}
process.exit(isSound ? 0 : 1)
