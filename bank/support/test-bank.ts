import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { startBank, type Bank } from '../start-bank.ts'
import type { Settings } from '../settings.ts'

export const SHOP_ID = '12345678'
const SHOP_KEY = '1122334455667788'
export const SHOP_PASSWORD = 'testpassword_of_the_tests'

/** A signature worked out apart from the bank's own, so that one checks the other. */
export function shopSign(fields: Record<string, string>, key = SHOP_KEY): string {
  const names = Object.keys(fields).filter((name) => name.startsWith('vads_'))
  const values = names.sort((a, b) => (a < b ? -1 : 1)).map((name) => fields[name])
  return createHmac('sha256', key)
    .update(`${values.join('+')}+${key}`)
    .digest('base64')
}

let lastTransId = 0

/** Fields of a correct form for 74,50 €, with some replaced, or left out when undefined. */
export function formFields(changes: Record<string, string | undefined> = {}): Record<string, string> {
  lastTransId += 1
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const fields: Record<string, string | undefined> = {
    vads_action_mode: 'INTERACTIVE',
    vads_amount: '7450',
    vads_ctx_mode: 'TEST',
    vads_currency: '978',
    vads_language: 'fr',
    vads_order_id: `PR-${lastTransId}`,
    vads_order_info: 'Factures TH001987 et TH002012',
    vads_page_action: 'PAYMENT',
    vads_payment_config: 'SINGLE',
    vads_return_mode: 'GET',
    vads_shop_name: 'ACCUEIL DE LOISIRS THONON',
    vads_site_id: SHOP_ID,
    vads_trans_date: stamp,
    vads_trans_id: String(lastTransId).padStart(6, '0'),
    vads_url_return: 'http://portail.example/retour',
    vads_version: 'V2',
    ...changes,
  }
  const kept = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return Object.fromEntries(kept)
}

type Shop = {
  readonly url: string
  /** Notifications received, in order. */
  readonly received: Record<string, string>[]
  /** Statuses to answer next; 200 once there are none left. */
  readonly answers: number[]
  /** Milliseconds before answering. */
  delay: number
  stop: () => Promise<void>
}

/** A shop that takes notifications. */
async function startShop(): Promise<Shop> {
  const received: Record<string, string>[] = []
  const answers: number[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      received.push(Object.fromEntries(new URLSearchParams(body)))
      const status = answers.shift() ?? 200
      setTimeout(() => {
        response.writeHead(status, status === 302 ? { location: '/ailleurs' } : {})
        response.end('OK-bien reçu')
      }, shop.delay)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const shop: Shop = {
    url: `http://127.0.0.1:${port}/notification`,
    received,
    answers,
    delay: 0,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return shop
}

export type Desk = {
  readonly bank: Bank
  readonly shop: Shop
  /** Lines the bank logged. */
  readonly logs: string[]
  /** Posts a form to the bank's payment address, signed unless told otherwise. */
  submit: (fields: Record<string, string>, signature?: string) => Promise<Response>
  /** Opens a payment page and gives its address. */
  open: (changes?: Record<string, string | undefined>) => Promise<string>
  /** Posts an action of a payment page; redirections are not followed. */
  act: (page: string, action: string, fields?: Record<string, string>) => Promise<Response>
  read: (page: string) => Promise<string>
  /** Pays with a card; the month and year are to come. */
  pay: (page: string, number: string, changes?: Record<string, string>) => Promise<Response>
  door: (path: string, body?: unknown) => Promise<unknown>
  stop: () => Promise<void>
}

/** A bank and its shop, on free ports. */
export async function openDesk(changes: Partial<Settings> = {}): Promise<Desk> {
  const shop = await startShop()
  const logs: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logs.push(line) })
  const settings: Settings = {
    port: 0,
    host: '127.0.0.1',
    mailPort: 0,
    shopId: SHOP_ID,
    shopKey: SHOP_KEY,
    shopPassword: SHOP_PASSWORD,
    shopName: 'Boutique de démonstration',
    shopUrl: 'http://portail.example/',
    notificationUrl: shop.url,
    abandonNotification: false,
    payfip: { numcli: '090909', service: 'Régie de démonstration' },
    testDoor: true,
    mode: 'TEST',
    ...changes,
  }
  const bank = await startBank(settings, log)
  const origin = `http://127.0.0.1:${bank.port}`

  const post = (address: string, fields: Record<string, string>) =>
    fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

  const desk: Desk = {
    bank,
    shop,
    logs,
    submit: (fields, signature = shopSign(fields)) =>
      post(`${origin}/vads-payment/`, { ...fields, signature }),
    open: async (formChanges) => {
      const response = await desk.submit(formFields(formChanges))
      return origin + (response.headers.get('location') ?? '/refused')
    },
    act: (page, action, fields = {}) => post(`${page}/${action}`, fields),
    read: async (page) => (await fetch(page)).text(),
    pay: async (page, number, typed = {}) => {
      await desk.act(page, 'type', {
        carte: number.startsWith('3') ? 'AMEX' : number.startsWith('5') ? 'MASTERCARD' : 'VISA',
      })
      const year = String(new Date().getFullYear() + 1)
      const code = number.startsWith('3') ? '1234' : '123'
      return desk.act(page, 'carte', { pan: number, mm: '06', aa: year, cvc: code, email: '', ...typed })
    },
    door: async (path, body) => {
      const address = `${origin}/porte-de-test/${path}`
      const asked = {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }
      return (await fetch(address, body === undefined ? {} : asked)).json()
    },
    stop: async () => {
      await bank.stop()
      await shop.stop()
    },
  }
  return desk
}
