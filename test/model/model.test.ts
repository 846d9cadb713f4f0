import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { play } from './play.ts'
import { closeStage, openLane } from './stage.ts'
import { scripts, WEIGHTS } from './steps.ts'

const RUNS = Number(process.env['MODEL_RUNS'] ?? 20)
const COMMANDS = Number(process.env['MODEL_COMMANDS'] ?? 60)
const lane = openLane(await testDatabase())

test('the portal and the model agree', async () => {
  const done = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(scripts(COMMANDS), async (script) => {
      const run = await play(lane, script)
      for (const [act, count] of run.done) done.set(act, (done.get(act) ?? 0) + count)
      await closeStage(run.stage)
    }),
    {
      numRuns: RUNS,
      endOnFailure: process.env['MODEL_FIRST'] !== undefined,
      ...(process.env['MODEL_SEED'] ? { seed: Number(process.env['MODEL_SEED']) } : {}),
    },
  )
  console.log(Object.fromEntries(done))
  expect(Object.keys(WEIGHTS).filter((act) => !done.has(act))).toEqual([])
}, 600_000)
