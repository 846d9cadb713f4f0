// npm run torture:gate: what a change must pass. Two thousand payments of one seed without a cent
// lost or doubled, every mutant caught on every seed, and each covered guard noticed by its own test.
import { makeMutant } from './mutate.ts'
import { buildMutant, noticesMutant, runMutant } from './torture-mutant.ts'
import { torture } from './run.ts'

const SEED = 7
const PAYMENTS = 2_000
const MUTANT_SEEDS = [7, 11]
const MUTANT_PAYMENTS = 120
const MUTANTS = [
  'nosig',
  'nomode',
  'noamount',
  'nolate',
  'norecon',
  'markfirst+norecon',
  'nolock+nouniq',
  'nosecond',
  'noplan',
  'doubleplan',
]
const COVERED = ['markfirst', 'nolock', 'nouniq']
/** Mutants run side by side: most of a small run is waiting for processes to come back. */
const AT_ONCE = 2

const say = (text: string) => process.stderr.write(`${text}\n`)
const tell = (result: object) => process.stdout.write(`${JSON.stringify(result)}\n`)
let isSound = true

const verdict = await torture({ seed: SEED, payments: PAYMENTS }, say)
tell(verdict)
isSound &&= verdict.verdict === 'PASS'

const left = [...MUTANTS]
const runNext = async (): Promise<void> => {
  for (let name = left.shift(); name; name = left.shift()) {
    const mutant = makeMutant(name)
    try {
      await buildMutant(mutant)
      for (const seed of MUTANT_SEEDS) {
        const found = await runMutant(mutant, { seed, payments: MUTANT_PAYMENTS }, () => {})
        const isCaught = found.verdict === 'FAIL'
        isSound &&= isCaught
        tell({ mutant: name, seed, isCaught, reasons: found.reasons, seconds: found.seconds })
      }
    } finally {
      mutant.remove()
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, runNext))

for (const name of COVERED) {
  const noticed = await noticesMutant(name)
  isSound &&= noticed
  tell({ mutant: name, targeted: true, noticed })
}
say(isSound ? 'The torture holds, and every mutant is caught.' : 'Something is wrong: see above.')
process.exit(isSound ? 0 : 1)
