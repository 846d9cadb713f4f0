// npm start: the portal, and in demo mode the demonstration bank beside it and the demo data in it.
import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { liveDemoMonth } from './demo/demo-month.ts'
import { DEMO_PAYFIP, type DemoShop } from './demo/demo-organisation.ts'
import { loadDemo } from './demo/load-demo.ts'
import { refuseDemo } from './demo/refuse-demo.ts'
import { refuseWeakSignature } from './organisations/refuse-weak-signature.ts'
import { kept, openServices, type Opened } from './boot.ts'
import type { ContractId } from './kernel/ids.ts'
import { type Config, type DemoConfig, parseConfig } from './platform/config.ts'
import { projectFile } from './platform/files.ts'
import { createLog } from './platform/log.ts'
import { newToken } from './platform/secrets.ts'
import { type Portal, startPortal } from './portal.ts'
import { startTexts } from './start-texts.ts'
import { paths } from './web/paths.ts'

const BANK_START_TIMEOUT_MS = 10_000

if (existsSync('.env')) process.loadEnvFile('.env')
const parsed = parseConfig(process.env)
if (!parsed.ok) stopWith(parsed.problems.map((problem) => problem.sentence).join('\n'))
const { config } = parsed

let bank: ChildProcess | undefined
let opened: Opened | undefined
let portal: Portal | undefined
let stopping = false

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0))

try {
  const shop = config.demo && demoShop(config, config.demo)
  opened = await openServices(config, createLog(config.mode === 'demo' ? 'warn' : 'info'))
  if (shop) {
    const stripeContract = await loadDemo(opened.services, shop)
    await liveDemoMonth(opened.services, shop.id)
    // Stripe's events go to the address of one contract, which is known from here on.
    if (!config.demo?.bankElsewhere) await startBank(config, shop, stripeContract)
  } else {
    await refuseDemo(opened.services.db)
    await refuseWeakSignature(opened.services.db)
  }
  portal = await startPortal(opened.services, opened.connection)
  say(config.demo ? startTexts.demoReady(config, config.demo) : startTexts.ready(config))
} catch (error) {
  await stop(1, sentenceOf(error))
}

/** The demonstration contracts: from the settings, or drawn on first start and kept. */
function demoShop(all: Config, demo: DemoConfig): DemoShop {
  const draw = (known: string): string => {
    const token = () => newToken().slice(0, 24)
    const [
      id = randomInt(10_000_000, 99_999_999),
      key = newToken().slice(0, 16),
      password = `testpassword_${token()}`,
    ] = known.split(' ').filter((word) => word !== '')
    return `${id} ${key} ${password} sk_test_${token()} whsec_${token()}`
  }
  const [id = '', key = '', password = '', stripeKey = '', webhookSecret = ''] = kept(
    all,
    'demo-shop',
    draw,
    5,
  ).split(' ')
  return {
    id: demo.shopId ?? id,
    // A platform elsewhere gave one shop.
    secondId: demo.bankElsewhere ? undefined : secondShop(demo.shopId ?? id),
    key: demo.shopKey ?? key,
    password: demo.shopPassword ?? password,
    stripe: { key: stripeKey, webhookSecret },
  }
}

/** A shop of eight digits beside this one. */
function secondShop(id: string): string {
  return String(id === '99999999' ? Number(id) - 1 : Number(id) + 1).padStart(8, '0')
}

/** The bank is another process, as in life; it ends when this one does, however that ends. */
function startBank(all: Config, shop: DemoShop, stripeContract: ContractId | undefined): Promise<void> {
  const demo = all.demo
  if (!demo) return Promise.resolve()
  const child = fork(projectFile('dist/bank.mjs'), {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      HOST: all.host,
      BANK_PORT: String(demo.bankPort),
      BANK_URL: demo.bankUrl,
      MAIL_PORT: String(demo.mailPort),
      DEMO_SHOP_ID: shop.id,
      DEMO_OTHER_SHOP_IDS: shop.secondId ?? '',
      DEMO_SHOP_KEY: shop.key,
      DEMO_SHOP_PASSWORD: shop.password ?? '',
      SHOP_NAME: startTexts.demoShopName,
      PAYFIP_NUMCLI: DEMO_PAYFIP.numcli,
      PAYFIP_SERVICE: DEMO_PAYFIP.service,
      SHOP_URL: all.publicUrl,
      NOTIFICATION_URL: `http://127.0.0.1:${all.port}${paths.bankNotification}`,
      ...(shop.stripe && stripeContract
        ? {
            STRIPE_KEY: shop.stripe.key,
            STRIPE_WEBHOOK_SECRET: shop.stripe.webhookSecret,
            STRIPE_WEBHOOK_URL: `http://127.0.0.1:${all.port}${paths.contractNotification('stripe', stripeContract)}`,
          }
        : {}),
      BANK_TEST_DOOR: process.env['BANK_TEST_DOOR'] ?? '0',
    },
  })
  bank = child
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000)
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(startTexts.bankSilent)), BANK_START_TIMEOUT_MS)
    child.once('message', () => {
      clearTimeout(timer)
      resolve()
    })
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error(complaint.trim() || startTexts.bankSilent))
      if (portal && !stopping) void stop(1, startTexts.bankEnded)
    })
  })
}

async function stop(status: number, sentence?: string): Promise<void> {
  if (stopping) return
  stopping = true
  if (sentence !== undefined) process.stderr.write(`${sentence}\n`)
  await portal?.stop()
  bank?.kill('SIGTERM')
  await opened?.close()
  process.exit(status)
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return startTexts.portTaken(config.port)
  if (code === 'EACCES') return startTexts.portRefused(config.port)
  return error.message
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function stopWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
