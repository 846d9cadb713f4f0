// The real verbs on a real PostgreSQL, beside a model that knows nothing of them (docs/model.md).
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { play } from './play.ts'
import { REGRESSIONS } from './seeds.ts'
import { closeStage, type Lane, openLane } from './stage.ts'
import { type Script, scripts, WEIGHTS } from './steps.ts'

const setting = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
const runs = setting('MODEL_RUNS', 30)
const commands = setting('MODEL_COMMANDS', 60)
const seed = setting('MODEL_SEED', Math.floor(Math.random() * 1_000_000))

// Two runs at a time: while one waits for the database, the other computes.
const lanes = [openLane(await testDatabase()), openLane(await testDatabase())]
const done = new Map<string, number>()

async function playOut(lane: Lane, script: Script): Promise<void> {
  const run = await play(lane, script)
  for (const [act, count] of run.done) done.set(act, (done.get(act) ?? 0) + count)
  await closeStage(run.stage)
}

test.each(Object.entries(REGRESSIONS))('%s', async (_, script) => {
  await playOut(lanes[0]!, script)
})

test(
  `whatever happens, the portal and the model agree (${runs} runs of ${commands}, seed ${seed})`,
  async () => {
    const laneOf = (lane: Lane, index: number) =>
      fc.assert(
        fc.asyncProperty(scripts(commands), (script) => playOut(lane, script)),
        {
          seed: seed + index,
          numRuns: Math.ceil(runs / lanes.length),
          endOnFailure: process.env['MODEL_FIRST'] !== undefined,
        },
      )
    const started = performance.now()
    await Promise.all(lanes.map(laneOf))
    const played = [...done.values()].reduce((sum, count) => sum + count, 0)
    console.log(
      `${played} commands in ${Math.round(performance.now() - started)} ms`,
      Object.fromEntries(done),
    )
    // No act is dead: each found something to do.
    if (runs * commands >= 1_000) expect(Object.keys(WEIGHTS).filter((act) => !done.has(act))).toEqual([])
  },
  10 * 3_600_000,
)
