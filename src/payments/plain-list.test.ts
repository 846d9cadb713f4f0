import { expect, test } from 'vitest'
import { readPlainList } from './plain-list.ts'

const read = (text: string, encoding: BufferEncoding = 'utf8') => readPlainList(Buffer.from(text, encoding))
const linesOf = (text: string, encoding?: BufferEncoding) => {
  const found = read(text, encoding)
  if (!found.ok) throw new Error(JSON.stringify(found.failure))
  return found.value.map(({ number, on, reference, amount }) => [number, on, reference, amount])
}

test.each([
  ['semicolons and commas', 'Date;Référence;Montant\n12/04/2012;2M9X-7QFK;1 234,50', 123_450],
  ['commas and points', '"Reference","Amount","Date"\n"2M9X-7QFK","1234.5","2012-04-12"', 123_450],
  [
    'tabs, a mark and Windows’ line ends',
    '\uFEFFMontant €\tDate opération\tN° de transaction\r\n-12,00 €\t12/04/2012 18:44:30\t2M9X-7QFK\r\n',
    -1_200,
  ],
  ['points for thousands', 'date;ref;montant\n12/04/2012;2M9X-7QFK;1.234,50', 123_450],
])('a list with %s is read', (_, text, amount) => {
  expect(linesOf(text)).toEqual([[2, '2012-04-12', '2M9X-7QFK', amount]])
})

test('a list in Windows-1252 is read as one in UTF-8, accents in place', () => {
  const text = 'Date;Référence;Montant\n12/04/2012;Léo;12,00'
  expect(linesOf(text, 'latin1')).toEqual(linesOf(text))
})

test('empty lines are passed over, and the others keep their numbers', () => {
  expect(
    linesOf('Date;Ref;Montant\n\n12/04/2012;A;1\n;;\n13/04/2012;B;2\n').map(([number]) => number),
  ).toEqual([3, 5])
})

test.each([
  ['columns that are missing', 'Date;Montant\n12/04/2012;12,00', 'columns', 1, 'Date, Montant'],
  ['a date that is none', 'Date;Ref;Montant\n12/04/2012;A;1\n31/02/2012;B;1', 'date', 3, '31/02/2012'],
  ['an amount that is none', 'Date;Ref;Montant\n12/04/2012;A;12,345', 'amount', 2, '12,345'],
  ['an amount in words', 'Date;Ref;Montant\n12/04/2012;A;douze', 'amount', 2, 'douze'],
  ['a reference that is missing', 'Date;Ref;Montant\n12/04/2012;;12', 'reference', 2, ''],
  ['no operation', 'Date;Ref;Montant\n', 'empty', 1, ''],
  ['a quote left open', 'Date;Ref;Montant\n12/04/2012;"A;12', 'not-a-list', 2, ''],
])('%s is named with the number of its line', (_, text, kind, line, found) => {
  expect(read(text)).toEqual({ ok: false, failure: { kind, line, found } })
})
