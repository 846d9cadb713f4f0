// npm run torture:gate: what a change must pass. Two thousand payments of one seed without a cent
// lost or doubled, every mutant caught on every seed, and each covered guard noticed by its own test.
// `npm run torture:gate -- run`, `mutants` or `targeted` does one of the three.
import { buildMutant, noticesMutant, runMutant } from './torture-mutant.ts'
import { makeMutant } from './mutate.ts'
import { torture } from './run.ts'

const SEED = 7
const PAYMENTS = 2_000
const MUTANT_SEEDS = [7, 11]
const MUTANT_PAYMENTS = 100
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

const PARTS: Readonly<Record<string, () => Promise<boolean>>> = {
  run: async () => {
    const verdict = await torture({ seed: SEED, payments: PAYMENTS }, say)
    tell(verdict)
    return verdict.verdict === 'PASS'
  },
  mutants: async () => {
    const left = [...MUTANTS]
    const caught: boolean[] = []
    const runNext = async (): Promise<void> => {
      for (let name = left.shift(); name; name = left.shift()) caught.push(await catchMutant(name))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, runNext))
    return caught.every((one) => one)
  },
  targeted: async () => {
    const all: boolean[] = []
    for (const mutant of COVERED) {
      const noticed = await noticesMutant(mutant)
      tell({ mutant, targeted: true, noticed })
      all.push(noticed)
    }
    return all.every((one) => one)
  },
}

const asked = process.argv.slice(2)
let isSound = true
for (const part of asked.length > 0 ? asked : Object.keys(PARTS)) {
  const run = PARTS[part]
  if (!run) {
    say(`No part « ${part} »: there are ${Object.keys(PARTS).join(', ')}.`)
    process.exit(2)
  }
  isSound = (await run()) && isSound
}
say(isSound ? 'The torture holds, and what was taken out is missed.' : 'Something is wrong: see above.')
process.exit(isSound ? 0 : 1)

/** Whether the verdict on a mutant is FAIL on every seed. */
async function catchMutant(name: string): Promise<boolean> {
  const mutant = makeMutant(name)
  let isCaught = true
  try {
    await buildMutant(mutant)
    for (const seed of MUTANT_SEEDS) {
      const found = await runMutant(mutant, { seed, payments: MUTANT_PAYMENTS }, () => {})
      const { verdict, reasons, seconds } = found
      isCaught &&= verdict === 'FAIL'
      tell({ mutant: name, seed, isCaught: verdict === 'FAIL', reasons, seconds })
    }
  } finally {
    mutant.remove()
  }
  return isCaught
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

function tell(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
