// The whole thing as a family meets it: the portal on localhost, the bank on 127.0.0.1, two sites for
// cookies as in life, real SMTP between them, a clock that the test owns.
import { afterAll } from 'vitest'
import { type Bank, startBank } from '../../bank/start-bank.ts'
import { DEMO_PASSWORD, loadDemo } from '../../src/demo/load-demo.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import { parseConfig } from '../../src/platform/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { smtpMailer } from '../../src/platform/mailer.ts'
import { deriveKeys } from '../../src/platform/secrets.ts'
import type { Services } from '../../src/platform/services.ts'
import { startPortal } from '../../src/portal.ts'
import { jobHandlers, timedHandlers } from '../../src/work.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { freePort } from './free-port.ts'

export type World = {
  readonly portalUrl: string
  readonly bankUrl: string
  readonly services: Services
  readonly db: TestDatabase
  readonly shop: { readonly id: string; readonly key: string; readonly password: string }
  readonly password: string
  /** Moves the portal's clock; the bank's own is moved by its door. */
  readonly advance: (ms: number) => void
  /** Asks the bank's test door. */
  readonly door: <T = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<T>
  /** Runs the jobs that are due, timed work included, then returns. */
  readonly work: () => Promise<void>
}

/** Starts a portal with the demo data and a bank beside it, for this test file. */
export async function testWorld(): Promise<World> {
  const db = await testDatabase()
  const [port, bankPort, mailPort] = [await freePort(), await freePort(), await freePort()]
  const shop = { id: '20120316', key: 'KeyOfTheDemoShop', password: 'testpassword_of_the_world' }
  const portalUrl = `http://localhost:${port}`
  const bankUrl = `http://127.0.0.1:${bankPort}`
  const parsed = parseConfig({
    PORT: String(port),
    BANK_PORT: String(bankPort),
    BANK_URL: bankUrl,
    MAIL_PORT: String(mailPort),
    DATA_DIR: '/nonexistent',
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const { config } = parsed
  let offset = 0
  const services: Services = {
    config,
    db,
    clock: { now: () => new Date(Date.now() + offset) },
    log: createLog('warn'),
    keys: deriveKeys('a secret key for tests, never for people'),
    mailer: smtpMailer(`smtp://127.0.0.1:${mailPort}?ignoreTLS=true`, config.mailFrom),
  }
  await loadDemo(services, shop)
  const bank: Bank = await startBank({
    port: bankPort,
    host: '127.0.0.1',
    url: bankUrl,
    mailPort,
    shopId: shop.id,
    shopKey: shop.key,
    shopPassword: shop.password,
    shopName: 'ifac',
    shopUrl: portalUrl,
    notificationUrl: `http://127.0.0.1:${port}/banque/systempay/notification`,
    abandonNotification: false,
    payfip: { numcli: '090909', service: 'Régie de démonstration' },
    testDoor: true,
    mode: 'TEST',
  })
  const portal = await startPortal(services, db.connection)
  afterAll(async () => {
    await portal.stop()
    await bank.stop()
    services.mailer.close()
  })
  const handlers = [jobHandlers(services), timedHandlers(services)] as const
  return {
    portalUrl,
    bankUrl,
    services,
    db,
    shop,
    password: DEMO_PASSWORD,
    advance: (ms) => {
      offset += ms
    },
    door: async <T>(method: string, path: string, body?: object) => {
      const answer = await fetch(`${bankUrl}/porte-de-test${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      const text = await answer.text()
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
    work: async () => {
      for (const work of Object.values(handlers[1])) await work()
      await runDueJobs(db.connection, ...handlers)
    },
  }
}
