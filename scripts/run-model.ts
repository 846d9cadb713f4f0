// npm run model -- --runs 10000 --commands 200 --seed 7: the model beside the portal, for as long as wanted.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    commands: { type: 'string', default: '60' },
    seed: { type: 'string' },
    /** Stops at the first difference, without looking for a shorter script. */
    first: { type: 'boolean', default: false },
  },
})
const env = {
  ...process.env,
  MODEL_RUNS: values.runs,
  MODEL_COMMANDS: values.commands,
  ...(values.seed === undefined ? {} : { MODEL_SEED: values.seed }),
  ...(values.first ? { MODEL_FIRST: '1' } : {}),
}
const { status } = spawnSync('vitest', ['run', 'test/model'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
