import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { pino, type Logger } from 'pino'
import { openBackOffice } from './back-office.ts'
import { startClock } from './clock.ts'
import { createExchanges } from './exchanges.ts'
import { mailReceipt } from './mail-receipt.ts'
import { startMailbox } from './mailbox.ts'
import { startNotifier } from './notify.ts'
import { startPayfip } from './payfip/start-payfip.ts'
import { serveBank } from './serve-bank.tsx'
import { createStore, type Transaction } from './store.ts'
import { openTill } from './take-payments.ts'
import { openStripe } from './stripe/serve-stripe.tsx'
import { startTexts } from './texts.ts'
import type { Settings } from './settings.ts'

/** A bank at work. */
export type Bank = {
  /** Public origin. */
  readonly url: string
  readonly port: number
  readonly mailPort: number
  stop: () => Promise<void>
}

/** How long the result page may wait for the shop's answer, in milliseconds. */
const PATIENCE = 2000

const DAY = 24 * 60 * 60 * 1000

/** The remittance of the night that follows, or of so many days later. */
function captureTime({ time, order }: Transaction): number {
  const delay = Number(order.fields['vads_capture_delay'] ?? 0)
  return (Math.floor(time / DAY) + 1 + delay) * DAY
}

/** A port that cannot be had, said in one French sentence. */
function explain(error: unknown, setting: string, port: number): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new Error(startTexts.portInUse(setting, port))
  if (code === 'EACCES') return new Error(startTexts.portRefused(setting, port))
  return error instanceof Error ? error : new Error(String(error))
}

/** Starts the bank: its pages and its mail catcher. Rejects with a French sentence when a port is taken. */
export async function startBank(settings: Settings, log: Logger = pino({ level: 'warn' })): Promise<Bank> {
  const { host } = settings
  const clock = startClock()
  const store = createStore()
  const { shopKey, shopPassword } = settings
  const exchanges = createExchanges(clock, [
    shopKey,
    shopPassword,
    settings.stripe?.key,
    settings.stripe?.webhookSecret,
  ])
  let url = settings.url ?? ''

  const mailbox = await startMailbox(host, settings.mailPort, clock.now).catch((error: unknown) => {
    throw explain(error, 'MAIL_PORT', settings.mailPort)
  })
  const notifier = startNotifier({
    key: settings.shopKey,
    algorithm: settings.signature,
    notificationUrl: settings.notificationUrl,
    clock,
    exchanges,
    onFailure: ({ uuid }, { status, source }) => log.warn({ uuid, status, source }, 'notification not taken'),
  })

  const sendReceipt = async (transaction: Transaction, email: string) => {
    const payee = transaction.order.fields['vads_shop_name'] || settings.shopName
    try {
      await mailReceipt({ host, port: mailbox.port }, email, transaction, payee)
    } catch (error) {
      log.warn({ uuid: transaction.uuid, error: String(error) }, 'receipt not sent')
    }
  }

  const told = new WeakMap<Transaction, Promise<void>>()
  const backOffice = openBackOffice(store, clock)
  const till = openTill({
    clock,
    store,
    siteIds: [settings.shopId, ...(settings.otherShopIds ?? [])],
    key: settings.shopKey,
    algorithm: settings.signature,
    mode: settings.mode,
    onEnding: (transaction, email) => {
      if (transaction.ending === 'accepted' && email) void sendReceipt(transaction, email)
      if (transaction.ending === 'accepted')
        clock.at(captureTime(transaction), () => void backOffice.capture(transaction.uuid))
      if (transaction.ending === 'abandoned' && !settings.abandonNotification) return Promise.resolve()
      const telling = notifier.announce(transaction)
      told.set(transaction, telling)
      return telling
    },
  })
  // The shop is told before the buyer is sent back, but a slow shop holds nobody.
  const whenTold = async (transaction: Transaction) => {
    if (transaction.faults.delayMs) return
    await Promise.race([told.get(transaction), sleep(PATIENCE, undefined, { ref: false })])
  }

  const payfip = startPayfip({ ...settings.payfip, shopUrl: settings.shopUrl }, clock, exchanges, (idOp) =>
    log.warn({ idOp }, 'PayFiP notification not taken'),
  )

  const stripe = settings.stripe && openStripe(settings.stripe, clock, exchanges, () => url)
  const app = serveBank({
    settings,
    stripe,
    clock,
    exchanges,
    store,
    till,
    notifier,
    mailbox,
    outage: { rest: 'up' },
    payfip,
    backOffice,
    url: () => url,
    whenTold,
    log,
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(settings.port, host, listening)
  }).catch(async (error: unknown) => {
    clock.stop()
    await mailbox.stop()
    throw explain(error, 'BANK_PORT', settings.port)
  })
  const { port } = server.address() as AddressInfo
  url ||= `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${port}`

  return {
    url,
    port,
    mailPort: mailbox.port,
    stop: async () => {
      clock.stop()
      notifier.stop()
      payfip.stop()
      stripe?.stop()
      const closed = new Promise<void>((done) => server.close(() => done()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await Promise.all([closed, mailbox.stop()])
    },
  }
}
