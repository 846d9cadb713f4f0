// The demonstration bank, built and in its own process, at noon of the next 31 December: no run meets midnight.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { projectFile } from '../../src/platform/files.ts'
import { freePort } from '../support/free-port.ts'
import { SHOP_KEY, type Shop } from '../support/till.ts'

const SHOP = '20121231'
const PASSWORD = 'testpassword_of_the_proof'
const CARD = '4970100000000055'

export type ProofBank = {
  readonly shop: Shop
  readonly noon: Date
  /** Fills the bank's pages as a family does; comes back when the bank has taken the money. */
  readonly pay: (form: readonly (readonly [string, string])[]) => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startProofBank(notificationUrl: string): Promise<ProofBank> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = fork(projectFile('dist/bank.mjs'), {
    execArgv: [],
    env: {
      PATH: process.env['PATH'],
      BANK_PORT: String(port),
      BANK_URL: url,
      MAIL_PORT: '0',
      DEMO_SHOP_ID: SHOP,
      DEMO_SHOP_KEY: SHOP_KEY,
      DEMO_SHOP_PASSWORD: PASSWORD,
      SHOP_URL: 'http://portail.example/',
      NOTIFICATION_URL: notificationUrl,
      BANK_TEST_DOOR: '1',
    },
  })
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the bank ended'))),
  ])
  const noon = nextNoon(new Date())
  const advanceSeconds = (noon.getTime() - Date.now()) / 1_000
  await fetch(`${url}/porte-de-test/horloge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds }),
  })
  const post = (address: string, fields: URLSearchParams) =>
    fetch(address, { method: 'POST', body: fields, redirect: 'manual' })
  return {
    shop: { number: SHOP, url, password: PASSWORD },
    noon,
    pay: async (form) => {
      const opened = await post(`${url}/vads-payment/`, new URLSearchParams(form.map((pair) => [...pair])))
      const page = opened.headers.get('location')
      if (page === null) throw new Error(await opened.text())
      await post(`${url}${page}/type`, new URLSearchParams({ carte: 'VISA' }))
      const aa = String(noon.getUTCFullYear() + 1)
      await post(
        `${url}${page}/carte`,
        new URLSearchParams({ pan: CARD, mm: '06', aa, cvc: '123', email: '' }),
      )
    },
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Noon UTC of the first 31 December whose noon is to come. */
function nextNoon(now: Date): Date {
  const noon = (year: number) => new Date(Date.UTC(year, 11, 31, 12))
  const year = now.getUTCFullYear()
  return noon(noon(year) > now ? year : year + 1)
}
