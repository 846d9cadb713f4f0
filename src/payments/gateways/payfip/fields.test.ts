import { expect, test } from 'vitest'
import { cents } from '../../../kernel/money.ts'
import { readDetail, readTime } from './detail.ts'
import { orderFields, plainObjet, type PayfipOrder } from './fields.ts'

const ORDER: PayfipOrder = {
  numcli: '090909',
  saisie: 'T',
  refdet: '0A1B2C3D4E5F6G7H8J9K0M1N2P',
  objet: 'Facture VI000012',
  montant: cents(3_100),
  mel: 'claire@famille.example',
  sentAt: new Date('2026-12-31T22:59:59Z'),
  urlnotif: 'https://portail.example/banque/notification/payfip',
  urlredirect: 'https://portail.example/paiement/0A1B2C3D4E5F6G7H8J9K0M1N2P/retour',
}
const ask = (changes: Partial<PayfipOrder>) => orderFields({ ...ORDER, ...changes })

test('an order says exactly this', () => {
  expect(ask({})).toEqual({
    ok: true,
    value: [
      ['exer', '2026'],
      ['mel', 'claire@famille.example'],
      ['montant', '3100'],
      ['numcli', '090909'],
      ['objet', 'Facture VI000012'],
      ['refdet', '0A1B2C3D4E5F6G7H8J9K0M1N2P'],
      ['saisie', 'T'],
      ['urlnotif', 'https://portail.example/banque/notification/payfip'],
      ['urlredirect', 'https://portail.example/paiement/0A1B2C3D4E5F6G7H8J9K0M1N2P/retour'],
    ],
  })
})

test('the year is the one of Paris', () => {
  const years = ['2026-12-31T22:59:59Z', '2026-12-31T23:00:00Z'].map((at) => {
    const fields = ask({ sentAt: new Date(at) })
    return fields.ok && fields.value[0]?.[1]
  })
  expect(years).toEqual(['2026', '2027'])
})

const of = (length: number, text: string) => text.repeat(length).slice(0, length)

test.each<[string, Partial<PayfipOrder>, string]>([
  ['under one euro', { montant: cents(99) }, 'amount'],
  ['above the smaller of the two documented limits', { montant: cents(10_000_000) }, 'amount'],
  ['without an address', { mel: '' }, 'email'],
  ['with an address of 5 characters', { mel: 'a@b.c' }, 'email'],
  ['with an address of 81', { mel: `${of(73, 'a')}@bb.fr.c` }, 'email'],
  ['with half an address', { mel: 'john.doeexample.com' }, 'email'],
  ['with two addresses', { mel: 'a@b.fr,c@d.fr' }, 'email'],
  ['with an accented address', { mel: 'zo\u00e9@b.fr' }, 'email'],
  ['with a client of five digits', { numcli: '09090' }, 'settings'],
  ['with a reference of 5 signs', { refdet: 'ABCDE' }, 'settings'],
  ['with a reference of 31', { refdet: of(31, 'A') }, 'settings'],
  ['with a dash in the reference', { refdet: 'TR-12345' }, 'settings'],
  ['with a notification address of 250', { urlnotif: of(250, 'https://portail.example/aaa') }, 'settings'],
  ['with no return address', { urlredirect: '/paiement' }, 'settings'],
])('an order %s is refused before it is sent', (_, changes, failure) => {
  expect(ask(changes)).toEqual({ ok: false, failure })
})

test.each<[string, Partial<PayfipOrder>]>([
  ['one euro', { montant: cents(100) }],
  ['the greatest amount', { montant: cents(9_999_999) }],
  ['an address of 6', { mel: 'a@b.fr' }],
  ['an address of 80', { mel: `${of(72, 'a')}@bb.fr.cc`.slice(0, 80) }],
  ['a reference of 6', { refdet: 'ABCDEF' }],
  ['a reference of 30', { refdet: of(30, 'a1') }],
  ['an address of 249', { urlnotif: `https://portail.example/${of(225, 'a')}` }],
])('%s passes', (_, changes) => {
  expect(ask(changes)).toMatchObject({ ok: true })
})

// The first is eopayment's own test, test_normalize_objet; the next two its test_transaction_id_orderid_subject.
test.each([
  [
    '18/09/2020  \u00c9tablissement attestation hors-sol n#1234',
    '18092020 Etablissement attestation hors sol n1234',
  ],
  ['O F20190003 S Pr\u00e9compte famille #1234', 'O F20190003 S Precompte famille 1234'],
  ['Pr\u00e9compte famille #1234 T TR-12345', 'Precompte famille 1234 T TR 12345'],
  ['C\u0153ur d\u2019\u00e9t\u00e9', 'Coeur d ete'],
  ['', ''],
  ['\u20ac<>&', ''],
  [of(99, 'a') + ' bc', of(99, 'a')],
])('the subject « %s » is told as « %s »', (text, plain) => {
  expect(plainObjet(text)).toBe(plain)
})

test.each([
  ['12122019', '1311', '2019-12-12T12:11:00Z'],
  ['03082026', '0912', '2026-08-03T07:12:00Z'],
  ['29032026', '0159', '2026-03-29T00:59:00Z'],
  ['29032026', '0300', '2026-03-29T01:00:00Z'],
  ['25102026', '0230', '2026-10-25T00:30:00Z'],
  ['25102026', '0300', '2026-10-25T02:00:00Z'],
  ['01012027', '0000', '2026-12-31T23:00:00Z'],
])('%s at %s is read on the clocks of Paris', (date, time, instant) => {
  expect(readTime(date, time)).toEqual(new Date(instant))
})

test.each([
  ['31022026', '1000'],
  ['2026-01-01', '1000'],
  ['01012026', '2400'],
  ['01012026', '1060'],
  ['01012026', ''],
  ['01012026', '910'],
])('%s at %s is no time', (date, time) => {
  expect(readTime(date, time)).toBeUndefined()
})

const DETAIL = {
  idop: 'i',
  numcli: '090909',
  refdet: 'ABCDEF',
  montant: '3100',
  resultrans: 'P',
  saisie: 'T',
  dattrans: '12122019',
  heurtrans: '1311',
}
const detail = (changes: { [name: string]: string }) =>
  readDetail(new Map(Object.entries({ ...DETAIL, ...changes })))

test.each([
  ['idop', ''],
  ['numcli', ''],
  ['refdet', ''],
  ['resultrans', ''],
  ['saisie', ''],
  ['montant', ''],
  ['montant', '31.00'],
  ['montant', '-3100'],
  ['montant', '123456789012'],
  ['dattrans', '31022026'],
  ['heurtrans', '9999'],
])('a detail with %s « %s » says nothing', (name, value) => {
  expect(detail({ [name]: value })).toBeUndefined()
})

test('an abandoned page may have no date, and a code that nobody knows is kept as it is', () => {
  expect(detail({ dattrans: '', heurtrans: '', resultrans: 'Q' })).toMatchObject({
    resultrans: 'Q',
    happenedAt: undefined,
  })
})
