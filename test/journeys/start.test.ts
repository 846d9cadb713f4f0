// npm start as a newcomer and an operator meet it: the real program, its processes, its folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { testBrowser } from '../support/browser.ts'

const browser = await testBrowser()

const folders: string[] = []
const running = new Set<ChildProcess>()

afterEach(async () => {
  for (const child of running) await end(child, 'SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

type Started = {
  child: ChildProcess
  output: () => string
  errors: () => string
  over: Promise<number | null>
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['dist/start.mjs'], {
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const over = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code)
    })
  })
  return { child, output: () => output, errors: () => errors, over }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const over = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await over
}

const until = (started: Started, sentence: string) =>
  expect.poll(() => started.output() + started.errors(), { timeout: 30_000 }).toContain(sentence)

function place(from: number): Record<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-start-test-'))
  folders.push(folder)
  return {
    DATA_DIR: folder,
    PORT: String(from),
    BANK_PORT: String(from + 1),
    MAIL_PORT: String(from + 2),
  }
}

const answers = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' })).status < 500
  } catch {
    return false
  }
}

it('prints the addresses and the logins, stops at Ctrl-C, and finds its data again', async () => {
  const env = place(3410)
  const first = start(env)
  await until(first, 'preau-demo-2012')
  expect(first.output()).toContain('http://localhost:3410')
  expect(first.output()).toContain('http://localhost:3411')
  expect(first.output()).toContain('test.fabien')
  expect(first.errors()).toBe('')
  expect([await answers(3410), await answers(3411)]).toEqual([true, true])
  const shop = readFileSync(path.join(env['DATA_DIR'] ?? '', 'demo-shop'), 'utf8')
  first.child.kill('SIGINT')
  expect(await first.over).toBe(0)
  expect([await answers(3410), await answers(3411)]).toEqual([false, false])
  const second = start(env)
  await until(second, 'preau-demo-2012')
  expect(readFileSync(path.join(env['DATA_DIR'] ?? '', 'demo-shop'), 'utf8')).toBe(shop)
  second.child.kill('SIGTERM')
  expect(await second.over).toBe(0)
})

it('a family of the club pays by Stripe, the bank tells it by a signed event, and its machine room shows it', async () => {
  const started = start(place(3490))
  await until(started, 'preau-demo-2012')
  expect(started.output()).toContain('leroy.sam')
  const page = await browser.newPage({ locale: 'fr-FR' })
  await page.goto('http://localhost:3490/connexion')
  await page.getByLabel('Identifiant', { exact: true }).fill('leroy.sam')
  await page.getByLabel('Mot de passe', { exact: true }).fill('preau-demo-2012')
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL('http://localhost:3490/')
  await page.goto('http://localhost:3490/factures')
  await page.getByRole('button', { name: 'Payer en ligne' }).first().click()
  await page.waitForURL(/\/confirmer$/)
  const reference = /paiement\/([0-9A-Z]{26})/.exec(page.url())?.[1] ?? ''
  await page.getByRole('button', { name: 'Payer en ligne' }).click()
  await page.waitForURL(/:3491\/c\/pay\//)
  await page.getByLabel('Numéro de carte').fill('4242 4242 4242 4242')
  await page.getByLabel(/Date d’expiration/).fill('12 / 34')
  await page.getByLabel('Cryptogramme').fill('123')
  await page.getByRole('button', { name: /^Payer/ }).click()
  await page.waitForURL(`http://localhost:3490/paiement/${reference}`)
  expect(await page.locator('main').innerText()).toContain('Merci, votre paiement est accepté')
  await page.goto(`http://localhost:3491/salle-des-machines?paiement=${reference}`)
  const room = await page.locator('main').innerText()
  expect(room).toContain('API Stripe – 200')
  expect(room).toContain('Événement Stripe – 200')
  expect(room).not.toContain('Événement Stripe – 403')
  await page.close()
  started.child.kill('SIGINT')
  expect(await started.over).toBe(0)
})

it('killed outright, leaves nothing that hinders the next start', async () => {
  const env = place(3420)
  const first = start(env)
  await until(first, 'preau-demo-2012')
  first.child.kill('SIGKILL')
  await first.over
  const second = start(env)
  await until(second, 'preau-demo-2012')
  expect([await answers(3420), await answers(3421)]).toEqual([true, true])
  await end(second.child, 'SIGINT')
})

it.each([
  ['PORT', 0],
  ['BANK_PORT', 1],
  ['MAIL_PORT', 2],
])('a port already taken is told in a sentence that names %s', async (setting, offset) => {
  const env = place(3430 + offset * 10)
  const taken = createServer()
  await new Promise<void>((resolve) => {
    taken.listen(3430 + offset * 10 + offset, '127.0.0.1', resolve)
  })
  const started = start(env)
  expect(await started.over).toBe(1)
  expect(started.errors()).toContain(`Le port ${3430 + offset * 10 + offset} est déjà`)
  expect(started.errors()).toContain(setting)
  expect(started.errors()).not.toMatch(/\n\s+at /)
  await new Promise((resolve) => taken.close(resolve))
})

const PRODUCTION = {
  PREAU_MODE: 'production',
  PUBLIC_URL: 'https://portail.exemple.fr',
  MAIL_FROM: 'Portail <portail@exemple.fr>',
  SMTP_URL: 'smtp://127.0.0.1:2525',
  SECRET_KEY: 'q3fL0n2bX7rT9vWcZ5yH8kJ1mP4sD6gA',
}

it('in production says every wrong setting at once, and does not start', async () => {
  const { DATA_DIR = '', PORT = '' } = place(3460)
  const started = start({ PREAU_MODE: 'production', DATA_DIR, PORT, SECRET_KEY: 'secret' })
  expect(await started.over).toBe(1)
  for (const setting of ['SECRET_KEY', 'PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM'])
    expect(started.errors()).toContain(setting)
})

it('in production starts empty: no bank, no demo data, no default login', async () => {
  const { DATA_DIR = '', PORT = '' } = place(3470)
  const started = start({ ...PRODUCTION, DATA_DIR, PORT })
  await until(started, 'https://portail.exemple.fr')
  expect([await answers(3470), await answers(3471)]).toEqual([true, false])
  const refused = await fetch('http://127.0.0.1:3470/connexion', {
    method: 'POST',
    headers: { origin: PRODUCTION.PUBLIC_URL },
    body: new URLSearchParams({ identifiant: 'test.fabien', 'mot-de-passe': 'preau-demo-2012' }),
  })
  expect(await refused.text()).not.toContain('Se déconnecter')
  await end(started.child, 'SIGTERM')
})

it('in production refuses a database that holds the demonstration', async () => {
  const env = place(3480)
  const demo = start(env)
  await until(demo, 'preau-demo-2012')
  await end(demo.child, 'SIGINT')
  const { DATA_DIR = '', PORT = '' } = env
  const production = start({ ...PRODUCTION, DATA_DIR, PORT })
  expect(await production.over).toBe(1)
  expect(production.errors()).toContain('Cette base contient la démonstration')
})
