// Messages that others published, each with its source (test/vectors/systempay.json): what we read is
// not only what we wrote. The demonstration bank is held to the same table in bank/conformance.test.ts.
import { expect, test } from 'vitest'
import vectors from '../../../../test/vectors/systempay.json' with { type: 'json' }
import { systempayContract } from '../../../../test/support/contracts.ts'
import { parseFields } from './fields.ts'
import { at, parseJson } from './payment-answer.ts'
import { openEnvelope } from './rest.ts'
import { type Algorithm, isSigned, sign } from './signature.ts'
import { systempay } from './systempay.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const FORGED = { ok: false, failure: 'bad-signature' }
type Vector = (typeof vectors)[number]

const named = (kinds: readonly string[], isKeyPublished = false) =>
  vectors
    .filter(({ kind, key }) => kinds.includes(kind) && (key !== null || !isKeyPublished))
    .map((one) => [`${one.name}: ${one.situation}`, one] as const)

/** What the adapter makes of a message, whoever signed it. */
function kept({ text }: Vector) {
  const read = systempay.open(systempayContract()).readKept(text)
  const fact = read.ok && read.value.kind === 'facts' ? read.value.facts[0] : undefined
  return fact ? { ...fact, happenedAt: fact.happenedAt.toISOString() } : 'unreadable'
}

test('forty messages or more, each with a source and a name of its own', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(40)
  expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length)
  expect(vectors.filter(({ source }) => source.length < 20)).toEqual([])
  expect(vectors.filter(({ key }) => key !== null).length).toBeGreaterThanOrEqual(20)
})

test.each(named(['form', 'message'], true))('%s has its published signature', (_, vector) => {
  const { text, key, signature } = vector
  const algorithm = vector.algorithm as Algorithm
  const fields = parseFields(text) ?? []
  expect(sign(fields, key ?? '', algorithm)).toBe(signature)
  expect(isSigned(fields, signature ?? '', `${key}x`, algorithm)).toBe(false)
  const shopNumber = fields.find(([name]) => name === 'vads_site_id')?.[1] ?? ''
  const contract = systempayContract({
    shopNumber,
    secrets: { key: key ?? '' },
    settings: { signature: algorithm },
  })
  const { readNotification } = systempay.open(contract)
  const signed = new URLSearchParams({ signature: signature ?? '' }).toString()
  const read = (body: string) => readNotification({ headers: {}, raw: `${body}&${signed}` }, NOW)
  // A form, or a part of a message, is authentic and still nothing that can be booked.
  expect(read(text)).not.toMatchObject({ failure: 'bad-signature' })
  expect(read(text.replace('vads_amount=', 'vads_amount=9'))).toEqual(FORGED)
})

// The keys of the platform's own public test shop.
const DEMO = systempay.open(
  systempayContract({
    shopNumber: '69876357',
    secrets: {
      restPassword: 'testpassword_DEMOPRIVATEKEY23G4475zXZQ2UA5x7M',
      restHmacKey: '38453613e7f44dc58732bad3dca2bca3',
    },
  }),
)

test.each(named(['kr-notification', 'kr-return'], true))(
  '%s is proved by its key, and by the way it came alone',
  (_, { kind, text }) => {
    const read = (raw: string) => ({
      server: DEMO.readNotification({ headers: {}, raw }, NOW),
      browser: DEMO.readReturn(raw),
    })
    const { server, browser } = read(text)
    const [proved, other] = kind === 'kr-notification' ? [server, browser] : [browser, server]
    expect(proved).toMatchObject({ ok: true, value: { kind: 'facts' } })
    expect(other).toEqual(FORGED)
    const altered = text.replace('AUTHORISED', 'CAPTURED').replace('ACCEPTED', 'CAPTURED')
    expect(read(altered)).toEqual({ server: FORGED, browser: FORGED })
  },
)

test.each(named(['message', 'kr-notification', 'kr-return']))('%s is read for what it is', (_, vector) => {
  const read = kept(vector)
  if (vector.expected === 'unreadable') expect(read).toBe('unreadable')
  else expect(read).toMatchObject(vector.expected as object)
})

test.each(named(['answer']))('%s: the answer says so', (_, { text, expected }) => {
  const opened = openEnvelope({ status: 200, text })
  if (typeof expected === 'object') expect(at(opened.ok && opened.value, 'answer')).toMatchObject(expected)
  else if (expected === 'refused') expect(opened).toEqual({ ok: false, failure: 'refused' })
  else expect(opened).toEqual({ ok: true, value: { status: 'ERROR', code: expected } })
  expect(at(parseJson(text), 'status')).toBe(typeof expected === 'object' ? 'SUCCESS' : 'ERROR')
})

test('a message of another algorithm proves nothing, whatever its hash', () => {
  const vector = vectors.find(({ name }) => name === 'lyra-rest-sdk-v31')
  const contract = systempayContract({
    shopNumber: '33148340',
    secrets: { restPassword: 'k', restHmacKey: 'k' },
  })
  expect(systempay.open(contract).readReturn(vector?.text ?? '')).toEqual(FORGED)
})
