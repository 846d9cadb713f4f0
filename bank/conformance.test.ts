// The bank is held to the same published messages as the portal's adapters, read without their code.
import { expect, test } from 'vitest'
import vectors from '../test/vectors/systempay.json' with { type: 'json' }
import { checkForm } from './check-form.ts'
import { fromStamp } from './format.ts'
import { answered, describeTransaction, refused } from './rest.ts'
import { isSigned, sign, type Algorithm } from './signature.ts'
import { openDesk } from './support/test-bank.ts'

const named = (...kinds: string[]) =>
  vectors
    .filter(({ kind }) => kinds.includes(kind))
    .map((one) => [`${one.name}: ${one.situation}`, one] as const)
const fieldsOf = (text: string) => Object.fromEntries(new URLSearchParams(text))

test.each(named('form', 'message').filter(([, { key }]) => key !== null))(
  '%s is signed here as it was there',
  (_, { text, key, algorithm, signature }) => {
    const fields = fieldsOf(text)
    const named = algorithm as Algorithm
    expect(sign(fields, key ?? '', named)).toBe(signature)
    expect(isSigned(fields, signature ?? '', key ?? '', named)).toBe(true)
    expect(isSigned({ ...fields, vads_amount: '1' }, signature ?? '', key ?? '', named)).toBe(false)
  },
)

test.each(named('form'))('%s is taken, or refused by the number of its field', (_, vector) => {
  const { text, expected } = vector
  const fields = fieldsOf(text)
  const algorithm = vector.algorithm as Algorithm
  // Where no key is published, the form is signed again with one of ours.
  const key = vector.key ?? 'a key of the tests'
  const signature = vector.key === null ? sign(fields, key, algorithm) : (vector.signature ?? '')
  const checked = checkForm([...Object.entries(fields), ['signature', signature]], {
    siteIds: [fields['vads_site_id'] ?? ''],
    key,
    algorithm,
    mode: 'TEST',
    now: fromStamp(fields['vads_trans_date'] ?? '') ?? 0,
    isUsed: () => false,
  })
  expect({ bank: 'refusal' in checked ? checked.refusal.number : 'accepted' }).toEqual(expected)
})

type Tree = { readonly [name: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** Every name of a tree with where it stands; the rank in a list is no name. */
function placesOf(value: unknown, place = ''): string[] {
  if (!isTree(value)) return []
  return Object.entries(value).flatMap(([name, inside]) => {
    const here = Array.isArray(value) ? place : `${place}/${name}`
    return [...(Array.isArray(value) ? [] : [here]), ...placesOf(inside, here)]
  })
}
const answers = named('answer').map(([, { text }]) => JSON.parse(text) as Tree)
const payments = named('kr-notification', 'kr-return').map(
  ([, { text }]) => JSON.parse(fieldsOf(text)['kr-answer'] ?? '') as Tree,
)
const ASKED = { webService: 'Order/Get', now: 0, mode: 'TEST' } as const

test('an answer has no name that the platform’s answers have not', () => {
  const published = new Set(answers.flatMap((one) => placesOf(one)))
  for (const ours of [answered(ASKED, { value: '', _type: '' }), refused(ASKED, 'PSP_010')])
    expect(placesOf(ours).filter((place) => !published.has(place))).toEqual([])
})

test('a refusal has the platform’s own words', () => {
  const words = new Map(
    answers.flatMap(({ answer }) =>
      isTree(answer) ? [[String(answer['errorCode']), answer['errorMessage']] as const] : [],
    ),
  )
  const codes = ['PSP_010', 'PSP_075', 'PSP_104', 'PSP_105', 'INT_901', 'INT_905'] as const
  for (const code of codes)
    expect(refused(ASKED, code).answer).toMatchObject({ errorMessage: words.get(code) })
})

test('a notification has no name that published ones have not, and a transaction neither', async () => {
  const desk = await openDesk()
  try {
    await desk.pay(await desk.open(), '4970110000001003')
    const [sent = {}] = desk.shop.received
    const published = new Set(named('message').flatMap(([, { text }]) => Object.keys(fieldsOf(text))))
    // What our own form asked for comes back with the rest; the two last are the documentation's.
    const asked = /^vads_(?:url_|return_mode|payment_cards)|^signature$/
    const documented = ['vads_acquirer_network', 'vads_payment_error', 'vads_occurrence_type']
    const unknown = Object.keys(sent).filter(
      (name) => !published.has(name) && !asked.test(name) && !documented.includes(name),
    )
    expect(unknown).toEqual([])
    const places = payments.flatMap(({ transactions, orderDetails }) => [
      ...placesOf((transactions as readonly Tree[])[0]),
      ...placesOf({ orderDetails }),
    ])
    const described = describeTransaction('12345678', 'R', { fields: sent, parent: undefined })
    expect(placesOf(described).filter((place) => !places.includes(place))).toEqual([])
  } finally {
    await desk.stop()
  }
})
