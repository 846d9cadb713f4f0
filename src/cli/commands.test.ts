import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildContract } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildExample } from '../../test/support/example-organisation.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { DAY_MS, later } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId } from '../kernel/ids.ts'
import { type Cents, cents, negate, sum } from '../kernel/money.ts'
import { listOrganisations } from '../organisations/store.ts'
import { bookCapture } from '../payments/book-capture.ts'
import { hashToken } from '../platform/secrets.ts'
import { openTask } from '../tasks/open-task.ts'
import { runCommand } from './commands.ts'

const db = await testDatabase()
const services = testServices(db)
const organisationId = await buildExample(services)
const [organisation] = await listOrganisations(db)
const slug = organisation?.slug ?? ''

const run = async (...args: string[]) => {
  const said: string[] = []
  const complained: string[] = []
  const terminal = {
    print: (text: string) => said.push(text),
    complain: (text: string) => complained.push(text),
  }
  const code = await runCommand({ terminal, open: () => Promise.resolve(services) }, args)
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}
const folder = mkdtempSync(path.join(tmpdir(), 'preau-cli-'))
const fileOf = (name: string, content: string): string => {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

const FILE = fileOf(
  'familles.csv',
  `famille;F1;MARTIN;4 chemin du Lac;74200;Thonon-les-Bains;
adulte;A1;F1;payeur;Claire;MARTIN;claire.martin@exemple.fr
adulte;A2;F1;payeur;Paul;MARTIN
enfant;E1;F1;Léo;MARTIN;03/09/2004
facture;K1;TH001987;THONON;THONON;F1;16/03/2012;;;;;Mercredis;;31,00;immédiatement
facture;K2;TH001988;THONON;THONON;F1;29/03/2012;;;;;Mercredis;;70,00;immédiatement
paiement;P1;THONON;F1;05/04/2012;chèque;26,50;TH001987
famille;F2;martin;1 rue du Port;74200;Thonon-les-Bains;
adulte;A3;F2;payeur;Zoé;MARTIN
`,
)

test('without a command the help is shown, and the code is 2', async () => {
  const { code, said } = await run()
  expect(code).toBe(2)
  for (const name of ['organisation', 'import', 'access', 'tasks', 'payments'])
    expect(said).toContain(`npm run preau -- ${name} `)
})

test.each([
  [['inconnue'], 'Commande inconnue'],
  [['import'], 'Il manque FICHIER.csv'],
  [['import', 'a.csv', 'b.csv'], '«\u00A0b.csv\u00A0» est de trop'],
  [['tasks', '--force'], 'Option inconnue\u00A0: --force'],
  [['payments', '--from', '01/04/2012'], 'Il manque --to'],
  [['payments', '--from', 'avril', '--to', '30/04/2012'], 'n’est pas une date'],
  [['payments', '--from', '30/04/2012', '--to', '01/04/2012'], '--from doit précéder'],
])('%j is misspelt, which is told with code 2', async (args, sentence) => {
  const { code, complained } = await run(...args)
  expect(code).toBe(2)
  expect(complained).toContain(sentence)
  expect(complained).not.toContain('    at ')
})

test.each([
  [['import', '/nulle/part.csv'], 'n’existe pas'],
  [['organisation', fileOf('faux.json', '{')], 'n’est pas du JSON'],
  [['organisation', fileOf('vide.json', '{}')], 'siret'],
  [['import', FILE, '--pdf', '/nulle/part'], 'n’existe pas'],
  [['import', FILE, '--organisation', 'autre'], 'Aucune organisation'],
])('%j cannot be done, which is told with code 1', async (args, sentence) => {
  const { code, complained } = await run(...args)
  expect([code, complained.includes(sentence)]).toEqual([1, true])
})

test('an organisation is set up from its file, its bank key beside it', async () => {
  const json = JSON.parse(readFileSync('examples/organisation.json', 'utf8')) as Record<string, unknown>
  const file = fileOf('nouvelle.json', JSON.stringify({ ...json, identifiant: 'nouvelle' }))
  const without = await run('organisation', file)
  expect([without.code, without.complained]).toEqual([1, expect.stringContaining('cle-test.txt')])
  fileOf('cle-test.txt', 'laCleDuBanquier\n')
  const done = await run('organisation', file)
  expect([done.code, done.said]).toEqual([0, expect.stringContaining('6 changements')])
  expect(done.said).not.toContain('laCleDuBanquier')
  expect((await run('organisation', file)).said).toContain('rien à changer')
})

test('with several organisations one must be named', async () => {
  const { code, complained } = await run('tasks')
  expect([code, complained]).toEqual([2, expect.stringContaining('nouvelle')])
})

test('a dry run writes nothing, an application everything, with a letter for who has no address', async () => {
  const letters = path.join(folder, 'lettres')
  const dry = await run('import', FILE, '--organisation', slug)
  expect(dry.said).toContain('relancez avec --apply')
  expect(await db.selectFrom('family').select('id').execute()).toEqual([])
  const args = ['import', FILE, '--organisation', slug, '--apply', '--lettres', letters]
  const done = await run(...args)
  expect([done.code, done.complained]).toEqual([0, ''])
  expect(done.said).toContain('1 courriel d’activation')
  const letter = path.join(letters, 'lettre-martin.paul.pdf')
  expect(readFileSync(letter).subarray(0, 4).toString()).toBe('%PDF')
  expect(existsSync(path.join(letters, 'lettre-martin.zoe.pdf'))).toBe(true)
  expect((await run(...args)).said).toContain('déjà repris')
})

test('a file with a problem is refused with its table', async () => {
  const bad = fileOf('mauvais.csv', 'famille;F9;DURAND;1 rue;7420;Thonon\n')
  const { code, said, complained } = await run('import', bad, '--apply', '--organisation', slug)
  expect([code, complained]).toEqual([1, expect.stringContaining('1 problème')])
  expect(said).toMatch(/Ligne +Colonne +Valeur lue +Problème\n1 +code postal +7420/)
})

test('access gives a link that opens, to each adult', async () => {
  const { code, said } = await run('access', 'F1', '--organisation', slug)
  expect(code).toBe(0)
  const tokens = [...said.matchAll(/\/activation\/([\w-]+)/g)].map((match) => match[1] ?? '')
  expect(tokens).toHaveLength(2)
  const found = await db
    .selectFrom('access_token')
    .select(['purpose', 'used_at'])
    .where('token_hash', 'in', tokens.map(hashToken))
    .execute()
  expect(found).toEqual([
    { purpose: 'activation', used_at: null },
    { purpose: 'activation', used_at: null },
  ])
})

test('an adult who chose a password once gets a link of one hour to choose another', async () => {
  const activated = { password_hash: 'x', activated_at: TEST_NOW }
  await db.transaction((tx) =>
    tx.updateTable('login').set(activated).where('identifier', '=', 'martin.zoe').execute(),
  )
  const { said } = await run('access', 'F2', '--organisation', slug)
  expect(said).toContain('martin.zoe')
  expect(said).toMatch(/valable 1 heure.*\/reinitialisation\/[\w-]{43}/)
  expect(said).not.toContain('/activation/')
})

test('a contract in TEST on a portal in production is told', async () => {
  const production = { ...services, config: { ...services.config, mode: 'production' as const } }
  const said: string[] = []
  const terminal = { print: (text: string) => said.push(text), complain: (text: string) => said.push(text) }
  const context = { terminal, open: () => Promise.resolve(production) }
  expect(await runCommand(context, ['organisation', path.join(folder, 'nouvelle.json')])).toBe(0)
  expect(said.join('\n')).toContain('73239078 est en mode TEST')
})

test('access by mail prints no link, and tells who has no address', async () => {
  const { said } = await run('access', 'F1', '--mail', '--organisation', slug)
  expect(said).not.toContain('/activation/')
  expect(said).toContain('part à claire.martin@exemple.fr')
  expect(said).toContain('Sans adresse électronique')
})

test('a name that several families bear asks for a key', async () => {
  const { code, complained } = await run('access', 'Martin', '--organisation', slug)
  expect([code, complained]).toEqual([1, expect.stringMatching(/F1 .*\n.*F2 /s)])
  expect((await run('access', 'DURAND', '--organisation', slug)).code).toBe(1)
})

test('tasks tell what awaits somebody, with amount and age, until it is done', async () => {
  expect((await run('tasks', '--organisation', slug)).said).toBe('Rien n’attend.')
  const task = {
    kind: 'unknown-order',
    amountCents: cents(1_250),
    expectedCents: null,
    reference: 'REF',
    bankTransaction: 'b1',
  } as const
  await db.transaction((tx) => openTask(tx, organisationId, 'one', task, later(TEST_NOW, -3 * DAY_MS)))
  await keepTroubles()
  const { said } = await run('tasks', '--organisation', slug)
  expect(said).toContain('depuis 3 jours · Argent mis de côté')
  expect(said).toContain('12,50\u00A0€')
  expect(said).toContain('7,00\u00A0€')
  expect(said).toContain('pas parti après 4 essais')
  const id = /--done ([0-9a-f-]{36})/.exec(said)?.[1] ?? ''
  expect((await run('tasks', '--done', id, '--organisation', slug)).code).toBe(0)
  expect((await run('tasks', '--done', id, '--organisation', slug)).code).toBe(1)
  expect((await run('tasks', '--organisation', slug)).said).not.toContain('Argent mis de côté')
})

/** A message that waits, and a mail that does not leave. */
async function keepTroubles(): Promise<void> {
  const contract = await db
    .selectFrom('bank_contract')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const shared = { organisation_id: organisationId }
  await db.transaction(async (tx) => {
    await tx
      .insertInto('bank_message')
      .values({
        ...shared,
        id: crypto.randomUUID(),
        contract_id: contract.id,
        brought_by: 'notification',
        raw: 'vads_amount=700&signature=x',
        received_at: TEST_NOW,
        outcome: 'waiting',
        note: 'base occupée',
      })
      .execute()
    await tx
      .insertInto('mail')
      .values({
        ...shared,
        id: crypto.randomUUID(),
        plan_key: 'k',
        kind: 'receipt',
        recipient: 'a@b.fr',
        details: '{}',
        planned_at: TEST_NOW,
        not_before: TEST_NOW,
        attempts: 4,
        last_error: 'connexion refusée',
      })
      .execute()
  })
}

test('payments are split by invoice, and their sum is the captures', async () => {
  const amount = cents(8_000)
  await bookPayment(amount)
  const asked = ['payments', '--from', '01/04/2012', '--to', '30/04/2012', '--organisation', slug]
  const { said } = await run(...asked)
  const lines = said
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';'))
  expect(lines.map((line) => [line[0], line[5], line[7], line[8]])).toEqual([
    ['12/04/2012', 'MARTIN', 'TH001987', '4,50'],
    ['12/04/2012', 'MARTIN', 'TH001988', '70,00'],
    ['12/04/2012', 'MARTIN', 'crédit', '5,50'],
  ])
  const total = sum(lines.map((line) => cents(Number((line[8] ?? '').replace(',', '')))))
  expect(total).toBe(amount)
  expect((await run(...asked, '--all')).said).toContain(
    '05/04/2012;;P1;;F1;MARTIN;THONON;TH001987;26,50;chèque',
  )
  const other = await run('payments', '--from', '13/04/2012', '--to', '30/04/2012', '--organisation', slug)
  expect(other.said.split('\r\n')).toHaveLength(1)
})

test('payments go to a file, with the mark a spreadsheet looks for', async () => {
  const file = path.join(folder, 'avril.csv')
  const asked = ['payments', '--from', '2012-04-01', '--to', '2012-04-30', '--bom', '--sortie', file]
  expect(await run(...asked, '--organisation', slug)).toEqual({ code: 0, said: '', complained: '' })
  expect(readFileSync(file, 'utf8').startsWith('\uFEFFDate;Reçu;')).toBe(true)
})

/** 80,00 € taken late on 12 April in Paris: the 4,50 € and 70,00 € due, the rest as credit. */
async function bookPayment(amount: Cents): Promise<void> {
  const shopNumber = '70000001'
  const sealedKey = services.keys.seal('cle')
  const contractId = await buildContract(db, organisationId, { sealedKey, shopNumber })
  const invoices = await db
    .selectFrom('invoice')
    .select(['id', 'family_id', 'billing_unit_id'])
    .where('organisation_id', '=', organisationId)
    .orderBy('number')
    .execute()
  const [first, second] = invoices
  if (!first || !second) throw new Error('no invoices')
  const familyId = first.family_id as FamilyId
  const due = (id: string) => ({ kind: 'receivable' as const, familyId, invoiceId: id as InvoiceId })
  await db.transaction((tx) =>
    bookCapture(
      tx,
      {
        organisationId,
        id: contractId,
        mode: 'TEST',
        formUrl: 'http://localhost/',
        shopNumber,
        key: 'cle',
        bankName: 'Banque',
      },
      {
        reference: 'REF',
        transactionNumber: '000001',
        bankTransaction: 'b2',
        operation: 'debit',
        verdict: 'accepted',
        amount,
        isEuro: true,
        mode: 'TEST',
        happenedAt: new Date('2012-04-12T21:59:00Z'),
        cardBrand: 'CB',
        cardMasked: '•••• 0055',
        authorisation: '3fe2',
        reason: '',
      },
      first.billing_unit_id as BillingUnitId,
      undefined,
      [
        { account: { kind: 'clearing' }, cents: amount },
        { account: due(first.id), cents: negate(cents(450)) },
        { account: due(second.id), cents: negate(cents(7_000)) },
        { account: { kind: 'credit', familyId }, cents: negate(cents(550)) },
      ],
      TEST_NOW,
    ),
  )
}
