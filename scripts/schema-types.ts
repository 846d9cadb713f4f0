// Writes src/platform/schema.ts, the types of the tables, from a database migrated just now.
// With --check it writes nothing and fails when the file is stale.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDb } from '../src/platform/db.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'

const file = path.resolve(import.meta.dirname, '../src/platform/schema.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'preau-schema-'))
const made = path.join(folder, 'schema.ts')
const server = await startEmbeddedPostgres(path.join(folder, 'pg'), { settings: ['fsync=off'] })
const db = openDb(server.connection)
try {
  await migrate(db.pool)
  const host = encodeURIComponent(path.join(folder, 'pg'))
  const url = `postgres://preau@localhost/preau?host=${host}`
  const mapping = JSON.stringify({ int8: 'Cents', date: 'Day' })
  const ran = spawnSync(
    'node_modules/.bin/kysely-codegen',
    `--dialect postgres --url ${url} --out-file ${made} --date-parser string --type-only-imports --log-level error --type-mapping ${mapping}`.split(
      ' ',
    ),
  )
  if (ran.status !== 0) throw new Error(ran.stderr.toString())
  const types =
    "import type { Day } from '../kernel/dates.ts'\nimport type { Cents } from '../kernel/money.ts'\n" +
    readFileSync(made, 'utf8')
  if (!process.argv.includes('--check')) writeFileSync(file, types)
  else if (readFileSync(file, 'utf8') !== types) {
    console.error('src/platform/schema.ts is stale: run npm run schema')
    process.exitCode = 1
  }
} finally {
  await db.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
