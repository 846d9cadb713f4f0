import { expect, test } from 'vitest'
import { systempayContract, testOrder } from '../../../../test/support/contracts.ts'
import { orderFields, parseFields, toFact, transDate } from './fields.ts'

const CONTRACT = systempayContract()
const ORDER = testOrder()

test('an order says exactly this to the bank', () => {
  expect(orderFields(CONTRACT, ORDER)).toEqual([
    ['vads_action_mode', 'INTERACTIVE'],
    ['vads_amount', '3100'],
    ['vads_ctx_mode', 'TEST'],
    ['vads_currency', '978'],
    ['vads_language', 'fr'],
    ['vads_order_id', '0A1B2C3D4E5F6G7H8J9K0M1N2P'],
    ['vads_page_action', 'PAYMENT'],
    ['vads_payment_config', 'SINGLE'],
    ['vads_return_mode', 'GET'],
    ['vads_site_id', '12345678'],
    ['vads_trans_date', '20120412225959'],
    ['vads_trans_id', '000042'],
    ['vads_url_return', 'https://portail.example/paiement/0A1B2C3D4E5F6G7H8J9K0M1N2P/retour'],
    ['vads_version', 'V2'],
    ['vads_cust_email', 'claire@famille.example'],
  ])
})

test('without an address for the receipt, no address is told', () => {
  const names = orderFields(CONTRACT, { ...ORDER, receiptEmail: null }).map(([name]) => name)
  expect(names).not.toContain('vads_cust_email')
  expect(names).toHaveLength(14)
})

test('the date of an order is in UTC, on both sides of Paris midnight', () => {
  expect(transDate(new Date('2026-03-29T21:59:59Z'))).toBe('20260329215959')
  expect(transDate(new Date('2026-03-29T22:00:01Z'))).toBe('20260329220001')
})

test('fields are read exactly as sent, in their order', () => {
  expect(parseFields('vads_b=a+b%2Bc%20d&vads_a=%C3%A9&vads_c=&vads_d&__proto__=x')).toEqual([
    ['vads_b', 'a b+c d'],
    ['vads_a', 'é'],
    ['vads_c', ''],
    ['vads_d', ''],
    ['__proto__', 'x'],
  ])
  expect(parseFields('vads_a=b=c')).toEqual([['vads_a', 'b=c']])
  expect(parseFields('')).toEqual([])
})

test.each([
  ['a repeated field', 'vads_amount=1&vads_amount=1'],
  ['a field repeated under an escape', 'vads_amount=1&vads%5Famount=2'],
  ['a repeated signature', 'signature=a&signature=b'],
  ['a broken escape', 'vads_a=%'],
  ['another broken escape', 'vads_a=%zz'],
  ['Latin-1 instead of UTF-8', 'vads_a=%E9'],
  ['an overlong sequence', 'vads_a=%C0%AF'],
  ['half a sequence', 'vads_a=%C3'],
])('%s makes the message unreadable', (_, raw) => {
  expect(parseFields(raw)).toBeUndefined()
})

const told = (changes: { [name: string]: string }) =>
  toFact(
    Object.entries({
      vads_ctx_mode: 'TEST',
      vads_amount: '3100',
      vads_currency: '978',
      vads_trans_id: '000042',
      vads_trans_date: '20120412164400',
      vads_order_id: 'R',
      vads_trans_status: 'AUTHORISED',
      ...changes,
    }),
  )

/** gateways 1.6, line by line: what each status is to us. */
const STATUSES = `
accepted   AUTHORISED CAPTURED
refused    REFUSED
abandoned  ABANDONED NOT_CREATED CANCELLED
pending    AUTHORISED_TO_VALIDATE WAITING_AUTHORISATION WAITING_AUTHORISATION_TO_VALIDATE
pending    UNDER_VERIFICATION INITIAL PRE_AUTHORISED WAITING_FOR_PAYMENT CAPTURE_PENDING SUSPENDED PENDING
pending    REFUND_TO_RETRY
unknown    ACCEPTED PARTIALLY_AUTHORISED EXPIRED CAPTURE_FAILED SOMETHING_NEW authorised toString
`

test.each(
  STATUSES.trim()
    .split('\n')
    .flatMap((line) => {
      const [verdict = '', ...statuses] = line.split(/ +/)
      return statuses.map((status) => [status, verdict] as const)
    }),
)('the status %s is %s', (status, verdict) => {
  expect(told({ vads_trans_status: status })?.verdict).toBe(verdict)
})

test('a message without a status is unknown, never accepted', () => {
  expect(told({ vads_trans_status: '' })?.verdict).toBe('unknown')
})

test.each([
  ['vads_ctx_mode', ''],
  ['vads_ctx_mode', 'test'],
  ['vads_amount', ''],
  ['vads_amount', '-3100'],
  ['vads_amount', '31.00'],
  ['vads_amount', '1e3'],
  ['vads_amount', '1234567890123'],
  ['vads_trans_date', ''],
  ['vads_trans_date', '2012-04-12'],
  ['vads_trans_date', '20121312164400'],
] as const)('nothing can be booked with %s « %s »', (name, value) => {
  expect(told({ [name]: value })).toBeUndefined()
})

test('the bank’s own number makes the fact, or the date, number and sequence of the transaction', () => {
  expect(told({ vads_trans_uuid: 'abc' })?.bankTransaction).toBe('abc')
  expect(told({ vads_sequence_number: '2' })?.bankTransaction).toBe('20120412164400-000042-2')
  expect(told({})?.bankTransaction).toBe('20120412164400-000042-0')
})

test('only a debit is a payment, and only a credit gives money back', () => {
  const operations = ['', 'DEBIT', 'CREDIT', 'VERIFICATION', 'debit']
  const read = operations.map((operation) => told({ vads_operation_type: operation })?.operation)
  expect(read).toEqual(['debit', 'debit', 'credit', 'other', 'other'])
})

test('euro is what the family ordered and what the shop gets', () => {
  expect(told({})?.isEuro).toBe(true)
  expect(told({ vads_effective_currency: '978' })?.isEuro).toBe(true)
  expect(told({ vads_effective_currency: '952' })?.isEuro).toBe(false)
  expect(told({ vads_currency: '952', vads_effective_currency: '978' })?.isEuro).toBe(false)
  expect(told({ vads_currency: '' })?.isEuro).toBe(false)
})

test('a card is shown by its last four digits, and an approval is no reason', () => {
  const cards = ['497010XXXXXX0055', '', '497010', 'XXXX'].map(
    (card) => told({ vads_card_number: card })?.cardMasked,
  )
  expect(cards).toEqual(['•••• 0055', '', '•••• 7010', ''])
  const reasons = ['00', '0', '51', ''].map((reason) => told({ vads_auth_result: reason })?.reason)
  expect(reasons).toEqual(['', '', '51', ''])
})
