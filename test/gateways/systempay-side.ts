// Systempay's side: its recorded messages and answers, about the order that was sent, signed anew.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseFields } from '../../src/payments/gateways/systempay/fields.ts'
import { sign } from '../../src/payments/gateways/systempay/signature.ts'
import type { Redirection, Transport } from '../../src/payments/gateway.ts'
import type { BankSide, OpenBankSide, Situation } from './bank-side.ts'

const RECORDED = path.resolve(import.meta.dirname, '../../src/payments/gateways/systempay')
const read = (name: string) => readFileSync(path.join(RECORDED, name), 'utf8').trimEnd()
const KEY = 'clef-de-test-0001'
let shops = 31_000_000

type Change = { readonly message: string; readonly answer: string; readonly fields?: Record<string, string> }
const CHANGES: Readonly<Record<Situation, Change>> = {
  paid: { message: 'accepted', answer: 'accepted' },
  refused: { message: 'refused', answer: 'refused' },
  abandoned: { message: 'abandoned', answer: 'unknown-order' },
  tampered: { message: 'accepted', answer: 'unknown-order' },
  'other-amount': { message: 'accepted', answer: 'accepted', fields: { vads_amount: '100' } },
  'other-shop': { message: 'accepted', answer: 'unknown-order', fields: { vads_site_id: '99999999' } },
  'unknown-order': {
    message: 'accepted',
    answer: 'unknown-order',
    fields: { vads_order_id: '0Z9Z8Z7Z6Z5Z4Z3Z2Z1Z0Z9Z8Z' },
  },
  'test-message': { message: 'accepted', answer: 'unknown-order', fields: { vads_ctx_mode: 'TEST' } },
}
/** What every message says of its order as it was sent. */
const ECHOED = ['vads_site_id', 'vads_order_id', 'vads_trans_id', 'vads_trans_date', 'vads_amount']

export const systempaySide: OpenBankSide = (mode) => {
  const shopNumber = String((shops += 1))
  const known = new Map<string, string>()
  const transport: Transport = ({ body }) => {
    const { orderId } = JSON.parse(body) as { orderId: string }
    const text = known.get(orderId) ?? read('answers/unknown-order.json')
    return Promise.resolve({ ok: true, value: { status: 200, headers: {}, text } })
  }
  const happens: BankSide['happens'] = (situation, order) => {
    const { message, answer, fields: changed = {} } = CHANGES[situation]
    const sent = new Map(formOf(order))
    const echoed = ECHOED.map((name) => [name, sent.get(name) ?? ''])
    const fields = Object.entries<string>({
      ...Object.fromEntries((parseFields(read(`messages/${message}.txt`)) ?? []).filter(isSignedField)),
      ...Object.fromEntries(echoed),
      vads_ctx_mode: mode,
      ...changed,
    })
    known.set(
      sent.get('vads_order_id') ?? '',
      read(`answers/${answer}.json`)
        .replaceAll('0A1B2C3D4E5F6G7H8J9K0M1N2P', sent.get('vads_order_id') ?? '')
        .replaceAll('"12345678"', `"${shopNumber}"`)
        .replaceAll('"mode": "TEST"', `"mode": "${mode}"`)
        .replaceAll('000042', sent.get('vads_trans_id') ?? ''),
    )
    const body = new URLSearchParams([...fields, ['signature', sign(fields, KEY)]])
    if (situation === 'tampered') body.set('vads_auth_number', 'forged')
    return [{ headers: {}, raw: body.toString() }]
  }
  return {
    contract: {
      gateway: 'systempay',
      mode,
      shopNumber,
      host: 'paiement.systempay.fr',
      settings: {
        formUrl: 'https://paiement.systempay.fr/vads-payment/',
        restUrl: 'https://api.systempay.fr',
        signature: 'HMAC-SHA-256',
        cards: null,
        threeDs: null,
      },
      secrets: { key: KEY, restPassword: 'testpassword_of_the_side' },
    },
    transport,
    happens,
  }
}

const formOf = (order: Redirection) => (order.kind === 'form' ? order.fields : [])
const isSignedField = ([name]: readonly [string, string]) => name.startsWith('vads_')
