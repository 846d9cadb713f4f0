import { expect, test } from 'vitest'
import { isSigned, sign } from './signature.ts'

// Example of the platform's own documentation (form V2, « Calculer la signature »).
const documented = {
  vads_action_mode: 'INTERACTIVE',
  vads_amount: '5124',
  vads_ctx_mode: 'TEST',
  vads_currency: '978',
  vads_page_action: 'PAYMENT',
  vads_payment_config: 'SINGLE',
  vads_site_id: '12345678',
  vads_trans_date: '20170129130025',
  vads_trans_id: '123456',
  vads_version: 'V2',
}
const KEY = '1122334455667788'
const SIGNATURE = 'ycA5Do5tNvsnKdc/eP1bj2xa19z9q3iWPy9/rpesfS0='

test('the documented example gets the documented signature', () => {
  expect(sign(documented, KEY)).toBe(SIGNATURE)
})

test('the order of the fields and foreign fields change nothing', () => {
  const reversed = Object.fromEntries(Object.entries(documented).toReversed())
  expect(sign({ ...reversed, signature: 'x', other: 'y' }, KEY)).toBe(SIGNATURE)
})

test('names are sorted by bytes, capitals before small letters', () => {
  const capitals = { vads_threeds_cavvAlgorithm: 'b', vads_threeds_cavv: 'a', vads_threeds_eci: 'c' }
  expect(sign(capitals, KEY)).toBe(sign({ vads_1: 'a', vads_2: 'b', vads_3: 'c' }, KEY))
  expect(sign({ vads_aB: '1', vads_aa: '2' }, KEY)).toBe(sign({ vads_1: '1', vads_2: '2' }, KEY))
})

test('an empty value counts', () => {
  expect(sign({ ...documented, vads_order_info: '' }, KEY)).not.toBe(SIGNATURE)
  expect(sign({ vads_1: 'a', vads_2: '', vads_3: 'b' }, KEY)).toBe(sign({ vads_1: 'a', vads_2: '+b' }, KEY))
})

test('values are signed as UTF-8', () => {
  expect(sign({ vads_a: 'é' }, KEY)).not.toBe(sign({ vads_a: 'e' }, KEY))
})

test('only the whole right signature is taken, and a wrong one never throws', () => {
  expect(isSigned(documented, SIGNATURE, KEY)).toBe(true)
  for (const wrong of [
    '',
    'x',
    SIGNATURE.slice(1),
    SIGNATURE.toLowerCase(),
    `${SIGNATURE}=`,
    'é'.repeat(44),
  ]) {
    expect(isSigned(documented, wrong, KEY)).toBe(false)
  }
  expect(isSigned(documented, SIGNATURE, 'another key')).toBe(false)
})
