// The bank's files over HTTP: a statement of account and a plain list beside the gateway's journal.
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { journalOf } from '../../test/support/journal.ts'
import { payOnline } from '../../test/support/refunds.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type StatementEntry, statementXml } from '../../test/support/statement.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { cents } from '../kernel/money.ts'
import type { BankFact } from '../payments/gateway.ts'
import { buildPortal } from '../portal.ts'
import { day } from '../kernel/dates.ts'
import { readDay } from './read-day.ts'

const db = await testDatabase()
const IBAN = 'FR1420041010050500013M02606'
const DAY = '/gestion/rapprochement/2012-04-12'
const ENTRIES = '/gestion/rapprochement/releve'
let till: Till
let who: Visitor

beforeEach(async () => {
  await db.pool.query(
    'update billing_unit set transfer_iban = null, transfer_beneficiary = null, transfer_bic = null',
  )
  till = await openTill(db, {
    mode: 'prepaid',
    transfer: { beneficiary: 'ifac', iban: IBAN, bic: 'PSSTFRPPPAR' },
  })
  who = visitor(await buildPortal(till.services, till.shops), till.services)
  const names = { firstName: 'Nadia', lastName: 'Lefèvre' }
  await who.signInStaff((await buildStaff(db, till.organisationId, ['accountant'], {}, names)).staffId)
})

const send = async (name: string, content: string | Uint8Array) => {
  await who.get('/gestion/rapprochement')
  return who.upload(
    ENTRIES,
    'releve',
    new File([typeof content === 'string' ? content : new Uint8Array(content)], name),
  )
}
const journal = (facts: readonly BankFact[]) =>
  send('journal.csv', journalOf(till.contract.shopNumber, facts))
const account = (...entries: StatementEntry[]) => send('compte.xml', statementXml(IBAN, entries, '08'))
const remittance = (amount: string, fee?: string): StatementEntry => ({
  amount,
  day: '2012-04-13',
  words: ['REMISE CB DU 12/04'],
  ...(fee === undefined ? {} : { more: `<Chrgs><Rcrd><Amt Ccy="EUR">${fee}</Amt></Rcrd></Chrgs>` }),
})
const paid = async (amount: number) => (await payOnline(db, till, amount, amount)).fact
const compared = async () => {
  const checked = {
    organisationId: till.organisationId,
    contractId: till.contract.id,
    day: day('2012-04-12'),
  }
  return (await readDay(db, checked)).comparison
}
const found = async () => (await compared()).differences.map(({ kind, cents: share }) => [kind, share])

test('card money that reached the account agrees with the day, and is nobody’s transfer', async () => {
  await journal([await paid(5_000), await paid(5_000)])
  expect((await who.get(DAY)).words).toContain('ne dit pas encore ce que la banque a versé')
  expect((await account(remittance('100.00'))).words).toContain(
    'Relevé de compte lu : 1 ligne reconnue, 0 à attribuer',
  )
  expect((await who.get(DAY)).words).toContain('Versé sur le compte le 13/04/2012 : 100,00 €.')
  expect([await found(), await till.tasks()]).toEqual([[], []])
})

test('what the bank remits short, and what it keeps, are differences that add up to the gap', async () => {
  await journal([await paid(5_000), await paid(5_000)])
  await account(remittance('87.50', '0.50'))
  const page = await who.get(DAY)
  expect(page.words).toContain('Écart −12,50 € 2 écarts expliquent la totalité')
  expect(page.words).toContain('Remise qui n’est pas celle de la journée')
  expect(page.words).toContain('La banque a versé 12,00 € de moins qu’elle n’a encaissé')
  expect(await found()).toEqual([
    ['short-remittance', -1_200],
    ['fees', -50],
  ])
  const accept = (operation: string) =>
    who.post(`${DAY}/ecart?contrat=${till.contract.id}`, { operation, geste: 'accepter' })
  expect((await accept('fees 2012-04-12')).location).toContain('note=traite')
  expect((await accept('fees 2012-04-12')).location).toContain('note=deja')
  expect(await found()).toEqual([['short-remittance', -1_200]])
  // What was missing comes with the next statement.
  await send('suite.xml', statementXml(IBAN, [{ ...remittance('12.00'), day: '2012-04-16' }]))
  expect([await found(), (await compared()).gap]).toEqual([[], 0])
})

test('a remittance without a day in its words is that of the day whose payments make its sum', async () => {
  await journal([await paid(4_210)])
  await account({ amount: '42.10', day: '2012-04-16', words: [`VENTES CB ${till.contract.shopNumber}`] })
  expect((await who.get(DAY)).words).toContain('Versé sur le compte le 16/04/2012 : 42,10 €.')
})

test('the same statement of account twice is refused, and says when and as what it was read', async () => {
  await account(remittance('100.00'))
  const again = await account(remittance('100.00'))
  expect([again.status, again.words]).toEqual([
    422,
    expect.stringContaining('Ce relevé a déjà été importé le 12/04/2012'),
  ])
  expect(again.words).toContain('sous le nom « compte.xml »')
})

test.each([
  ['cut', '<?xml version="1.0"?><Document><BkToCstmrStmt>', 'Ce fichier XML est coupé ou abîmé.'],
  [
    'another XML',
    '<?xml version="1.0"?><Document><Other/></Document>',
    'n’est pas un relevé de compte camt.053',
  ],
  [
    'of a stranger’s account',
    statementXml('DE89370400440532013000', []),
    'un compte que vous ne gérez pas ici',
  ],
  [
    'with an entry in francs',
    statementXml(IBAN, [{ amount: '1.00' }, { amount: '1.00', currency: 'CHF' }]),
    'L’écriture n° 2',
  ],
])('a statement %s is refused with a sentence', async (_, content, sentence) => {
  const answer = await send('x.xml', content)
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(sentence)])
})

const listOf = (lines: readonly (readonly [string, string])[]) =>
  ['Date;Référence;Montant', ...lines.map(([reference, amount]) => `12/04/2012;${reference};${amount}`)].join(
    '\r\n',
  )

test('a plain list finds the payments by their references, whole or as quoted, and books nothing', async () => {
  const [same, other, missing, twice] = [
    await paid(1_000),
    await paid(2_000),
    await paid(3_000),
    await paid(4_000),
  ]
  const quoted = `${same.reference.slice(-8, -4)}-${same.reference.slice(-4)}`
  const answer = await send(
    'liste.csv',
    Buffer.from(
      listOf([
        [quoted, '10,00'],
        [other.reference, '23,00'],
        [twice.bankTransaction, '40,00'],
        [twice.bankTransaction, '40,00'],
        ['AILLEURS', '7,50'],
      ]),
      'latin1',
    ),
  )
  expect(answer.location).toContain(`${DAY}?contrat=`)
  const differences = new Map((await compared()).differences.map((one) => [one.kind, one]))
  expect(await found()).toHaveLength(4)
  expect(differences.get('different')?.cents).toBe(300)
  expect(differences.get('duplicate')?.cents).toBe(4_000)
  expect(differences.get('absent-from-portal')?.bank?.reference).toBe('AILLEURS')
  expect(differences.get('absent-from-bank')?.portal?.reference).toBe(missing.reference)
  expect([await till.tasks(), await till.credit()]).toEqual([[], 10_000])
})

test('the same list twice is refused with a link to its day', async () => {
  await send('liste.csv', listOf([['AILLEURS', '7,50']]))
  const again = await send('autre-nom.csv', listOf([['AILLEURS', '7,50']]))
  expect([again.status, again.words]).toEqual([422, expect.stringContaining('sous le nom « liste.csv »')])
  expect(again.html).toContain(`href="${DAY}?contrat=${till.contract.id}"`)
  expect((await compared()).bankCount).toBe(1)
})

test('a line that cannot be read is named, and nothing of the list is kept', async () => {
  const answer = await send(
    'liste.csv',
    listOf([
      ['A', '7,50'],
      ['B', 'douze'],
    ]),
  )
  expect([answer.status, answer.words]).toEqual([
    422,
    expect.stringContaining('Ligne 3 : « douze » n’est pas un montant comme 12,50.'),
  ])
  expect((await compared()).bankCount).toBe(0)
})

const SOWN = [
  'absent-from-portal',
  'taken-back',
  'duplicate',
  'different',
  'absent-from-bank',
  undefined,
] as const

test(
  '500 of 500 differences sown in a real day are found by real imports, none false',
  { timeout: 240_000 },
  async () => {
    const facts: BankFact[] = []
    const sown: string[] = []
    const other = () => `${Math.random()}`.slice(2).padEnd(32, '0')
    for (let index = 0; index < 597; index += 1) {
      const kind = SOWN[index % SOWN.length]
      const amount = 1_000 + index
      if (kind) sown.push(kind)
      if (kind === 'absent-from-portal' || kind === 'different') {
        const form = await till.send(await till.start(amount), amount)
        const fact = factOf(form)
        facts.push(
          kind === 'different'
            ? { ...fact, amount: cents(amount + 300) }
            : { ...fact, reference: `AILLEURS${index}` },
        )
        continue
      }
      const fact = await paid(amount)
      if (kind === 'absent-from-bank') continue
      facts.push(kind === 'taken-back' ? { ...fact, verdict: 'refused' } : fact)
      if (kind === 'duplicate') facts.push({ ...fact, bankTransaction: other(), transactionNumber: '999999' })
    }
    await journal(facts)
    const { bank } = await compared()
    // The account: 1,00 € remitted short, and 0,25 € of fees.
    await account(remittance(((bank - 125) / 100).toFixed(2), '0.25'))
    sown.push('short-remittance', 'fees')
    const day12 = await compared()
    expect(sown).toHaveLength(500)
    expect(day12.differences.map(({ kind }) => kind).toSorted()).toEqual(sown.toSorted())
    expect([day12.unexplained, day12.matched.count]).toEqual([0, 99 + 100])
    expect((await who.get(DAY)).words).toContain('500 écarts expliquent la totalité')
  },
)
