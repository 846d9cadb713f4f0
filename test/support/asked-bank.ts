// A real bank in process that notifies nobody and can be asked, and a till whose shop is there.
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { type Bank, startBank } from '../../bank/start-bank.ts'
import type { Db } from '../../src/platform/db.ts'
import { openTill, SHOP_KEY, type Till } from './till.ts'

const SHOP = '20120412'
const PASSWORD = 'testpassword_of_the_till'
const ACCEPTED_CARD = '4970100000000055'
export const REFUSED_CARD = '4970100000000113'

export type AskedTill = Till & {
  readonly bankUrl: string
  /** Posts the form at the bank; gives the address of its page. */
  readonly goToBank: (form: ReadonlyMap<string, string>) => Promise<string>
  /** Types a card on a page of the bank. */
  readonly pay: (page: string, card?: string) => Promise<void>
  readonly door: (path: string, body: object) => Promise<unknown>
}

/** A till of its own bank, on today's clock since the bank refuses forms of another day. */
export async function openAskedTill(
  db: Db,
  values: {
    mode?: 'per_invoice' | 'prepaid'
    password?: string
    url?: string
    notificationUrl?: string
  } = {},
): Promise<AskedTill> {
  const bank: Bank = await startBank(
    {
      port: 0,
      host: '127.0.0.1',
      mailPort: 0,
      shopId: SHOP,
      shopKey: SHOP_KEY,
      shopPassword: PASSWORD,
      shopName: 'ifac',
      shopUrl: 'http://portail.example/',
      notificationUrl: values.notificationUrl ?? 'http://127.0.0.1:9/nobody',
      abandonNotification: false,
      payfip: { numcli: '090909', service: 'Régie de démonstration' },
      testDoor: true,
      mode: 'TEST',
    },
    pino({ level: 'silent' }),
  )
  afterAll(() => bank.stop())
  const bankUrl = `http://127.0.0.1:${bank.port}`
  const shop = { number: SHOP, url: values.url ?? bankUrl, password: values.password ?? PASSWORD }
  const till = await openTill(db, { mode: values.mode ?? 'per_invoice', now: new Date(), shop })
  const post = (address: string, fields: URLSearchParams) =>
    fetch(address, { method: 'POST', body: fields, redirect: 'manual' })
  return {
    ...till,
    bankUrl,
    goToBank: async (form) => {
      const opened = await post(`${bankUrl}/vads-payment/`, new URLSearchParams([...form]))
      const location = opened.headers.get('location')
      if (location === null) throw new Error(await opened.text())
      return bankUrl + location
    },
    pay: async (page, card = ACCEPTED_CARD) => {
      await post(`${page}/type`, new URLSearchParams({ carte: 'VISA' }))
      const aa = String(new Date().getFullYear() + 1)
      await post(`${page}/carte`, new URLSearchParams({ pan: card, mm: '06', aa, cvc: '123', email: '' }))
    },
    door: async (path, body) => {
      const headers = { 'content-type': 'application/json' }
      const asked = { method: 'POST', body: JSON.stringify(body), headers }
      return (await fetch(`${bankUrl}/porte-de-test/${path}`, asked)).json()
    },
  }
}
