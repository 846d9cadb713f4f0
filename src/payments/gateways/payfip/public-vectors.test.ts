// Messages that others published, each with its source (test/vectors/payfip.json). The demonstration
// bank is held to the same table in bank/payfip/conformance.test.ts.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import vectors from '../../../../test/vectors/payfip.json' with { type: 'json' }
import type { ContractOf } from '../../gateway.ts'
import { type Operation, readEnvelope, writeEnvelope } from './envelope.ts'
import { readOperationId } from './notification.ts'
import { readAnswer } from './sending-answer.ts'

const FOLDER = path.join(import.meta.dirname, 'messages')
const recorded = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8')
const named = (kind: string) =>
  vectors
    .filter((one) => one.kind === kind)
    .map((one) => [`${one.file}: ${one.situation}`, one.file, one] as const)
type Fields = { readonly [name: string]: string }
const fieldsOf = ({ expected }: (typeof vectors)[number]) => expected as unknown as Fields

test('forty messages or more, each a file with its source, and each file a message', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(40)
  const files = readdirSync(FOLDER).filter((file) => file !== 'SOURCES.md')
  expect(vectors.map(({ file }) => file).toSorted()).toEqual(files.toSorted())
  expect(vectors.filter(({ source, published }) => source.length < 20 || published === '')).toEqual([])
})

/** A document by local names, with neither prefixes nor empty texts. */
const treeOf = (xml: string): unknown =>
  new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreDeclaration: true }).parse(xml)
const bodyOf = (xml: string): unknown => (treeOf(xml) as { Envelope: { Body: unknown } }).Envelope.Body

test.each(named('question'))('%s: our question says the same', (_, file, vector) => {
  const ours = writeEnvelope(vector.operation as Operation, Object.entries(fieldsOf(vector)))
  expect(bodyOf(ours)).toEqual(bodyOf(recorded(file)))
})

test.each(named('answer'))('%s: the answer is read whole', (_, file, vector) => {
  expect(readEnvelope(recorded(file))).toEqual({
    ok: true,
    value: {
      kind: 'return',
      operation: vector.operation,
      fields: new Map(Object.entries(fieldsOf(vector))),
    },
  })
})

test.each(named('fault'))('%s: the refusal is read', (_, file, vector) => {
  expect(readEnvelope(recorded(file))).toEqual({
    ok: true,
    value: { kind: 'fault', fault: vector.expected },
  })
})

test.each(named('notification'))('%s: nothing but an operation’s number', (_, file, vector) => {
  expect(readOperationId(recorded(file).trim())).toBe(vector.expected ?? undefined)
})

const SENT_AT = new Date('2019-12-12T12:00:00Z')
const verdictAfter = (minutes: number, fields: Fields) => {
  const contract = { shopNumber: fields['numcli'] } as ContractOf<'payfip'>
  const sending = {
    transactionNumber: '000042',
    amount: 0 as never,
    sentAt: SENT_AT,
    providerReference: fields['idop'] ?? '',
  }
  const askedAt = new Date(SENT_AT.getTime() + minutes * 60_000)
  const enquiry = { reference: fields['refdet'] ?? '', sendings: [sending], askedAt }
  const operation = 'recupererDetailPaiementSecurise'
  const answer = { kind: 'return', operation, fields: new Map(Object.entries(fields)) } as const
  const read = readAnswer(contract, enquiry, sending, answer)
  return read.ok ? read.value[0]?.verdict : read.failure
}

test.each(named('answer').filter(([, , { verdict }]) => verdict !== undefined))(
  '%s: what became of the payment',
  (_, __, vector) => {
    const fields = fieldsOf(vector)
    expect(verdictAfter(21, fields)).toBe(vector.verdict)
    // An abandonment is not final while the page lives.
    expect(verdictAfter(5, fields)).toBe(vector.verdict === 'abandoned' ? 'pending' : vector.verdict)
    expect(verdictAfter(21, { ...fields, montant: '1.50' })).toBe('unreadable')
  },
)
