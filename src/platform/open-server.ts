import path from 'node:path'
import type { Config } from './config.ts'
import type { ConnectionSettings } from './db.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

export type Server = { readonly connection: ConnectionSettings; readonly stop: () => Promise<void> }

/** Where the embedded server keeps its files. */
export const clusterFolder = (config: Config): string => path.join(config.dataDir, 'pg')

/** The server of the settings: the one of DATABASE_URL, or the embedded one, joined or started. */
export async function openServer(config: Config): Promise<Server> {
  return config.databaseUrl === undefined
    ? startEmbeddedPostgres(clusterFolder(config), { bin: config.pgBin })
    : { connection: { connectionString: config.databaseUrl }, stop: () => Promise.resolve() }
}
