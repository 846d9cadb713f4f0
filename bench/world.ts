// A database with the demonstration's records and a family of twelve invoices, and what it takes to ask for its pages.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DEMO_PASSWORD, loadDemo } from '../src/demo/load-demo.ts'
import { applyImport } from '../src/import/apply-import.ts'
import { migrateJobs } from '../src/jobs/run-jobs.ts'
import { listOrganisations } from '../src/organisations/store.ts'
import { systemClock } from '../src/platform/clock.ts'
import { parseConfig } from '../src/platform/config.ts'
import { type ConnectionSettings, openDb } from '../src/platform/db.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { createLog } from '../src/platform/log.ts'
import { smtpMailer } from '../src/platform/mailer.ts'
import { migrate } from '../src/platform/migrate.ts'
import { deriveKeys } from '../src/platform/secrets.ts'
import type { Services } from '../src/platform/services.ts'
import { buildPortal } from '../src/portal.ts'
import { recordQueries, type RecordedQuery } from './record-queries.ts'

export type BenchFamily = { readonly invoices: number; readonly cookie: string }

/** The shop of the demonstration's contract, with a key that signs. */
export const BENCH_SHOP = { id: '20120316', key: 'KeyOfTheBenchShop' }

/** The services of a measure: real database; mails go nowhere unless a server is named. */
export function benchServices(connection: ConnectionSettings, smtpUrl = 'smtp://127.0.0.1:9'): Services {
  const parsed = parseConfig({ PUBLIC_URL: 'http://localhost:3000', DATA_DIR: tmpdir(), PORT: '0' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return {
    config: parsed.config,
    db: openDb(connection),
    clock: systemClock,
    log: createLog('warn'),
    keys: deriveKeys('a secret key for measures, never for people'),
    mailer: smtpMailer(smtpUrl, parsed.config.mailFrom),
  }
}

/** Opens the world on a fresh embedded database that flushes to disk as in life. */
export async function openBenchWorld() {
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-bench-'))
  const server = await startEmbeddedPostgres(path.join(folder, 'pg'))
  const { connection } = server
  const services = benchServices(connection)
  await migrate(services.db.pool)
  await migrateJobs(connection)
  await loadDemo(services, BENCH_SHOP)
  const [organisation] = await listOrganisations(services.db)
  if (!organisation) throw new Error('no organisation')
  const imported = await applyImport(services, organisation.id, twelveInvoices(), {
    now: services.clock.now(),
    mailActivation: false,
  })
  if (!imported.ok) throw new Error(JSON.stringify(imported))
  await services.db.pool.query(`update login set activated_at = now(),
    password_hash = (select password_hash from login where identifier = 'test.fabien') where password_hash is null`)
  await services.db.pool.query('vacuum analyze')
  const app = await buildPortal(services)
  const signIn = async (identifier: string): Promise<string> => {
    const answer = await app.request('/connexion', {
      method: 'POST',
      headers: { origin: services.config.publicUrl, host: 'localhost:3000' },
      body: new URLSearchParams({ identifiant: identifier, 'mot-de-passe': DEMO_PASSWORD }),
    })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (cookie === undefined) throw new Error(`${identifier} could not sign in: ${answer.status}`)
    return cookie
  }
  const families: BenchFamily[] = [
    { invoices: 12, cookie: await signIn('douze.zoe') },
    { invoices: 60, cookie: await signIn('diallo.awa') },
  ]
  /** The queries that one page runs, and the page. */
  const record = async (family: BenchFamily): Promise<{ html: string; queries: RecordedQuery[] }> => {
    const ask = async () => (await app.request('/factures', { headers: { cookie: family.cookie } })).text()
    await ask()
    let html = ''
    const queries = await recordQueries(async () => {
      html = await ask()
    })
    return { html, queries }
  }
  const close = async () => {
    services.mailer.close()
    await services.db.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { connection, services, families, record, close }
}

function twelveInvoices(): string {
  const lines = [
    'famille;DOUZE;DOUZE;1 rue du Test;74200;Thonon-les-Bains;THONON',
    'adulte;DOUZE-1;DOUZE;payeur;Zoé;DOUZE;zoe.douze@courriel.example;',
  ]
  for (let index = 0; index < 12; index += 1) {
    const number = `TH000${301 + index}`
    const month = String(index + 1).padStart(2, '0')
    lines.push(
      `facture;${number};${number};THONON;THONON;DOUZE;05/${month}/2011;;;;DOUZE Tom;Mercredis;DOUZE Zoé;31,50;06/${month}/2011`,
      `ligne;${number};DOUZE Tom;05/${month}/2011;Mercredi;1;31,50;31,50;`,
    )
  }
  return lines.join('\n')
}
