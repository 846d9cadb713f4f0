// Writes src/platform/schema.ts, the types of the tables, from a database migrated just now.
// With --check it writes nothing and fails when the file is stale.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDb } from '../src/platform/db.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'

const file = path.resolve(import.meta.dirname, '../src/platform/schema.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'preau-schema-'))
const server = await startEmbeddedPostgres(folder, { settings: ['fsync=off'] })
const db = openDb(server.connection)
let status = 1
try {
  await migrate(db.pool)
  const url = `postgres://preau@localhost/preau?host=${encodeURIComponent(folder)}`
  const out = process.argv.includes('--check') ? ['--verify'] : []
  const made = spawnSync(
    'node_modules/.bin/kysely-codegen',
    [
      '--dialect',
      'postgres',
      '--url',
      url,
      '--out-file',
      file,
      '--date-parser',
      'string',
      '--type-mapping',
      JSON.stringify({ int8: 'Cents', date: 'Day' }),
      '--custom-imports',
      JSON.stringify({ Cents: '../kernel/money.ts', Day: '../kernel/dates.ts' }),
      '--default-schema',
      'public',
      '--include-pattern',
      'public.*',
      '--type-only-imports',
      ...out,
    ],
    { stdio: 'inherit' },
  )
  status = made.status ?? 1
} finally {
  await db.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
if (status === 0 && !process.argv.includes('--check')) {
  const text = readFileSync(file, 'utf8')
  console.log(`${path.basename(file)} : ${text.split('\n').length} lignes`)
}
process.exit(status)
