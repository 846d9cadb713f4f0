// The messages of messages/, read one by one; all of them, with their sources: public-vectors.test.ts.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readDetail } from './detail.ts'
import { type Answer, readEnvelope, writeEnvelope } from './envelope.ts'
import { meaningOf } from './errors.ts'

const FOLDER = path.join(import.meta.dirname, 'messages')
const recorded = (name: string) => readFileSync(path.join(FOLDER, name), 'utf8')

const read = (text: string): Answer => {
  const answer = readEnvelope(text)
  if (!answer.ok) throw new Error(answer.failure)
  return answer.value
}
const fieldsOf = (answer: Answer) => (answer.kind === 'return' ? Object.fromEntries(answer.fields) : {})

test.each([
  ['create-answered.xml', '6475fa10-b338-11e2-a082-001fe256bdfe'],
  ['create-answered-test-client.xml', 'cc0cb210-1cd4-11ea-8cca-0213ad91a103'],
  ['create-answered-namespaced.xml', 'E2E00000001'],
])('%s gives the operation to pay', (file, idop) => {
  const answer = read(recorded(file))
  expect(answer).toMatchObject({ kind: 'return', operation: 'creerPaiementSecurise' })
  expect(fieldsOf(answer)).toEqual({ idop })
})

const TEST_PAYMENT = {
  idop: 'cc0cb210-1cd4-11ea-8cca-0213ad91a103',
  numcli: '090909',
  refdet: '201912261758460053903194',
  montant: 1000,
  resultrans: 'P',
  saisie: 'T',
  numauto: '112233445566-tip',
  happenedAt: new Date('2019-12-12T12:11:00Z'),
}

test.each([
  [
    'detail-answered-card-paid.xml',
    {
      idop: '81bdf4c0-8edb-11e5-99d5-00000a634c44',
      numcli: '006270',
      refdet: '123456789',
      montant: 1500,
      resultrans: 'P',
      saisie: 'T',
      numauto: 'A55A',
      happenedAt: new Date('2015-11-19T16:35:00Z'),
    },
  ],
  [
    'detail-answered-debit-ordered.xml',
    {
      idop: '4b0eb5b0-b335-11e2-9219-001fe256bdfe',
      numcli: '006271',
      refdet: 'BILL00000042',
      montant: 4800,
      resultrans: 'V',
      saisie: 'T',
      numauto: 'OP0000000000123456',
      happenedAt: new Date('2026-08-03T07:12:00Z'),
    },
  ],
  [
    'detail-answered-card-refused.xml',
    {
      idop: 'd2fa2170-b336-11e2-9476-001fe256bdfe',
      numcli: '006270',
      refdet: 'FACT00000001',
      montant: 12_500,
      resultrans: 'R',
      saisie: 'T',
      numauto: '',
      happenedAt: new Date('2026-08-03T12:20:00Z'),
    },
  ],
  ['detail-answered-cut-year.xml', { ...TEST_PAYMENT, refdet: 'EFEFAEFG', resultrans: 'V' }],
  ['detail-answered-test-paid.xml', TEST_PAYMENT],
  ['detail-answered-test-refused.xml', { ...TEST_PAYMENT, resultrans: 'R', numauto: '' }],
  ['detail-answered-test-abandoned.xml', { ...TEST_PAYMENT, resultrans: 'A', numauto: '' }],
  [
    'detail-answered-namespaced.xml',
    { ...TEST_PAYMENT, idop: 'E2E00000001', refdet: 'ABCDEFGH', resultrans: 'A', numauto: '000001' },
  ],
])('%s is read as it is', (file, detail) => {
  const answer = read(recorded(file))
  expect(answer).toMatchObject({ kind: 'return', operation: 'recupererDetailPaiementSecurise' })
  expect(answer.kind === 'return' && readDetail(answer.fields)).toEqual(detail)
})

test('client-answered.xml names the service behind the number', () => {
  const answer = read(recorded('client-answered.xml'))
  expect(answer).toMatchObject({ kind: 'return', operation: 'recupererDetailClient' })
  expect(fieldsOf(answer)).toMatchObject({ numcli: '090909', libellen2: 'POUETPOUET' })
})

test.each([
  ['fault-no-result-yet.xml', 'P5', 'waiting', 'Résultat de la transaction non connu.'],
  ['fault-no-result-on-test-client.xml', 'P5', 'waiting', 'Résultat de la transaction non connu.'],
  ['fault-unknown-operation.xml', 'P1', 'gone', 'IdOp incorrect.'],
  ['fault-reference.xml', 'R3', 'settings', "Le format du paramètre REFDET n'est pas conforme"],
  ['fault-email.xml', 'A2', 'email', 'Adresse messagerie incorrecte.'],
  ['fault-technical.xml', '999', 'down', 'Erreur technique'],
])('%s is the fault %s, which is %s', (file, code, meaning, label) => {
  const answer = read(recorded(file))
  if (answer.kind !== 'fault') throw new Error('no fault')
  expect(answer.fault).toMatchObject({ code, label })
  expect(meaningOf(answer.fault)).toBe(meaning)
})

/** gateways 3.3, line by line. */
const CODES = `
gone     P1 P4
used     P3
waiting  P5
email    A1 A2
amount   M1 M3 M5
settings R3 N1 D1 S1 T1 T2 T4
unlisted P2 P9 p5 toString __proto__
`
test.each(
  CODES.trim()
    .split('\n')
    .flatMap((line) => {
      const [meaning = '', ...codes] = line.split(/ +/)
      return codes.map((code) => [code, meaning] as const)
    }),
)('the code %s is %s', (code, meaning) => {
  expect(meaningOf({ kind: 'FonctionnelleErreur', code, label: '' })).toBe(meaning)
  // Only a functional error speaks of the payment: the service's own failures never do.
  expect(meaningOf({ kind: 'TechIndisponibiliteErreur', code, label: '' })).toBe('down')
})

const PAID = recorded('detail-answered-card-paid.xml')
const altered = (search: string | RegExp, replacement: string) => PAID.replace(search, replacement)

test.each([
  ['a document type', altered('<soapenv:Envelope', '<!DOCTYPE x><soapenv:Envelope')],
  [
    'a document type that reads a file',
    altered('?>', '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace('>P<', '>&e;<'),
  ],
  [
    'entities that grow',
    altered('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>').replace('>P<', '>&b;<'),
  ],
  ['an entity of nobody', altered('>P<', '>&euro;<')],
  ['a processing instruction', altered('<return>', '<?php x ?><return>')],
  ['a second declaration', altered('<return>', '<?xml version="1.0"?><return>')],
  ['a body cut short', PAID.slice(0, -60)],
  ['a body cut in an element', PAID.slice(0, PAID.indexOf('</montant>'))],
  ['a field given twice', altered('<montant>', '<montant>1</montant><montant>')],
  ['a field given under two cases', altered('<idop>', '<idOp>x</idOp><idop>')],
  ['a field with children', altered('>1500<', '><b>1500</b><')],
  ['two answers at once', altered('</soapenv:Body>', '<a><return><b>1</b></return></a></soapenv:Body>')],
  ['a page of a server that is away', '<!doctype html><html><title>Maintenance</title></html>'],
  ['well-formed HTML', '<html><body><p>Service indisponible</p></body></html>'],
  ['JSON', '{"idOp":"1"}'],
  ['nothing', ''],
  ['another envelope', altered(/soapenv:Envelope/g, 'soapenv:Letter')],
  ['a name that would reach into objects', altered('<objet>test</objet>', '<__proto__>test</__proto__>')],
  ['something endless', altered('>test<', `>${'a'.repeat(64_000)}<`)],
  ['something bottomless', altered('>test<', `>${'<a>'.repeat(40)}${'</a>'.repeat(40)}<`)],
])('%s is unreadable', (_, text) => {
  expect(readEnvelope(text)).toEqual({ ok: false, failure: 'unreadable' })
})

test('comments, character numbers and XML’s own five entities are plain XML', () => {
  const answer = read(altered('>test<', '><!-- x -->&#201;t&#xe9; &amp; &lt;b&gt; &apos;&quot;<'))
  expect(fieldsOf(answer)).toMatchObject({ objet: 'Été & <b> \'"', montant: '1500', numcli: '006270' })
})

test('a fault without a detail is the service failing', () => {
  const answer = read(recorded('fault-technical.xml').replace(/<detail>.*<\/detail>/s, ''))
  if (answer.kind !== 'fault') throw new Error('no fault')
  expect(answer.fault).toEqual({ kind: '', code: '', label: 'TechDysfonctionnementErreur' })
  expect(meaningOf(answer.fault)).toBe('down')
})

test('a question says exactly this', () => {
  expect(writeEnvelope('recupererDetailPaiementSecurise', [['idOp', 'a&b<c>"\'']])).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:pai="http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService">' +
      '<soapenv:Header/><soapenv:Body><pai:recupererDetailPaiementSecurise>' +
      '<arg0><idOp>a&amp;b&lt;c&gt;&quot;&apos;</idOp></arg0>' +
      '</pai:recupererDetailPaiementSecurise></soapenv:Body></soapenv:Envelope>',
  )
})
