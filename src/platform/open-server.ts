import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { refused } from './backup-manifest.ts'
import { backupTexts } from './backup-texts.ts'
import type { Config } from './config.ts'
import type { ConnectionSettings } from './db.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

export type Server = { readonly connection: ConnectionSettings; readonly stop: () => Promise<void> }

/** Where the embedded server keeps its files. */
export const clusterFolder = (config: Config): string => path.join(config.dataDir, 'pg')

/** Begins what follows the folder's name while a backup is being brought back beside it. */
export const RETURNING = '.retour-'

/** The server of the settings: the one of DATABASE_URL, or the embedded one, joined or started. */
export async function openServer(config: Config): Promise<Server> {
  if (config.databaseUrl !== undefined)
    return { connection: { connectionString: config.databaseUrl }, stop: () => Promise.resolve() }
  const folder = clusterFolder(config)
  refuseHalfReturned(folder)
  return startEmbeddedPostgres(folder, { bin: config.pgBin })
}

/** A return cut while the folders changed places: a new, empty database must not stand in for them. */
function refuseHalfReturned(folder: string): void {
  if (existsSync(folder) || !existsSync(path.dirname(folder))) return
  const beside = readdirSync(path.dirname(folder))
  const left = beside.find((name) => name.startsWith(path.basename(folder) + RETURNING))
  if (left !== undefined) throw refused(backupTexts.halfReturned(path.join(path.dirname(folder), left)))
}
