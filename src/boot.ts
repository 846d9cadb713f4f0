// From settings to services: secret, database, migrations. Shared by the portal and the command line.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { present } from './kernel/assert.ts'
import type { Instant } from './kernel/dates.ts'
import { migrateJobs } from './jobs/run-jobs.ts'
import { backUp, pruneAutomatic } from './platform/back-up.ts'
import { refused } from './platform/backup-manifest.ts'
import { backupTexts } from './platform/backup-texts.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { type ConnectionSettings, openDb } from './platform/db.ts'
import type { Log } from './platform/log.ts'
import { smtpMailer } from './platform/mailer.ts'
import { migrate } from './platform/migrate.ts'
import { openServer } from './platform/open-server.ts'
import { deriveKeys, newToken } from './platform/secrets.ts'
import type { Services } from './platform/services.ts'

export type Opened = {
  readonly services: Services
  readonly connection: ConnectionSettings
  readonly close: () => Promise<void>
}

/** Opens everything the portal stands on; throws a sentence when something cannot be had. */
export async function openServices(config: Config, log: Log, clock: Clock = systemClock): Promise<Opened> {
  const server = await openServer(config)
  const db = openDb(server.connection)
  try {
    await migrate(db.pool, () => backUpBeforeUpgrade(config, log, clock.now()))
    await migrateJobs(server.connection)
  } catch (error) {
    await db.close()
    await server.stop()
    throw error
  }
  const mailer = smtpMailer(
    config.smtpUrl ?? `smtp://127.0.0.1:${present(config.demo, 'no SMTP_URL').mailPort}?ignoreTLS=true`,
    config.mailFrom,
  )
  return {
    services: { config, db, clock, log, keys: deriveKeys(secretKey(config)), mailer },
    connection: server.connection,
    close: async () => {
      mailer.close()
      await db.close()
      await server.stop()
    },
  }
}

/** A schema only goes forward: what it was is kept first, or it stays as it is. */
async function backUpBeforeUpgrade(config: Config, log: Log, now: Instant): Promise<void> {
  try {
    const { folder } = await backUp(config, now, { automatic: true })
    await pruneAutomatic(config)
    log.info({ folder }, 'backed up before the schema is upgraded')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    if (!config.migrateWithoutBackup) throw refused(backupTexts.notMigrated(why))
    log.warn({ err: error }, 'the schema is upgraded without a backup')
  }
}

/** SECRET_KEY, or in demo mode the one drawn on first start and kept in the data folder. */
function secretKey(config: Config): string {
  return config.secretKey ?? kept(config, 'secret-key', newToken)
}

/**
 * A value drawn once and kept in the data folder, for its owner's eyes only. One of fewer words than
 * it has today was kept by an older version: `draw` is given it, to add what is missing.
 */
export function kept(config: Config, name: string, draw: (known: string) => string, words = 1): string {
  const file = path.join(config.dataDir, name)
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (known !== '' && known.split(' ').length >= words) return known
  const drawn = draw(known)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(file, drawn, { mode: 0o600 })
  chmodSync(file, 0o600)
  return drawn
}
