// The bank is held to the same published messages as the portal's adapter, read without its code.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import vectors from '../../test/vectors/payfip.json' with { type: 'json' }
import { checkOrder } from './check-order.ts'
import { describeOperation, type Operation } from './counter.ts'
import { readQuestion, writeFault, writeReturn } from './envelope.ts'
import type { FaultCode } from './faults.ts'
import { notificationBody } from './notify.ts'

const FOLDER = path.join(import.meta.dirname, '../../src/payments/gateways/payfip/messages')
const recorded = (name: string) => readFileSync(path.join(FOLDER, name), 'utf8')

const CREATE = {
  exer: '2019',
  mel: 'john.doe@example.com',
  montant: '1000',
  numcli: '090909',
  objet: 'coucou',
  refdet: 'ABCDEFGH',
  saisie: 'T',
  urlnotif: 'https://notif.payfip.example.com/',
  urlredirect: 'https://redirect.payfip.example.com/',
}
const withoutSubject = Object.fromEntries(Object.entries(CREATE).filter(([name]) => name !== 'objet'))
const GATEWAY = 'https://gateway.example.org/paiement/payfip'
const OTHER = {
  ...CREATE,
  exer: '2026',
  mel: 'usager@example.org',
  montant: '12500',
  numcli: '006270',
  objet: 'Consultation externe',
  refdet: 'FACT00000001',
  urlnotif: `${GATEWAY}/notify`,
  urlredirect: `${GATEWAY}/return`,
}

test.each([
  ['create-asked.xml', CREATE, undefined],
  ['create-asked-short-reference.xml', { ...CREATE, refdet: 'ABCD' }, 'R3'],
  [
    'create-asked-bad-email.xml',
    { ...CREATE, refdet: 'ABCDEF', montant: '9990000001', mel: 'john.doeexample.com' },
    'A2',
  ],
  [
    'create-asked-without-subject.xml',
    { ...withoutSubject, numcli: CREATE.numcli, refdet: '201912261758460053903194' },
    undefined,
  ],
  [
    'create-asked-transaction.xml',
    { ...CREATE, refdet: 'TR12345', objet: 'O F20190003 S Precompte famille 1234' },
    undefined,
  ],
  [
    'create-asked-order.xml',
    { ...CREATE, refdet: 'F20190003', objet: 'Precompte famille 1234 T TR 12345' },
    undefined,
  ],
  [
    'create-asked-generated.xml',
    {
      ...CREATE,
      refdet: '201912261758460053903195',
      objet: 'O F20190003 S Precompte famille 1234 T TR 12345',
    },
    undefined,
  ],
  ['create-asked-other-order.xml', OTHER, undefined],
  [
    'create-asked-escaped.xml',
    {
      ...OTHER,
      montant: '100',
      objet: 'Facture "Dupont & Fils"',
      urlnotif: 'https://x.test/notify',
      urlredirect: 'https://x.test/return',
    },
    '999',
  ],
])('the question %s is read, and answered as it was', (file, fields, code) => {
  const question = readQuestion(recorded(file))
  expect(question).toEqual({ operation: 'creerPaiementSecurise', fields })
  const checked = checkOrder(question?.fields ?? {}, fields.numcli)
  expect('code' in checked ? checked.code : undefined).toBe(code)
})

const IDOP = 'cc0cb210-1cd4-11ea-8cca-0213ad91a103'
test.each([
  ['detail-asked.xml', 'recupererDetailPaiementSecurise', { idOp: IDOP }],
  ['detail-asked-lower-case.xml', 'recupererDetailPaiementSecurise', { idop: IDOP }],
  ['client-asked.xml', 'recupererDetailClient', { numCli: '090909' }],
  ['client-asked-with-header.xml', 'recupererDetailClient', { numCli: '006382' }],
])('the question %s is read', (file, operation, fields) => {
  expect(readQuestion(recorded(file))).toEqual({ operation, fields })
})

/** Every leaf of a document with its path, prefixes left out. */
function leavesOf(xml: string): [string, string][] {
  const found: [string, string][] = []
  const walk = (place: string, value: unknown) => {
    if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(`${place}/${name}`, inner)
    else found.push([place, String(value)])
  }
  walk('', new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreDeclaration: true }).parse(xml))
  return found
}

test.each(['create-answered.xml', 'create-answered-test-client.xml'])(
  'an answer is written as %s was',
  (file) => {
    const idOp = /<idOp>(.*)<\/idOp>/.exec(recorded(file))?.[1]
    expect(`${writeReturn('creerPaiementSecurise', { idOp })}\n`).toBe(recorded(file))
  },
)

const operationOf = (outcome: Operation['outcome']) => operation({}, outcome)
const operation = (changes: Partial<Operation['order']>, outcome: Operation['outcome']): Operation => ({
  idOp: IDOP,
  order: {
    exer: '2019',
    mel: 'john.doe@example.com',
    montant: 1000,
    numcli: '090909',
    objet: 'coucou',
    refdet: '201912261758460053903194',
    saisie: 'T',
    urlnotif: CREATE.urlnotif,
    urlredirect: CREATE.urlredirect,
    ...changes,
  },
  createdAt: 0,
  faults: {},
  deliveries: [],
  isOpened: true,
  outcome,
})
const AT = Date.parse('2019-12-12T12:11:30Z')
const TIP = '112233445566-tip'

test.each<[string, Operation]>([
  ['detail-answered-cut-year.xml', operation({ refdet: 'EFEFAEFG' }, { result: 'V', numauto: TIP, at: AT })],
  ['detail-answered-test-paid.xml', operation({}, { result: 'P', numauto: TIP, at: AT })],
  ['detail-answered-test-refused.xml', operation({}, { result: 'R', numauto: '', at: AT })],
  ['detail-answered-test-abandoned.xml', operation({}, { result: 'A', numauto: '', at: AT })],
])('a detail is written as %s was', (file, one) => {
  expect(`${writeReturn('recupererDetailPaiementSecurise', describeOperation(one))}\n`).toBe(recorded(file))
})

test.each([
  'detail-answered-card-paid.xml',
  'detail-answered-debit-ordered.xml',
  'detail-answered-card-refused.xml',
])('%s has the same leaves as a detail written here', (file) => {
  const theirs = leavesOf(recorded(file)).map(([place]) => place.toLowerCase())
  const outcome = {
    result: 'P' as const,
    numauto: theirs.some((one) => one.endsWith('numauto')) ? 'x' : '',
    at: AT,
  }
  const ours = leavesOf(
    writeReturn('recupererDetailPaiementSecurise', describeOperation(operation({}, outcome))),
  )
  expect(ours.map(([place]) => place.toLowerCase())).toEqual(theirs)
})

test.each<[string, FaultCode]>([
  ['fault-unknown-operation.xml', 'P1'],
  ['fault-no-result-on-test-client.xml', 'P5'],
  ['fault-reference.xml', 'R3'],
  ['fault-email.xml', 'A2'],
  ['fault-no-result-yet.xml', 'P5'],
  ['fault-technical.xml', '999'],
])('a refusal says what %s said', (file, code) => {
  const said = (xml: string) =>
    Object.fromEntries(
      leavesOf(xml)
        .filter(([place]) => /\/detail\/.*(?:code|libelle|severite)$/.test(place))
        .map(([place, value]) => [place, value]),
    )
  expect(said(writeFault(code))).toEqual(said(recorded(file)))
})

const rows = (kind: string) =>
  vectors.filter((one) => one.kind === kind).map((one) => [one.file, one] as const)

test.each(rows('question'))('%s is read as it was asked', (file, { operation, expected }) => {
  expect(readQuestion(recorded(file))).toEqual({ operation, fields: expected })
})

test('activation is taken, production is not: this bank has none', () => {
  const taken = (file: string) => checkOrder(readQuestion(recorded(file))?.fields ?? {}, CREATE.numcli)
  expect(taken('create-asked-tipi-regie.xml')).toMatchObject({ order: { saisie: 'X' } })
  expect(taken('create-asked-tipi-production.xml')).toEqual({ code: 'S1' })
})

test.each(rows('answer').filter(([, { operation }]) => operation !== 'recupererDetailClient'))(
  '%s: an answer of this operation has no name here that it has not',
  (_, { operation, expected }) => {
    const outcome = { result: 'Z' as const, numauto: '', at: AT }
    const values =
      operation === 'creerPaiementSecurise' ? { idOp: IDOP } : describeOperation(operationOf(outcome))
    const names = leavesOf(writeReturn(operation ?? '', values)).map(([place]) => place.split('/').at(-1))
    const published = Object.keys(expected as object)
    expect(names.filter((name) => !published.includes(name?.toLowerCase() ?? ''))).toEqual([])
  },
)

test.each(rows('fault'))('%s: a refusal has its kind and its words', (_, { expected }) => {
  const { kind, code, label } = expected as { kind: string; code: string; label: string }
  const xml = writeFault(code as FaultCode)
  const told = Object.fromEntries(leavesOf(xml).map(([place, value]) => [place.split('/').at(-1), value]))
  expect(told).toMatchObject({ code, libelle: label })
  expect(xml).toContain(`:${kind} `)
})

test('a notification is the operation’s number alone, as published ones are', () => {
  expect(`${notificationBody(IDOP)}\n`).toBe(recorded('notified.txt'))
})
