// npm run torture -- --payments 2000 --seed 7: the verdict as JSON on stdout, how it goes on stderr,
// and the exit status 0 on PASS only.
import { parseArgs } from 'node:util'
import { torture } from './run.ts'

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '7' },
  },
})

const [payments, seed] = [wholeNumber('payments', values.payments), wholeNumber('seed', values.seed)]
const verdict = await torture({ payments, seed }, (text) => process.stderr.write(`${text}\n`))
process.stdout.write(`${JSON.stringify(verdict)}\n`)
process.exit(verdict.verdict === 'PASS' ? 0 : 1)

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  process.stderr.write(`--${name} is a whole number, not « ${text} ».\n`)
  process.exit(2)
}
