// Everything a run stands on: a database, a bank, a mail server, the line, and families with invoices.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openServices } from '../src/boot.ts'
import { applyImport } from '../src/import/apply-import.ts'
import { DAY_MS, later, parisDay } from '../src/kernel/dates.ts'
import { formatDay } from '../src/kernel/french.ts'
import type { OrganisationId } from '../src/kernel/ids.ts'
import { setUpOrganisation } from '../src/organisations/set-up-organisation.ts'
import { type Config, parseConfig } from '../src/platform/config.ts'
import { projectFile } from '../src/platform/files.ts'
import { createLog } from '../src/platform/log.ts'
import { hashPassword, newToken } from '../src/platform/secrets.ts'
import type { Services } from '../src/platform/services.ts'
import { type Bank, startBank } from './bank.ts'
import { startDatabase, type TortureDatabase } from './database.ts'
import { type Line, openLine } from './line.ts'
import type { Plan } from './plan.ts'
import { type Environment, freePort, type Program } from './processes.ts'
import { describeOrganisation, PASSWORD, type Shop, writeRecords } from './records.ts'
import { type Sink, startSink } from './sink.ts'

export type World = {
  readonly folder: string
  readonly portalUrl: string
  readonly organisationId: OrganisationId
  readonly config: Config
  readonly env: Environment
  readonly database: TortureDatabase
  readonly bank: Bank
  readonly line: Line
  readonly sink: Sink
  /** The identifier of each adult, by the key it was imported under. */
  readonly identifiers: ReadonlyMap<string, string>
  /** The portal as `npm start` runs it. */
  readonly portal: Program
  /** The portal's own code under a clock that is so many milliseconds away, doing one thing. */
  readonly shifted: (role: 'serve' | 'pass', milliseconds: number) => Program
  /** `keep`: leave the files for whoever looks into what went wrong. */
  readonly close: (keep: boolean) => Promise<void>
}

/** Builds the world of a plan; what is prepared goes through the verbs that real records take. */
export async function buildWorld(plan: Plan): Promise<World> {
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-torture-'))
  mkdirSync(path.join(folder, 'logs'))
  const [portalPort, bankPort] = [await freePort(), await freePort()]
  const portalUrl = `http://127.0.0.1:${portalPort}`
  const shop: Shop = {
    id: '20120316',
    key: 'KeyOfTheTorturedShop',
    password: 'testpassword_of_the_torture',
    bankUrl: `http://127.0.0.1:${bankPort}`,
  }
  const database = await startDatabase(folder)
  const sink = await startSink()
  const line = await openLine(`${portalUrl}/banque/systempay/notification`, shop.key)
  const bank = await startBank({ folder, port: bankPort, shop, portalUrl, linePort: line.port })
  const env: Environment = {
    PREAU_MODE: 'production',
    HOST: '127.0.0.1',
    PORT: String(portalPort),
    PUBLIC_URL: portalUrl,
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: database.url,
    SMTP_URL: `smtp://127.0.0.1:${sink.port}?ignoreTLS=true`,
    MAIL_FROM: 'portail@organisation.example',
    SECRET_KEY: newToken(),
    TRUST_PROXY: '1',
  }
  const parsed = parseConfig(env)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const prepared = await prepare(parsed.config, plan, shop)
  const program = (file: string, more: Environment, flags: readonly string[]): Program => ({
    file: projectFile(`dist/${file}.mjs`),
    env: { ...env, ...more },
    log: path.join(folder, 'logs', `${file}.log`),
    cwd: folder,
    flags,
  })
  return {
    folder,
    portalUrl,
    config: parsed.config,
    env,
    database,
    bank,
    line,
    sink,
    ...prepared,
    identifiers: await readIdentifiers(database),
    portal: program('start', {}, memoryFlags()),
    shifted: (role, milliseconds) =>
      program('torture-portal', { TORTURE_ROLE: role, TORTURE_SHIFT_MS: String(milliseconds) }, []),
    close: async (keep) => {
      await bank.stop()
      await line.stop()
      await sink.stop()
      await database.stop()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The limits under which `npm start` runs the portal. */
function memoryFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  return scripts.start.match(/--max-\S+/g) ?? []
}

/** Organisation, families and invoices, as of yesterday. */
async function prepare(
  config: Config,
  plan: Plan,
  shop: Shop,
): Promise<{ readonly organisationId: OrganisationId }> {
  const yesterday = later(new Date(), -DAY_MS)
  const opened = await openServices(config, createLog('silent'), { now: () => yesterday })
  try {
    const { services } = opened
    const setUp = await setUpOrganisation(services, describeOrganisation(shop))
    if (!setUp.ok) throw new Error(setUp.failure.join('\n'))
    const { organisationId } = setUp.value
    const day = formatDay(parisDay(yesterday))
    const records = writeRecords(plan, day, formatDay(parisDay(later(yesterday, -DAY_MS))))
    const imported = await applyImport(services, organisationId, records, {
      now: yesterday,
      mailActivation: false,
    })
    if (!imported.ok) throw new Error(`the records of the plan: ${JSON.stringify(imported.failure)}`)
    await openLogins(services, organisationId)
    return { organisationId }
  } finally {
    await opened.close()
  }
}

/**
 * As in the demonstration: every login has one password, and the invoices count as announced, so
 * that no day of drawing and announcing them stands before the payments.
 */
async function openLogins({ db, clock }: Services, organisationId: OrganisationId): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  await db.transaction(async (tx) => {
    await tx
      .updateTable('login')
      .set({ password_hash: passwordHash, activated_at: clock.now() })
      .where('organisation_id', '=', organisationId)
      .execute()
    await tx
      .updateTable('invoice_publication')
      .set((update) => ({ published_at: update.ref('visible_at') }))
      .where('organisation_id', '=', organisationId)
      .execute()
  })
}

async function readIdentifiers(database: TortureDatabase): Promise<Map<string, string>> {
  const logins = await database.ask<{ key: string; identifier: string }>(
    `select a.external_key as key, l.identifier from login l
       join adult a on a.organisation_id = l.organisation_id and a.id = l.adult_id`,
  )
  return new Map(logins.map((one) => [one.key, one.identifier]))
}
