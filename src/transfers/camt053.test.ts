import { expect, test } from 'vitest'
import { entryXml, statementXml } from '../../test/support/statement.ts'
import { readCamt053 } from './camt053.ts'

const IBAN = 'FR1420041010050500013M02606'
const read = (text: string) => readCamt053(Buffer.from(text))
const entry = { amount: '74.05', payer: 'M. & Mme MARTIN', words: ['RF36 TH00', '2048'], bankReference: 'B1' }

test.each(['02', '08'] as const)('a credit is read in version %s', (version) => {
  expect(read(statementXml(IBAN, [{ ...entry, reference: 'RF36TH002048' }], version))).toEqual({
    ok: true,
    value: [
      {
        iban: IBAN,
        pending: 0,
        outgoing: [],
        lines: [
          {
            bookedOn: '2012-04-11',
            amount: 7_405,
            payerName: 'M. & Mme MARTIN',
            reference: 'RF36TH002048',
            words: 'RF36 TH00 2048',
            marks: ['', 'B1', '', 'NOTPROVIDED', ''],
            isReturn: false,
            endToEnd: 'NOTPROVIDED',
            returnReason: '',
            fee: 0,
          },
        ],
      },
    ],
  })
})

const linesOf = (text: string) => {
  const result = read(text)
  if (!result.ok) throw new Error(result.failure.kind)
  return result.value.flatMap(({ lines }) => lines)
}
const problemOf = (text: string | Uint8Array) => {
  const result = readCamt053(typeof text === 'string' ? Buffer.from(text) : text)
  return result.ok ? 'read' : [result.failure.kind, result.failure.entry].join(' ')
}

test('amounts are exact, and what is no amount in euros refuses the file', () => {
  const amountOf = (amount: string) => linesOf(statementXml(IBAN, [{ ...entry, amount }]))[0]?.amount
  expect(['0.01', '10', '10.5', '1234567.89', '10.50000'].map(amountOf)).toEqual([
    1, 1_000, 1_050, 123_456_789, 1_050,
  ])
  for (const amount of ['10.505', '-5', '1e3', '0.00', ''])
    expect(problemOf(statementXml(IBAN, [entry, { ...entry, amount }]))).toBe('entry 2')
  expect(problemOf(statementXml(IBAN, [{ ...entry, currency: 'CHF' }]))).toBe('entry 1')
})

test('debits are left, what is not booked yet is counted, a direction unknown refuses', () => {
  const text = statementXml(IBAN, [{ ...entry, direction: 'DBIT' }, { ...entry, status: 'PDNG' }, entry])
  expect(read(text)).toMatchObject({ value: [{ pending: 1, lines: [{ amount: 7_405 }] }] })
  expect(problemOf(statementXml(IBAN, [entryXml('02', entry).replace('CRDT', 'XXXX')]))).toBe('entry 1')
})

test('payments booked as one are told apart when they add up, and refuse the file when they do not', () => {
  const part = (amount: string, name: string) =>
    `<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>${name}</Nm></Dbtr></RltdPties></TxDtls>`
  const batch = (total: string) =>
    `<Ntry><Amt Ccy="EUR">${total}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2012-04-11T22:30:00Z</DtTm></BookgDt><NtryDtls>${part('10.00', 'A')}${part('2.50', 'B')}</NtryDtls></Ntry>`
  expect(linesOf(statementXml(IBAN, [batch('12.50')]))).toMatchObject([
    // Half past midnight in Paris.
    { payerName: 'A', amount: 1_000, bookedOn: '2012-04-12' },
    { payerName: 'B', amount: 250, bookedOn: '2012-04-12' },
  ])
  expect(problemOf(statementXml(IBAN, [batch('12.51')]))).toBe('entry 1')
})

test('what takes back a payment of the association is marked', () => {
  const returned = { ...entry, more: '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' }
  const lines = linesOf(statementXml(IBAN, [returned, { ...entry, isReversal: true }, entry]))
  expect(lines.map(({ isReturn }) => isReturn)).toEqual([true, true, false])
})

test('prefixes of names, entities of XML and another announced encoding are read', () => {
  const prefixed = statementXml(IBAN, [{ ...entry, payer: 'LÉO' }])
    .replaceAll(/<(\/?)(?=[A-Z])/g, '<$1a:')
    .replace('xmlns=', 'xmlns:a=')
    .replace('LÉO', 'L&#201;O &amp; &lt;')
  expect(linesOf(prefixed)[0]?.payerName).toBe('LÉO & <')
  const latin = statementXml(IBAN, [{ ...entry, payer: 'LÉO' }]).replace('UTF-8', 'ISO-8859-1')
  const result = readCamt053(Buffer.from(latin, 'latin1'))
  expect(result).toMatchObject({ ok: true, value: [{ lines: [{ payerName: 'LÉO' }] }] })
})

test('a DTD, an entity, another document, a broken one: refused', () => {
  const good = statementXml(IBAN, [entry])
  expect(problemOf(good)).toBe('read')
  const bomb = good.replace('<Document', '<!DOCTYPE a [<!ENTITY x "boo">]><Document')
  expect(problemOf(bomb)).toBe('doctype 0')
  expect(problemOf(good.replace('</Stmt>', ''))).toBe('xml 0')
  expect(problemOf('<Document><CstmrDrctDbtInitn/></Document>')).toBe('not-camt 0')
  expect(problemOf(statementXml('FR1420041010050500013M02607', [entry]))).toBe('account 0')
  expect(problemOf(Buffer.from([0x3c, 0xff, 0xfe]))).toBe('encoding 0')
  // Two bytes a sign would carry a DTD past the search for one.
  expect(problemOf(Buffer.from(bomb, 'utf16le'))).toBe('encoding 0')
})
