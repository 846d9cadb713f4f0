// npm run seed:large -- --families N --months M: a database of the size of a large deployment, to measure
// on. Resumable: killed at any point, the same command goes on. DATA_DIR names its folder.
import { parseArgs } from 'node:util'
import { openServices } from '../src/boot.ts'
import { DEMO_PASSWORD } from '../src/demo/load-demo.ts'
import { clusterFolder } from '../src/platform/open-server.ts'
import { parseConfig } from '../src/platform/config.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { createLog } from '../src/platform/log.ts'
import { identifierIn } from './large/family-rows.ts'
import { load, Refused } from './large/load.ts'
import { STAFF } from './large/organisation.ts'
import { checkRules } from './large/rules.ts'
import { SETTINGS } from './large/settings.ts'

const { values } = parseArgs({ options: { families: { type: 'string' }, months: { type: 'string' } } })
const families = Number(values.families ?? 100_000)
const months = Number(values.months ?? 36)
if (!Number.isInteger(families) || families < 1 || !Number.isInteger(months) || months < 1)
  stop('--families and --months are whole numbers, such as --families 100000 --months 36.')
const parsed = parseConfig({ ...process.env, DATA_DIR: process.env['DATA_DIR'] ?? '.data-large' })
if (!parsed.ok) stop(parsed.problems.map((one) => one.sentence).join('\n'))
const { config } = parsed

// Started here with room to write; what follows joins it.
const server =
  config.databaseUrl === undefined
    ? await startEmbeddedPostgres(clusterFolder(config), { bin: config.pgBin, settings: SETTINGS })
    : undefined
const opened = await openServices(config, createLog('warn'))
try {
  const start = performance.now()
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(0)} s`
  let told = 0
  await load(opened.services, { families, months }, (done, all) => {
    const percent = Math.floor((100 * done) / all)
    if (percent > told) console.log(`${(told = percent)} % after ${seconds()}`)
  })
  console.log(`loaded after ${seconds()}`)
  const broken = await checkRules(opened.services.db)
  for (const one of broken) console.error(one)
  console.log(
    `rules checked after ${seconds()}: ${broken.length === 0 ? 'all hold' : `${broken.length} broken`}`,
  )
  const { rows } = await opened.services.db.pool.query<{ size: string }>(
    'select pg_size_pretty(pg_database_size(current_database())) as size',
  )
  console.log(`${rows[0]?.size ?? ''} on disk; sign in as ${STAFF} or ${identifierIn(0)}, ${DEMO_PASSWORD}`)
  if (broken.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof Refused)) throw error
  console.error(error.message)
  process.exitCode = 2
} finally {
  await opened.close()
  await server?.stop()
}
process.exit()

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
