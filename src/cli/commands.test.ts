import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildExample } from '../../test/support/example-organisation.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { DAY_MS, later } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { listOrganisations } from '../organisations/store.ts'
import { hashToken } from '../platform/secrets.ts'
import { openTask } from '../tasks/open-task.ts'

const db = await testDatabase()
const services = testServices(db)
const organisationId = await buildExample(services)
const [organisation] = await listOrganisations(db)
const slug = organisation?.slug ?? ''

const run = commandLine(services)
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

test('the REST password is read from its file, and never shown', async () => {
  const json = JSON.parse(readFileSync('examples/organisation.json', 'utf8')) as {
    contrats: Record<string, unknown>[]
  }
  const rest = { adresse: 'https://api.systempay.fr', fichierMotDePasse: 'rest.txt' }
  const contrats = json.contrats.map((one) => ({ ...one, rest }))
  const file = fileOf('rest.json', JSON.stringify({ ...json, identifiant: 'nouvelle', contrats }))
  expect((await run('organisation', file)).complained).toContain('rest.txt')
  fileOf('rest.txt', 'testpassword_laCleDuBanquier\n')
  const done = await run('organisation', file)
  expect([done.code, done.said]).toEqual([0, expect.stringContaining('rest.adresse')])
  expect(done.said).not.toContain('testpassword_')
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
  const done = await commandLine(production)('organisation', path.join(folder, 'nouvelle.json'))
  expect(done).toMatchObject({ code: 0, said: expect.stringContaining('73239078 est en mode TEST') })
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
  await db.transaction((tx) =>
    openTask(tx, organisationId, 'organisation', 'one', task, later(TEST_NOW, -3 * DAY_MS)),
  )
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

test('contracts are tested without a change, and one that cannot be asked is said so', async () => {
  const done = await run('contracts', '--organisation', 'nouvelle')
  expect([done.code, done.said]).toEqual([
    0,
    expect.stringMatching(/boutique 73239078 \(TEST\)\u00A0: rien à tester/),
  ])
})

test('the secrets are sealed under another key, which must be a good one', async () => {
  const weak = await run('reseal', fileOf('faible.txt', 'trop courte\n'))
  expect([weak.code, weak.complained]).toEqual([1, expect.stringContaining('au moins 32 caractères')])
  const done = await run('reseal', fileOf('nouvelle-clef.txt', 'q7Zt0pLw3sXk9vBn5mRy8cHf2jGd6aQe\n'))
  expect([done.code, done.said]).toEqual([0, expect.stringContaining('avec la nouvelle clé')])
})

test('a contract with an address of its own is told it, so that the bank can be given it', async () => {
  const stripe = {
    code: 'stripe',
    passerelle: 'stripe',
    banque: 'Stripe',
    mode: 'TEST',
    compte: 'acct_commands',
    fichierCle: path.basename(fileOf('stripe-cle.txt', 'sk_test_of_the_command')),
  }
  const example = JSON.parse(readFileSync('examples/organisation.json', 'utf8')) as Record<string, unknown>
  const unites = (example['unites'] as object[]).map((unit) => ({ ...unit, contrat: 'stripe' }))
  const json = { ...example, identifiant: 'avec-stripe', contrats: [stripe], unites }
  const { code, said } = await run('organisation', fileOf('stripe.json', JSON.stringify(json)))
  expect(code).toBe(0)
  expect(said).toMatch(/acct_commands.*http:\/\/localhost:\d+\/banque\/stripe\/notification\/[0-9a-f-]{36}/)
  expect(said).not.toContain('sk_test_of_the_command')
})
