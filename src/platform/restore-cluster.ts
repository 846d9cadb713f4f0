import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import * as pg from 'pg'
import { CLUSTER, type Manifest, refused } from './backup-manifest.ts'
import { backupTexts } from './backup-texts.ts'
import type { Config } from './config.ts'
import { copyFile, forEachAtOnce, syncFolder, writeNewFile } from './copy-file.ts'
import { binariesMajor, isRunning, startEmbeddedPostgres } from './embedded-postgres.ts'
import { clusterFolder, RETURNING } from './open-server.ts'

/**
 * The first start ends the recovery: the log of the backup and no other, up to its end or not at
 * all, and nobody let in before.
 */
const RECOVERY = ['restore_command=exit 1', 'hot_standby=off', 'recovery_target_timeline=current']

/**
 * Brings the cluster back beside its place, opens it there, then exchanges the folders: until a
 * server has opened what the backup holds, the present folder stays what it is. Gives where that went.
 */
export async function restoreCluster(
  config: Config,
  folder: string,
  manifest: Manifest,
  options: { replace: boolean; stamp: string },
): Promise<string[]> {
  const target = clusterFolder(config)
  const major = binariesMajor(config.pgBin)
  if (major !== manifest.postgres.major) throw refused(backupTexts.otherMajor(manifest.postgres.major, major))
  if (isRunning(target)) throw refused(backupTexts.running(target))
  const occupied = existsSync(target) && (await readdir(target)).length > 0
  if (occupied && !options.replace) throw refused(backupTexts.occupied(target))

  const staged = `${target}${RETURNING}${options.stamp}`
  await mkdir(path.dirname(staged), { recursive: true, mode: 0o700 })
  await mkdir(staged, { mode: 0o700 })
  try {
    await copyBack(folder, manifest, staged)
    await open(config, staged, manifest)
  } catch (error) {
    await rm(staged, { recursive: true, force: true })
    throw error
  }

  if (isRunning(target)) throw refused(backupTexts.running(target))
  const aside = `${target}.remplace-${options.stamp}`
  if (existsSync(target)) await rename(target, aside)
  await rename(staged, target)
  await syncFolder(path.dirname(target))
  return occupied ? [aside] : []
}

/** Copies what the manifest lists and nothing else, each file checked by what was read of it. */
async function copyBack(folder: string, manifest: Manifest, staged: string): Promise<void> {
  const within = (name: string) => path.join(staged, path.posix.relative(CLUSTER, name))
  const mine = (name: string) => name.startsWith(`${CLUSTER}/`)
  const folders = manifest.folders.filter(mine)
  for (const name of folders) await mkdir(within(name), { mode: 0o700 })
  await forEachAtOnce(
    manifest.files.filter((file) => mine(file.path)),
    async (file) => {
      const written = await copyFile(path.join(folder, file.path), within(file.path))
      if (written?.sha256 !== file.sha256) throw refused(backupTexts.altered(file.path))
    },
  )
  await writeNewFile(path.join(staged, 'recovery.signal'), '')
  for (const name of folders) await syncFolder(within(name))
}

/** Starts a server on the staged folder and stops it; refuses what it cannot open as it was. */
async function open(config: Config, staged: string, manifest: Manifest): Promise<void> {
  const options = { bin: config.pgBin, settings: RECOVERY }
  const server = await startEmbeddedPostgres(staged, options).catch((error: unknown) => {
    throw refused(backupTexts.notOpening(error instanceof Error ? error.message : String(error)))
  })
  const client = new pg.Client(server.connection)
  client.on('error', () => {})
  try {
    await client.connect()
    const asked = await client.query<{ version: string; sorted: boolean; recovering: boolean }>(
      `select version(), pg_is_in_recovery() as recovering,
        (select bool_and(datcollversion is not distinct from pg_database_collation_actual_version(oid))
          from pg_database where datallowconn) as sorted`,
    )
    const [found] = asked.rows
    if (!found || found.recovering) throw refused(backupTexts.notOpening(''))
    if (!found.sorted || buildOf(found.version) !== buildOf(manifest.postgres.version))
      throw refused(backupTexts.otherBuild(manifest.postgres.version, found.version))
  } finally {
    await client.end()
    await server.stop()
  }
}

/** Minor versions read each other's files; another compiler or machine may sort otherwise. */
const buildOf = (version: string): string => version.replace(/^(\w+ \d+)\S*/, '$1')
