import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldRules } from './form-fields.ts'
import { formFields, openDesk, shopSign, SHOP_ID, type Desk } from './support/test-bank.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stop())

const stampOf = (time: number) => new Date(time).toISOString().replaceAll(/\D/g, '').slice(0, 14)
const HOUR = 60 * 60 * 1000

async function refusedNumber(response: Response): Promise<string | undefined> {
  const html = await response.text()
  expect(response.status).toBe(400)
  expect(html).toContain('Demande refusée')
  expect(html).toContain('vads_result=30')
  return /vads_extra_result=(\d\d)/.exec(html)?.[1]
}

type Case = { number: string; field: string; bad: (string | undefined)[]; good: (string | undefined)[] }

const cases: Case[] = [
  { number: '01', field: 'vads_version', bad: [undefined, '', 'V1'], good: ['V2'] },
  { number: '02', field: 'vads_site_id', bad: [undefined, '87654321', '1234567'], good: [SHOP_ID] },
  { number: '03', field: 'vads_trans_id', bad: [undefined, '900000', '12345', 'abc123'], good: ['899999'] },
  {
    number: '04',
    field: 'vads_trans_date',
    bad: [
      undefined,
      '20260101',
      '20261332250000',
      stampOf(Date.now() - 25 * HOUR),
      stampOf(Date.now() + 25 * HOUR),
    ],
    good: [stampOf(Date.now() - 23 * HOUR)],
  },
  { number: '05', field: 'vads_validation_mode', bad: ['2'], good: ['0', ''] },
  { number: '06', field: 'vads_capture_delay', bad: ['un'], good: ['3', ''] },
  {
    number: '07',
    field: 'vads_payment_config',
    bad: [undefined, 'MULTI:first=1;count=2;period=30'],
    good: ['SINGLE'],
  },
  { number: '08', field: 'vads_payment_cards', bad: ['SDD', 'VISA,CB'], good: ['CB', 'VISA;MASTERCARD', ''] },
  { number: '09', field: 'vads_amount', bad: [undefined, '0', '-1', '74.50', '1234567890123'], good: ['1'] },
  { number: '10', field: 'vads_currency', bad: [undefined, '840'], good: ['978'] },
  { number: '11', field: 'vads_ctx_mode', bad: [undefined, 'PRODUCTION'], good: ['TEST'] },
  { number: '12', field: 'vads_language', bad: ['français'], good: ['fr', ''] },
  {
    number: '13',
    field: 'vads_order_id',
    bad: ['PR 1', 'reçu', 'x'.repeat(65)],
    good: ['PR-1_a', 'x'.repeat(64)],
  },
  { number: '14', field: 'vads_order_info', bad: ['x'.repeat(256), '<b>'], good: ['Factures de l’été', ''] },
  {
    number: '15',
    field: 'vads_cust_email',
    bad: ['claire', `${'x'.repeat(150)}@a.fr`],
    good: ['claire@exemple.fr'],
  },
  { number: '16', field: 'vads_cust_id', bad: ['x'.repeat(64)], good: ['F-12'] },
  { number: '18', field: 'vads_cust_last_name', bad: ['x'.repeat(64)], good: ['Martin'] },
  { number: '22', field: 'vads_cust_country', bad: ['France'], good: ['FR'] },
  { number: '24', field: 'vads_url_success', bad: ['/ok', 'javascript:1'], good: ['https://a.fr/ok'] },
  { number: '25', field: 'vads_url_refused', bad: ['/non'], good: ['https://a.fr/non'] },
  { number: '26', field: 'vads_url_referral', bad: ['ici'], good: ['https://a.fr'] },
  { number: '27', field: 'vads_url_cancel', bad: ['/annule'], good: ['https://a.fr/annule'] },
  { number: '28', field: 'vads_url_return', bad: ['/retour'], good: ['https://a.fr/retour', undefined] },
  { number: '29', field: 'vads_url_error', bad: ['/erreur'], good: ['https://a.fr/erreur'] },
  { number: '33', field: 'vads_url_check', bad: ['ftp://a.fr'], good: ['https://a.fr/notification'] },
  { number: '34', field: 'vads_redirect_success_timeout', bad: ['301', 'x'], good: ['0', '300'] },
  { number: '36', field: 'vads_redirect_error_timeout', bad: ['-1'], good: ['10'] },
  { number: '46', field: 'vads_page_action', bad: [undefined, 'REGISTER'], good: ['PAYMENT'] },
  { number: '47', field: 'vads_action_mode', bad: [undefined, 'SILENT'], good: ['INTERACTIVE'] },
  { number: '48', field: 'vads_return_mode', bad: ['PUT'], good: ['NONE', 'GET', 'POST', '', undefined] },
  { number: '50', field: 'vads_threeds_mpi', bad: ['6'], good: ['0', '5', ''] },
  { number: '72', field: 'vads_shop_name', bad: ['x'.repeat(128)], good: ['Accueil de loisirs', ''] },
  { number: '99', field: 'vads_ext_info_note', bad: ['a > b'], good: ['a et b'] },
]

describe('each bad field is refused under its number, and its good twin is taken', () => {
  for (const { number, field, bad, good } of cases) {
    test(`${number} ${field}`, async () => {
      for (const value of bad) {
        const response = await desk.submit(formFields({ [field]: value }))
        expect(await refusedNumber(response), `${field}=${value}`).toBe(number)
      }
      for (const value of good) {
        const response = await desk.submit(formFields({ [field]: value }))
        expect(response.status, `${field}=${value}`).toBe(303)
        expect(response.headers.get('location')).toMatch(/^\/paiement\/[0-9a-f]{32}$/)
      }
    })
  }
})

test('00: a form changed after signing, signed with another key, or not signed is refused', async () => {
  const fields = formFields()
  expect(await refusedNumber(await desk.submit({ ...fields, vads_amount: '1' }, shopSign(fields)))).toBe('00')
  expect(await refusedNumber(await desk.submit(fields, shopSign(fields, 'une autre clé')))).toBe('00')
  expect(await refusedNumber(await desk.submit(fields, ''))).toBe('00')
  expect((await desk.submit(fields)).status).toBe(303)
})

test('00: a field added without signing is refused; signed, an unknown field is taken', async () => {
  const fields = formFields()
  const added = { ...fields, vads_nouveau: '1' }
  expect(await refusedNumber(await desk.submit(added, shopSign(fields)))).toBe('00')
  expect((await desk.submit(added)).status).toBe(303)
})

test('03: a transaction number serves once per UTC day', async () => {
  const today = Date.now()
  const fields = formFields({ vads_trans_id: '777777', vads_trans_date: stampOf(today) })
  expect((await desk.submit(fields)).status).toBe(303)
  expect(await refusedNumber(await desk.submit(fields))).toBe('03')
  const yesterday = formFields({ vads_trans_id: '777777', vads_trans_date: stampOf(today - 23.9 * HOUR) })
  expect((await desk.submit(yesterday)).status).toBe(303)
})

test('a refused form does not use up its transaction number', async () => {
  const fields = formFields({ vads_trans_id: '777778', vads_currency: '840' })
  expect(await refusedNumber(await desk.submit(fields))).toBe('10')
  expect((await desk.submit({ ...fields, vads_currency: '978' })).status).toBe(303)
})

test('99: a field sent twice is refused, even with the same value', async () => {
  const fields = formFields()
  const body = new URLSearchParams({ ...fields, signature: shopSign(fields) })
  body.append('vads_amount', '7450')
  const address = `http://127.0.0.1:${desk.bank.port}/vads-payment/`
  const response = await fetch(address, { method: 'POST', body, redirect: 'manual' })
  expect(await refusedNumber(response)).toBe('99')
})

test('a refused form notifies nobody', () => {
  expect(desk.shop.received).toEqual([])
})

test('the test door shows the forms as they came', async () => {
  const fields = formFields({ vads_order_id: 'VU' })
  await desk.submit(fields)
  const requests = (await desk.door('demandes')) as Record<string, string>[]
  expect(requests.at(-1)).toEqual({ ...fields, signature: shopSign(fields) })
})

test('no rule is written twice', () => {
  const names = fieldRules.map((rule) => rule.name)
  expect(new Set(names).size).toBe(names.length)
})
