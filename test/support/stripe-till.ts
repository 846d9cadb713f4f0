// A real Stripe in process that tells nobody and can be asked, and a till whose account is there.
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { startBank } from '../../bank/start-bank.ts'
import type { Db } from '../../src/platform/db.ts'
import { openTill, type Till } from './till.ts'

const KEY = 'sk_test_of_the_till'
const SECRET = 'whsec_of_the_till'
let accounts = 0

export type StripeTill = Till<'stripe'> & {
  /** The bank's own names of what was sent, in order. */
  readonly sessions: () => Promise<string[]>
  /** Pays on a session's page by this card, or by this IBAN; gives the status of the bank's answer. */
  readonly pay: (session: string, means: { card: string } | { iban: string }) => Promise<number>
  /** What Stripe says at this address of its interface. */
  readonly ask: (path: string) => Promise<{ readonly [field: string]: unknown }>
  /** So many seconds pass at Stripe. */
  readonly wait: (seconds: number) => Promise<void>
}

/** Starts the bank of a file; each till then has an account of its own there. */
export async function startStripe() {
  const nobody = 'http://127.0.0.1:9/nobody'
  const bank = await startBank(
    {
      port: 0,
      host: '127.0.0.1',
      mailPort: 0,
      shopId: '12345678',
      shopKey: 'unused',
      shopName: 'ifac',
      shopUrl: 'http://portail.example/',
      notificationUrl: nobody,
      abandonNotification: false,
      testDoor: true,
      mode: 'TEST',
      payfip: { numcli: '090909', service: 'Régie' },
      stripe: { key: KEY, webhookSecret: SECRET, webhookUrl: nobody },
    },
    pino({ level: 'silent' }),
  )
  afterAll(() => bank.stop())
  return (db: Db, mode: 'per_invoice' | 'prepaid') =>
    openStripeTill(db, `http://127.0.0.1:${bank.port}`, mode)
}

async function openStripeTill(db: Db, url: string, mode: 'per_invoice' | 'prepaid'): Promise<StripeTill> {
  const till = await openTill<'stripe'>(db, {
    mode,
    now: new Date(),
    bank: {
      gateway: 'stripe',
      mode: 'TEST',
      shopNumber: `acct_till${(accounts += 1)}`,
      host: new URL(url).host,
      settings: { apiUrl: url, pageUrl: url, methods: 'card;sepa_debit' },
      secrets: { key: KEY, webhookSecret: SECRET },
    },
  })
  return {
    ...till,
    sessions: async () => {
      const sent = db
        .selectFrom('attempt_sending')
        .select('provider_reference')
        .where('organisation_id', '=', till.organisationId)
      const found = await sent.orderBy('sent_at').orderBy('number').execute()
      return found.flatMap((one) => one.provider_reference ?? [])
    },
    pay: async (session, means) => {
      const [step, fields] =
        'card' in means
          ? (['carte', { numero: means.card, expiration: '12 / 34', cryptogramme: '123' }] as const)
          : (['prelevement', { iban: means.iban }] as const)
      const body = new URLSearchParams(fields)
      const paid = await fetch(`${url}/c/pay/${session}/${step}`, {
        method: 'POST',
        body,
        redirect: 'manual',
      })
      return paid.status
    },
    ask: async (path) => {
      const asked = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${KEY}` } })
      return (await asked.json()) as { readonly [field: string]: unknown }
    },
    wait: async (advanceSeconds) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ advanceSeconds })
      await fetch(`${url}/porte-de-test/horloge`, { method: 'POST', body, headers })
    },
  }
}
