// The adapter, held to the recorded messages; the contract test of every gateway is beside the registry.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { later, MINUTE_MS } from '../../../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../../../kernel/ids.ts'
import { cents } from '../../../kernel/money.ts'
import { fail, ok } from '../../../kernel/result.ts'
import type { BankQuestion, ContractOf, Enquiry, PaymentOrder, Transport } from '../../gateway.ts'
import { payfip } from './payfip.ts'

const recorded = (name: string) => readFileSync(path.join(import.meta.dirname, 'messages', name), 'utf8')

const CONTRACT: ContractOf<'payfip'> = {
  organisationId: 'o' as OrganisationId,
  id: 'c' as ContractId,
  gateway: 'payfip',
  mode: 'TEST',
  shopNumber: '090909',
  bankName: 'PayFiP',
  settings: { address: 'https://www.payfip.gouv.fr', saisie: 'T' },
  secrets: {},
}
const gateway = payfip.open(CONTRACT)
const SENT_AT = new Date('2019-12-12T12:00:00Z')
const IDOP = 'cc0cb210-1cd4-11ea-8cca-0213ad91a103'
const REFERENCE = '201912261758460053903194'
const ORDER: PaymentOrder = {
  reference: '0A1B2C3D4E5F6G7H8J9K0M1N2P',
  transactionNumber: '000042',
  sentAt: SENT_AT,
  amount: cents(1_000),
  receiptEmail: 'john.doe@example.com',
  returnUrl: 'https://portail.example/retour',
  notificationUrl: 'https://portail.example/notification',
  payee: 'Régie de l’été',
  invoiceNumbers: ['VI000012'],
}
const ENQUIRY: Enquiry = {
  reference: REFERENCE,
  sendings: [{ transactionNumber: '000042', amount: cents(1_000), sentAt: SENT_AT, providerReference: IDOP }],
  askedAt: later(SENT_AT, 25 * MINUTE_MS),
}
const YOUNG: Enquiry = { ...ENQUIRY, askedAt: later(SENT_AT, 20 * MINUTE_MS - 1) }

/** Answers with these texts in turn, and keeps what was asked. */
function answering(...texts: readonly string[]) {
  const asked: BankQuestion[] = []
  const transport: Transport = (question) => {
    asked.push(question)
    const text = texts[asked.length - 1] ?? ''
    return Promise.resolve(ok({ status: text.includes('Fault') ? 500 : 200, headers: {}, text }))
  }
  return { asked, transport }
}

test('an order creates an operation, and the family visits its page', async () => {
  const { asked, transport } = answering(recorded('create-answered.xml'))
  expect(await gateway.order(ORDER, transport)).toEqual(
    ok({
      redirection: {
        kind: 'visit',
        url: 'https://www.payfip.gouv.fr/tpa/paiementws.web?idop=6475fa10-b338-11e2-a082-001fe256bdfe',
      },
      providerReference: '6475fa10-b338-11e2-a082-001fe256bdfe',
    }),
  )
  expect(asked).toMatchObject([
    {
      method: 'POST',
      url: 'https://www.payfip.gouv.fr/tpa/services/securite',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
    },
  ])
  const body = asked[0]?.body ?? ''
  const told = ['exer', 'mel', 'montant', 'numcli', 'objet', 'refdet', 'saisie', 'urlnotif', 'urlredirect']
  expect(told.map((name) => new RegExp(`<${name}>(.*)</${name}>`).exec(body)?.[1])).toEqual([
    '2019',
    'john.doe@example.com',
    '1000',
    '090909',
    'Facture VI000012 Regie de l ete',
    '0A1B2C3D4E5F6G7H8J9K0M1N2P',
    'T',
    'https://portail.example/notification',
    'https://portail.example/retour',
  ])
})

test('a top-up is told as one', async () => {
  const { asked, transport } = answering(recorded('create-answered.xml'))
  await gateway.order({ ...ORDER, invoiceNumbers: [] }, transport)
  expect(asked[0]?.body).toContain('<objet>Rechargement Regie de l ete</objet>')
})

test.each([
  ['without an address, which PayFiP wants', { receiptEmail: null }, 'bad-email'],
  ['under one euro', { amount: cents(99) }, 'refused'],
  ['with an address that is not ours to give', { notificationUrl: '/notification' }, 'refused'],
] as const)('an order %s is not even sent', async (_, changes, failure) => {
  const { asked, transport } = answering()
  expect(await gateway.order({ ...ORDER, ...changes }, transport)).toEqual(fail(failure))
  expect(asked).toEqual([])
})

test.each([
  ['fault-email.xml', 'bad-email'],
  ['fault-reference.xml', 'refused'],
  ['fault-technical.xml', 'unreachable'],
  ['detail-answered-card-paid.xml', 'unreachable'],
  ['client-answered.xml', 'unreachable'],
])('the answer %s to an order leads nowhere: %s', async (file, failure) => {
  expect(await gateway.order(ORDER, answering(recorded(file)).transport)).toEqual(fail(failure))
})

test.each([
  '',
  '<html></html>',
  recorded('create-answered.xml').replace(/<idOp>.*<\/idOp>/, '<idOp>?a=b</idOp>'),
])('an answer that is none leads nowhere (%#)', async (text) => {
  expect(await gateway.order(ORDER, answering(text).transport)).toEqual(fail('unreachable'))
})

test.each([302, 404, 502, 503])('the status %i is no answer, whatever it says', async (status) => {
  const transport: Transport = () =>
    Promise.resolve(ok({ status, headers: {}, text: recorded('create-answered.xml') }))
  expect(await gateway.order(ORDER, transport)).toEqual(fail('unreachable'))
  expect(await gateway.enquire?.(ENQUIRY, transport)).toEqual(fail('unreachable'))
})

test('a bank that cannot be reached creates nothing', async () => {
  const away: Transport = () => Promise.resolve(fail('timed-out'))
  expect(await gateway.order(ORDER, away)).toEqual(fail('unreachable'))
  expect(await gateway.enquire?.(ENQUIRY, away)).toEqual(fail('timed-out'))
})

const FACT = {
  mode: 'TEST',
  reference: REFERENCE,
  transactionNumber: '000042',
  bankTransaction: IDOP,
  operation: 'debit',
  verdict: 'accepted',
  amount: 1_000,
  isEuro: true,
  happenedAt: new Date('2019-12-12T12:11:00Z'),
  cardBrand: '',
  cardMasked: '',
  authorisation: '112233445566-tip',
  reason: '',
}
const enquire = (enquiry: Enquiry, ...texts: readonly string[]) =>
  gateway.enquire?.(enquiry, answering(...texts).transport)
const factsOf = (got: Awaited<ReturnType<typeof enquire>>) => (got?.ok ? got.value.facts : got?.failure)

test('the detail is the truth, and it is kept as it came', async () => {
  const raw = recorded('detail-answered-test-paid.xml')
  const { asked, transport } = answering(raw)
  expect(await gateway.enquire?.(ENQUIRY, transport)).toEqual(ok({ raw, facts: [FACT] }))
  expect(asked[0]?.body).toContain(`<arg0><idOp>${IDOP}</idOp></arg0>`)
})

const paid = recorded('detail-answered-test-paid.xml')
const result = (letter: string) => paid.replace('<resultrans>P<', `<resultrans>${letter}<`)

test.each([
  ['P', 'accepted', 'accepted'],
  ['V', 'accepted', 'accepted'],
  ['R', 'refused', 'refused'],
  ['Z', 'refused', 'refused'],
  ['A', 'pending', 'abandoned'],
  ['Q', 'unknown', 'unknown'],
  ['p', 'unknown', 'unknown'],
])('the result %s is %s, and %s from 20 minutes on', async (letter, young, old) => {
  expect(factsOf(await enquire(YOUNG, result(letter)))).toMatchObject([{ verdict: young }])
  const final = { ...ENQUIRY, askedAt: later(SENT_AT, 20 * MINUTE_MS) }
  expect(factsOf(await enquire(final, result(letter)))).toMatchObject([{ verdict: old }])
})

test.each(['fault-no-result-yet.xml', 'fault-unknown-operation.xml'])(
  'the answer %s brings no fact, and the attempt expires by itself',
  async (file) => {
    expect(factsOf(await enquire(ENQUIRY, recorded(file)))).toEqual([])
  },
)

test.each([
  ['another operation', paid.replace(IDOP, '81bdf4c0-8edb-11e5-99d5-00000a634c44'), 'unreadable'],
  ['another client', paid.replace('090909', '006270'), 'unreadable'],
  ['another order', paid.replace(REFERENCE, 'EFEFAEFG'), 'unreadable'],
  ['another question', recorded('client-answered.xml'), 'unreadable'],
  ['an amount that is none', paid.replace('>1000<', '>10,00<'), 'unreadable'],
  ['a client without rights', recorded('fault-reference.xml').replace('R3', 'T2'), 'refused'],
  ['a code that nobody told us', recorded('fault-reference.xml').replace('R3', 'P9'), 'unreadable'],
  ['the service failing', recorded('fault-technical.xml'), 'unreachable'],
  ['a page of maintenance', '<!doctype html><html></html>', 'unreadable'],
])('an answer about %s books nothing', async (_, text, failure) => {
  expect(factsOf(await enquire(ENQUIRY, text))).toBe(failure)
})

test('another amount is a fact like another: whoever books compares it', async () => {
  expect(factsOf(await enquire(ENQUIRY, paid.replace('>1000<', '>100<')))).toMatchObject([{ amount: 100 }])
})

test('a debit order is told apart from a card', async () => {
  expect(factsOf(await enquire(ENQUIRY, result('V')))).toMatchObject([{ means: 'direct-debit' }])
  expect(factsOf(await enquire(ENQUIRY, result('P')))).toEqual([FACT])
})

test('a real payment is told apart from a test', async () => {
  const modes = ['T', 'X', 'W'].map(async (saisie) =>
    factsOf(await enquire(ENQUIRY, paid.replace('<saisie>T<', `<saisie>${saisie}<`))),
  )
  expect(await Promise.all(modes)).toMatchObject([
    [{ mode: 'TEST' }],
    [{ mode: 'PRODUCTION' }],
    [{ mode: 'PRODUCTION' }],
  ])
})

test('every operation of an order is asked about, and one without a page is not', async () => {
  const first = '11111111-1cd4-11ea-8cca-0213ad91a103'
  const [sending] = ENQUIRY.sendings
  if (!sending) throw new Error('no sending')
  const sendings = [
    { ...sending, transactionNumber: '000040', providerReference: null },
    { ...sending, transactionNumber: '000041', providerReference: first },
    sending,
  ]
  const left = recorded('detail-answered-test-abandoned.xml').replace(IDOP, first).replace('1311', '1301')
  const { asked, transport } = answering(left, paid)
  const got = await gateway.enquire?.({ ...ENQUIRY, sendings }, transport)
  expect(asked).toHaveLength(2)
  expect(factsOf(got)).toMatchObject([
    { transactionNumber: '000041', bankTransaction: first, verdict: 'abandoned' },
    { transactionNumber: '000042', bankTransaction: IDOP, verdict: 'accepted' },
  ])
})

test('an operation that says nothing readable hides no money of another', async () => {
  const [sending] = ENQUIRY.sendings
  if (!sending) throw new Error('no sending')
  const both = { ...ENQUIRY, sendings: [{ ...sending, providerReference: 'first' }, sending] }
  expect(factsOf(await enquire(both, '<html></html>', paid))).toBe('unreadable')
  const unlisted = recorded('fault-reference.xml').replace('R3', 'P9')
  expect(factsOf(await enquire(both, unlisted, paid))).toMatchObject([{ verdict: 'accepted' }])
  expect(factsOf(await enquire(both, unlisted, recorded('fault-no-result-yet.xml')))).toBe('unreadable')
})

test('F36: the notification carries no result, so that its lie books nothing', async () => {
  const lie = `idop=${IDOP}&resultrans=P&montant=1000&refdet=${REFERENCE}`
  const told = ok({ kind: 'ask', providerReference: IDOP })
  expect(gateway.readNotification({ headers: {}, raw: lie }, SENT_AT)).toEqual(told)
  expect(factsOf(await enquire(ENQUIRY, recorded('detail-answered-test-refused.xml')))).toMatchObject([
    { verdict: 'refused' },
  ])
})

test.each([[recorded('notified.txt').trim()], [recorded('notified-other-case.txt').trim()]])(
  'the notification « %s » asks a question, and so does a return',
  (raw) => {
    const told = ok({ kind: 'ask', providerReference: IDOP })
    expect(gateway.readNotification({ headers: {}, raw }, SENT_AT)).toEqual(told)
    expect(gateway.readReturn(raw)).toEqual(told)
  },
)

test.each(['', 'idop=', 'idop=a&idop=b', 'idop=a&idOp=b', 'idop=<x>', `idop=${'a'.repeat(65)}`, '<xml/>'])(
  'the notification « %s » is unreadable',
  (raw) => {
    expect(gateway.readNotification({ headers: {}, raw }, SENT_AT)).toEqual(fail('unreadable'))
  },
)

test.each([
  ['client-answered.xml', ok(null)],
  ['fault-reference.xml', fail('refused')],
  ['fault-technical.xml', fail('unreachable')],
  ['create-answered.xml', fail('unreadable')],
])('testing the connection, %s says whether the client is known', async (file, told) => {
  expect(await gateway.testConnection?.(answering(recorded(file)).transport)).toEqual(told)
})
