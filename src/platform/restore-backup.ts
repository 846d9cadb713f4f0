import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import type { Instant } from '../kernel/dates.ts'
import { checkPresence, type Manifest, readManifest, refused, SECRETS, stampOf } from './backup-manifest.ts'
import { backupTexts } from './backup-texts.ts'
import type { Config } from './config.ts'
import { hashFile, syncFolder, writeNewFile } from './copy-file.ts'
import { listMigrations } from './migrate.ts'
import { restoreCluster } from './restore-cluster.ts'
import { restoreDump } from './restore-dump.ts'

export type Restored = {
  readonly takenAt: Instant
  readonly secrets: readonly string[]
  /** Where what was there before now lies. */
  readonly aside: readonly string[]
}

/**
 * Brings a backup back. Everything is checked before anything is changed, and what was there is
 * moved aside when `replace` allows it, never deleted.
 */
export async function restoreBackup(
  config: Config,
  folder: string,
  now: Instant,
  options: { replace: boolean },
): Promise<Restored> {
  const manifest = await readManifest(folder)
  if ((manifest.kind === 'dump') !== (config.databaseUrl !== undefined))
    throw refused(backupTexts.otherKind(manifest.kind))
  const known = new Set(await listMigrations())
  const newer = manifest.migrations.find(({ name }) => !known.has(name))
  if (newer) throw refused(backupTexts.newer(newer.name))
  for (const file of manifest.files) await checkPresence(folder, file)
  const secrets = await readSecrets(config, folder, manifest, options.replace)

  const stamp = stampOf(now)
  const aside =
    manifest.kind === 'dump'
      ? await restoreDump(config, folder, manifest)
      : await restoreCluster(config, folder, manifest, { replace: options.replace, stamp })
  for (const { file, content } of secrets) {
    if (existsSync(file)) {
      await rename(file, `${file}.remplace-${stamp}`)
      aside.push(`${file}.remplace-${stamp}`)
    }
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
    await writeNewFile(file, content)
    await syncFolder(config.dataDir)
  }
  const written = secrets.map(({ file }) => path.basename(file))
  return { takenAt: new Date(manifest.takenAt), secrets: written, aside }
}

type Secret = { readonly file: string; readonly content: Buffer }

/** The secrets of the backup that are not in the data folder already. */
async function readSecrets(
  config: Config,
  folder: string,
  manifest: Manifest,
  replace: boolean,
): Promise<Secret[]> {
  const secrets: Secret[] = []
  for (const kept of manifest.files.filter((one) => one.path.startsWith(`${SECRETS}/`))) {
    const source = path.join(folder, kept.path)
    if ((await hashFile(source)).sha256 !== kept.sha256) throw refused(backupTexts.altered(kept.path))
    const file = path.join(config.dataDir, path.posix.basename(kept.path))
    const present = existsSync(file)
    if (present && (await hashFile(file)).sha256 === kept.sha256) continue
    if (present && !replace) throw refused(backupTexts.occupiedSecret(file))
    secrets.push({ file, content: await readFile(source) })
  }
  return secrets
}
