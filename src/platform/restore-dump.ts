import path from 'node:path'
import * as pg from 'pg'
import { present } from '../kernel/assert.ts'
import { DUMP, type Manifest, refused } from './backup-manifest.ts'
import { backupTexts } from './backup-texts.ts'
import type { Config } from './config.ts'
import { hashFile } from './copy-file.ts'
import { findTool } from './server-tools.ts'

/** Brings a dump back into the empty database of DATABASE_URL, entirely or not at all. */
export async function restoreDump(config: Config, folder: string, manifest: Manifest): Promise<string[]> {
  const tool = await findTool(config, 'pg_restore')
  const made = manifest.postgres.tool ?? manifest.postgres.major
  if (tool.major < made) throw refused(backupTexts.toolOlderThanDump(tool.major, made))
  const server = await lookAt(config)
  if (server.major < manifest.postgres.major)
    throw refused(backupTexts.serverOlder(manifest.postgres.major, server.major))
  if (!server.isEmpty) throw refused(backupTexts.notEmpty)
  const file = path.join(folder, DUMP)
  const expected = manifest.files.find((one) => one.path === DUMP)
  if (expected?.sha256 !== (await hashFile(file)).sha256) throw refused(backupTexts.altered(DUMP))
  await tool.run([
    '--single-transaction',
    '--exit-on-error',
    '--no-owner',
    '--no-privileges',
    '--no-password',
    `--dbname=${server.database}`,
    file,
  ])
  return []
}

/** Empty is without a table, a view, a sequence or a type of anybody's, extensions apart. */
const LOOK = `select current_setting('server_version_num')::int / 10000 as major,
  current_database() as database,
  not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
        and d.objid = c.oid and d.deptype = 'e')) as "isEmpty"`

async function lookAt(config: Config): Promise<{ major: number; database: string; isEmpty: boolean }> {
  const client = new pg.Client({ connectionString: config.databaseUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    const asked = await client.query<{ major: number; database: string; isEmpty: boolean }>(LOOK)
    return present(asked.rows[0], 'no answer')
  } finally {
    await client.end()
  }
}
