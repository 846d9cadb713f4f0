// npm run torture -- --payments 2000 --seed 7: the verdict as JSON on stdout, how it goes on stderr,
// and the exit status 0 on PASS only. With --mutant NAME, of the product without a guard; with
// --targeted as well, the guard's own test is run on it: 0 when the test notices.
import { parseArgs } from 'node:util'
import { MutantFailure } from './mutate.ts'
import { torture } from './run.ts'
import { noticesMutant, tortureMutant } from './torture-mutant.ts'

const EXIT = { pass: 0, fail: 1, usage: 2 } as const

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '7' },
    mutant: { type: 'string' },
    targeted: { type: 'boolean', default: false },
  },
})

const [payments, seed] = [wholeNumber('payments', values.payments), wholeNumber('seed', values.seed)]
process.exit(await run())

async function run(): Promise<number> {
  try {
    const { mutant } = values
    if (mutant === undefined) return tell(await torture({ payments, seed }, say))
    if (values.targeted) {
      const noticed = await noticesMutant(mutant)
      process.stdout.write(`${JSON.stringify({ mutant, noticed })}\n`)
      return noticed ? EXIT.pass : EXIT.fail
    }
    return tell(await tortureMutant(mutant, { payments, seed }, say))
  } catch (error) {
    if (!(error instanceof MutantFailure)) throw error
    say(error.message)
    return EXIT.usage
  }
}

function tell(verdict: { readonly verdict: 'PASS' | 'FAIL' }): number {
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  return verdict.verdict === 'PASS' ? EXIT.pass : EXIT.fail
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,7}$/.test(text)) {
    say(`--${name} is a whole number, not « ${text} ».`)
    process.exit(EXIT.usage)
  }
  return Number(text)
}
