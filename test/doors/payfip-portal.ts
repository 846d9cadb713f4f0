// A till at PayFiP: the portal's pages, the demonstration bank's service, and what a family does on both.
import { pino } from 'pino'
import { afterAll, expect } from 'vitest'
import { startBank } from '../../bank/start-bank.ts'
import { askBank } from '../../src/payments/gateways/ask-bank.ts'
import type { Db } from '../../src/platform/db.ts'
import { paths } from '../../src/web/paths.ts'
import { openTill } from '../support/till.ts'
import { formOf, openPaymentPortal } from './payment-portal.ts'

export const GOOD = '4970100000000055'
export const REFUSED = '4970100000000113'
/** Nobody waits ten seconds here; the ten seconds are ask-bank's own test. */
export const transport = askBank(1_000)
let clients = 600_000

/** A family with these invoices, in cents, at a service of its own. */
export async function openPayfip(
  db: Db,
  amounts: readonly number[] = [3_100],
  email: string | null = 'claire@famille.example',
) {
  const numcli = String((clients += 1))
  const bank = await startBank(
    {
      port: 0,
      host: '127.0.0.1',
      mailPort: 0,
      shopId: '20120412',
      shopKey: 'k',
      shopName: 'ifac',
      shopUrl: 'http://portail.example/',
      notificationUrl: 'http://127.0.0.1:9/nobody',
      abandonNotification: false,
      payfip: { numcli, service: 'Régie de Vieilleville' },
      testDoor: true,
      mode: 'TEST',
    },
    pino({ level: 'silent' }),
  )
  afterAll(() => bank.stop())
  const address = `http://127.0.0.1:${bank.port}`
  const till = await openTill(db, {
    now: new Date(),
    email,
    transport,
    bank: {
      gateway: 'payfip',
      mode: 'TEST',
      shopNumber: numcli,
      host: `127.0.0.1:${bank.port}`,
      settings: { address, saisie: 'T' },
      secrets: {},
    },
  })
  const invoices = await Promise.all(amounts.map((amount) => till.issue(amount)))
  const { app, payer } = await openPaymentPortal(till)
  const door = (path: string, body: object) =>
    fetch(`${address}/porte-de-test${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const choose = async (numbers = invoices.map((one) => one.number)) => {
    const page = await payer.get(paths.invoices)
    const started = await payer.post(paths.startPayment, { ...formOf(page, paths.startPayment), f: numbers })
    return /paiement\/(\w+)\//.exec(started.location ?? '')?.[1] ?? ''
  }
  const leave = async (reference: string, changes: Record<string, string> = {}) => {
    const send = paths.sendPayment(reference)
    const page = await payer.get(paths.confirmPayment(reference))
    return payer.post(send, { ...formOf(page, send), ...changes })
  }
  const idOf = (location: string | null) => new URL(location ?? '').searchParams.get('idop') ?? ''
  const atBank = async (location: string | null, action: string, fields: Record<string, string> = {}) => {
    await fetch(location ?? '', { redirect: 'manual' })
    const body = new URLSearchParams(fields)
    return fetch(`${address}/tpa/paiement/${idOf(location)}/${action}`, {
      method: 'POST',
      body,
      redirect: 'manual',
    })
  }
  const card = (location: string | null, pan: string) =>
    atBank(location, 'carte', { pan, mm: '06', aa: String(new Date().getFullYear() + 1), cvc: '123' })
  /** What PayFiP's server would send, which it cannot from here. */
  const notify = (idop: string) => {
    till.services.clock.advance(3_000)
    const path = paths.contractNotification('payfip', till.contract.id)
    return app.request(path, { method: 'POST', body: `idop=${idop}` })
  }
  const comeBack = async (reference: string, idop: string) => {
    till.services.clock.advance(3_000)
    const back = await payer.get(`${paths.paymentReturn(reference)}?idop=${idop}`)
    expect([back.status, back.location]).toEqual([303, paths.payment(reference)])
    return payer.get(paths.payment(reference))
  }
  return { till, invoices, payer, door, choose, leave, idOf, atBank, card, notify, comeBack, address }
}
