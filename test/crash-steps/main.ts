// npm run crash-steps: each verb dies before and after each of its steps, and the story ends the same.
import { parseArgs } from 'node:util'
import { performance } from 'node:perf_hooks'
import { type Machine, openMachine, type Telling } from './run-story.ts'
import { type Death, MOMENTS, VERBS } from './step.ts'

const FEWEST_STEPS = 25
/** Of what differs, enough to see where to look. */
const SHOWN_LINES = 6
const SHOWN_LENGTH = 240

const { values } = parseArgs({
  options: { verb: { type: 'string' }, split: { type: 'string' }, lanes: { type: 'string', default: '2' } },
})
const verbs = VERBS.filter((verb) => values.verb === undefined || values.verb === verb)
if (verbs.length === 0) throw new Error(`--verb is one of ${VERBS.join(', ')}`)

const began = performance.now()
const machine = await openMachine()
const results: { telling: Telling; wrong: Map<string, string[]> }[] = []
try {
  for (const verb of verbs) {
    const telling = await machine.tell(verb, values.split)
    const wrong = await crashEverywhere(machine, telling, Number(values.lanes))
    report(telling, wrong)
    results.push({ telling, wrong })
  }
} finally {
  await machine.close()
}
console.log('\n| verb | steps | deaths | same end |\n|---|---|---|---|')
for (const { telling, wrong } of results) {
  const deaths = telling.steps.length * MOMENTS.length
  console.log(`| ${telling.verb} | ${telling.steps.length} | ${deaths} | ${deaths - wrong.size} |`)
}
const steps = results.reduce((sum, { telling }) => sum + telling.steps.length, 0)
const failed = results.reduce((sum, { wrong }) => sum + wrong.size, 0)
const seconds = ((performance.now() - began) / 1_000).toFixed(0)
console.log(`\n${steps} steps, ${steps * MOMENTS.length} deaths, ${failed} with another end, in ${seconds} s`)
const enough = values.verb !== undefined || steps >= FEWEST_STEPS
if (!enough) console.log(`fewer than ${FEWEST_STEPS} steps were seen`)
console.log(failed === 0 && enough ? 'PASS' : 'FAIL')
process.exitCode = failed === 0 && enough ? 0 : 1

function keyOf({ step, moment }: Death): string {
  return `${moment} ${step}`
}

/** What went wrong, by death: another state, or a second attempt that failed. */
async function crashEverywhere(on: Machine, telling: Telling, lanes: number): Promise<Map<string, string[]>> {
  const deaths = telling.steps.flatMap((_, index) => MOMENTS.map((moment) => ({ step: index + 1, moment })))
  const wrong = new Map<string, string[]>()
  const work = async () => {
    for (let death = deaths.shift(); death; death = deaths.shift()) {
      const found = await on.crash(telling, death).catch((error: unknown) => [String(error)])
      if (found.length > 0) wrong.set(keyOf(death), found)
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return wrong
}

function report({ verb, steps }: Telling, wrong: ReadonlyMap<string, readonly string[]>): void {
  for (const [index, name] of steps.entries()) {
    const said = MOMENTS.map((moment) => {
      const found = wrong.get(keyOf({ step: index + 1, moment }))
      return `${moment} ${found ? 'FAIL' : 'ok'}`
    })
    console.log(`${`${verb} ${index + 1}/${steps.length}`.padEnd(20)} ${name.padEnd(40)} ${said.join('  ')}`)
    for (const moment of MOMENTS)
      for (const line of wrong.get(keyOf({ step: index + 1, moment }))?.slice(0, SHOWN_LINES) ?? [])
        console.log(`    ${moment}: ${line.slice(0, SHOWN_LENGTH)}`)
  }
}
