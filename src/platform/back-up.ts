import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import * as pg from 'pg'
import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import {
  AUTOMATIC,
  CLUSTER,
  type CopiedFile,
  DUMP,
  type Manifest,
  MANIFEST_FILE,
  refused,
  SECRETS,
  stampOf,
  UNFINISHED,
} from './backup-manifest.ts'
import { backupTexts } from './backup-texts.ts'
import type { Config } from './config.ts'
import { copyCluster } from './copy-cluster.ts'
import { copyFile, hashFile, syncFolder, writeNewFile } from './copy-file.ts'
import type { ConnectionSettings } from './db.ts'
import { clusterFolder, openServer } from './open-server.ts'
import { findTool } from './server-tools.ts'

export type Backup = { readonly folder: string; readonly bytes: number; readonly secrets: readonly string[] }
type Options = {
  /** Where the dated folder goes; DATA_DIR/sauvegardes unless told. */
  readonly into?: string | undefined
  /** The secrets that a demonstration drew and keeps beside its database go along. */
  readonly withSecrets?: boolean | undefined
  /** Made by an upgrade of the schema: the name says so, and only the last few are kept. */
  readonly automatic?: boolean
}

/** What a demonstration keeps beside its database (boot.ts, start.ts). */
const KEPT_SECRETS = ['secret-key', 'demo-shop']
const AUTOMATIC_KEPT = 5

const backupsFolder = (config: Config): string => path.join(config.dataDir, 'sauvegardes')

/**
 * Backs up the database while it runs, starting the embedded one if it does not. All is written
 * and flushed under another name first: a folder that bears the name of a backup is a whole one.
 */
export async function backUp(config: Config, now: Instant, options: Options = {}): Promise<Backup> {
  const data = clusterFolder(config)
  if (config.databaseUrl === undefined && !existsSync(path.join(data, 'PG_VERSION')))
    throw refused(backupTexts.nothing(data))
  const parent = path.resolve(options.into ?? backupsFolder(config))
  const folder = path.join(parent, `sauvegarde-${stampOf(now)}${options.automatic === true ? AUTOMATIC : ''}`)
  const unfinished = `${folder}${UNFINISHED}`
  if (existsSync(folder) || existsSync(unfinished)) throw refused(backupTexts.taken(folder))
  await mkdir(parent, { recursive: true, mode: 0o700 })
  await mkdir(unfinished, { mode: 0o700 })
  try {
    const server = await openServer(config)
    let content: Content
    try {
      content = await (config.databaseUrl === undefined ? copyOf : dumpOf)(
        config,
        server.connection,
        unfinished,
      )
    } finally {
      await server.stop()
    }
    const secrets = options.withSecrets === true ? await copySecrets(config, unfinished) : []
    const manifest: Manifest = {
      format: 1,
      takenAt: now.toISOString(),
      ...content,
      folders: [...content.folders, ...(secrets.length > 0 ? [SECRETS] : [])],
      files: [...content.files, ...secrets].toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    }
    await writeNewFile(path.join(unfinished, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 1)}\n`)
    await syncFolder(unfinished)
    await rename(unfinished, folder)
    await syncFolder(parent)
    const bytes = manifest.files.reduce((sum, file) => sum + file.size, 0)
    return { folder, bytes, secrets: secrets.map((file) => path.posix.basename(file.path)) }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Leaves the last automatic backups of the folder, and no other is touched. */
export async function pruneAutomatic(config: Config): Promise<void> {
  const folder = backupsFolder(config)
  const automatic = (await readdir(folder)).filter((name) => name.endsWith(AUTOMATIC)).toSorted()
  for (const old of automatic.slice(0, -AUTOMATIC_KEPT)) {
    // Renamed first: half a backup must not bear the name of one.
    await rename(path.join(folder, old), path.join(folder, `${old}${UNFINISHED}`))
    await rm(path.join(folder, `${old}${UNFINISHED}`), { recursive: true })
  }
}

type Content = Pick<Manifest, 'kind' | 'postgres' | 'wal' | 'migrations' | 'folders' | 'files'>

async function copyOf(config: Config, connection: ConnectionSettings, target: string): Promise<Content> {
  const { postgres, migrations } = await describe(connection)
  await mkdir(path.join(target, CLUSTER), { mode: 0o700 })
  const copied = await copyCluster(connection, clusterFolder(config), path.join(target, CLUSTER))
  return {
    kind: 'cluster',
    postgres,
    wal: copied.wal,
    migrations,
    folders: [CLUSTER, ...copied.folders.map((name) => `${CLUSTER}/${name}`)],
    files: copied.files.map((file) => ({ ...file, path: `${CLUSTER}/${file.path}` })),
  }
}

async function dumpOf(config: Config, connection: ConnectionSettings, target: string): Promise<Content> {
  const tool = await findTool(config, 'pg_dump')
  const { postgres, migrations } = await describe(connection)
  if (tool.major < postgres.major) throw refused(backupTexts.toolOlder(tool.name, tool.major, postgres.major))
  const file = path.join(target, DUMP)
  await tool.run(['--format=custom', '--no-password', `--file=${file}`])
  const handle = await open(file, 'r+')
  await handle.chmod(0o600)
  await handle.sync()
  await handle.close()
  return {
    kind: 'dump',
    postgres: { ...postgres, tool: tool.major },
    migrations,
    folders: [],
    files: [{ path: DUMP, ...(await hashFile(file)) }],
  }
}

async function describe(connection: ConnectionSettings): Promise<Pick<Manifest, 'postgres' | 'migrations'>> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    const asked = await client.query<{ version: string; number: number; migrated: boolean }>(
      `select version(), current_setting('server_version_num')::int as number,
        to_regclass('migration') is not null as migrated`,
    )
    const { version, number, migrated } = present(asked.rows[0], 'no version')
    const run = migrated
      ? await client.query<{ name: string; sha256: string }>(
          'select name, sha256 from migration order by name',
        )
      : undefined
    return { postgres: { version, major: Math.floor(number / 10_000) }, migrations: run?.rows ?? [] }
  } finally {
    await client.end()
  }
}

async function copySecrets(config: Config, target: string): Promise<CopiedFile[]> {
  const found = KEPT_SECRETS.filter((name) => existsSync(path.join(config.dataDir, name)))
  if (found.length === 0) return []
  await mkdir(path.join(target, SECRETS), { mode: 0o700 })
  const files: CopiedFile[] = []
  for (const name of found) {
    const written = await copyFile(path.join(config.dataDir, name), path.join(target, SECRETS, name))
    if (written) files.push({ path: `${SECRETS}/${name}`, ...written })
  }
  await syncFolder(path.join(target, SECRETS))
  return files
}
