// The reconciliation over HTTP, against the real verbs: what differs, what is done of it, the closing.
import { beforeEach, expect, test } from 'vitest'
import { buildFamily, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { journalOf } from '../../test/support/journal.ts'
import { payOnline, tell } from '../../test/support/refunds.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { cents } from '../kernel/money.ts'
import type { BankFact } from '../payments/gateway.ts'
import { buildPortal } from '../portal.ts'
import type { Role } from '../staff/rights.ts'
import { compareDays } from './compare-days.ts'

const db = await testDatabase()
const DAY = '/gestion/rapprochement/2012-04-12'
const NEXT_DAY = new Date('2012-04-13T06:00:00Z')
let till: Till
let who: Visitor
let files = 0

beforeEach(async () => {
  till = await openTill(db)
  who = await staff('accountant')
})

async function staff(role: Role, place = {}): Promise<Visitor> {
  const one = visitor(await buildPortal(till.services, till.shops), till.services)
  const built = await buildStaff(db, till.organisationId, [role], place, {
    firstName: 'Nadia',
    lastName: 'Lefèvre',
  })
  await one.signInStaff(built.staffId)
  return one
}
async function morning(): Promise<void> {
  till.services.clock.set(NEXT_DAY)
  who = await staff('accountant')
}
const upload = (facts: readonly BankFact[], one = who) =>
  one.upload(
    '/gestion/rapprochement/releve',
    'releve',
    new File([new Uint8Array(journalOf(till.contract.shopNumber, facts))], `journal-${(files += 1)}.csv`),
  )
const paid = async (amount: number) => ({
  ...(await payOnline(db, till, [await till.issue(amount)], amount)),
})
const unknown = (amount: number) =>
  factOf(
    new Map([
      ['vads_order_id', 'AILLEURS'],
      ['vads_amount', String(amount)],
      ['vads_trans_id', '000777'],
    ]),
  )
const acts = async () =>
  (
    await db
      .selectFrom('staff_act')
      .select('kind')
      .where('organisation_id', '=', till.organisationId)
      .where('kind', 'like', 'reconciliation%')
      .execute()
  ).map(({ kind }) => kind)
const seenIn = (html: string) => /name="vu" value="([^"]*)"/.exec(html)?.[1] ?? ''
const closing = (html: string, fields: { readonly [name: string]: string } = {}) =>
  who.post(`${DAY}/cloture`, { vu: seenIn(html), ...fields })

test('a day that agrees says so, closes once under a name, and is then frozen', async () => {
  const { fact } = await paid(3_100)
  const sent = await upload([fact])
  expect(sent.location).toContain(`${DAY}?contrat=`)
  await morning()
  const page = await who.get(DAY)
  expect(page.words).toContain('Relevé de la banque 31,00 € 1 opération')
  expect(page.words).toContain('Écart 0,00 € Tout concorde')
  expect(page.words).toContain('1 opération rapprochée automatiquement 31,00 €')
  expect((await closing(page.html)).location).toContain('note=clos')
  const closed = await who.get(DAY)
  expect(closed.words).toContain('Clôturée par Nadia Lefèvre, le 13/04/2012 à 08:00. Tout concordait.')
  expect((await closing(page.html)).words).toContain('Quelqu’un vient de clôturer cette journée.')
  // The bank goes back on its word: the closed page stays as it was signed.
  await upload([{ ...fact, verdict: 'refused' }])
  expect((await who.get(DAY)).words).toContain('Relevé de la banque 31,00 € 1 opération')
  expect(await acts()).toEqual(['reconciliation.closed'])
})

test('money that the portal does not know is first and red; its family is found or refused by name', async () => {
  const { fact } = await paid(3_100)
  await upload([fact, unknown(7_450)])
  const page = await who.get(DAY)
  expect(page.words).toContain('Écart +74,50 € 1 écart explique la totalité')
  expect(page.words).toContain('Encaissé par la banque, absent du portail Famille débitée +74,50 €')
  const operation = /name="operation" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const place = (name: string) =>
    who.post(`${DAY}/ecart`, { operation, geste: 'placer', champ: 'famille-0', 'famille-0': name })
  const wrong = await place('Personne')
  expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('value="Personne"')])
  expect(wrong.words).toContain('Aucune famille de cette unité ne s’appelle « Personne ».')
  expect([await till.credit(), await acts()]).toEqual([0, []])
  expect((await place('martin')).location).toContain('note=traite')
  expect([await till.credit(), await acts()]).toEqual([7_450, ['reconciliation.treated']])
  expect((await who.get(DAY)).words).toContain('Écart 0,00 € Tout concorde')
  expect((await place('martin')).location).toContain('note=deja')
  expect(await till.credit()).toBe(7_450)
})

test('a family that the unit of the money does not know is refused, and nothing moves', async () => {
  await upload([unknown(7_450)])
  const operation = /name="operation" value="([^"]*)"/.exec((await who.get(DAY)).html)?.[1] ?? ''
  const { familyId } = await buildFamily(db, till.organisationId)
  const answer = await who.post(`${DAY}/ecart`, { operation, geste: 'placer', dossier: familyId })
  expect([answer.status, answer.words]).toEqual([
    422,
    expect.stringContaining('Cette famille ne dépend pas de l’unité qui tient cette somme'),
  ])
  expect([await till.internal('suspense'), await acts()]).toEqual([-7_450, []])
})

test('an unpaid attempt of that very amount is proposed, and confirmed in one click', async () => {
  const invoice = await till.issue(7_450)
  await till.send(await till.start([invoice]), 7_450)
  await upload([unknown(7_450)])
  const page = await who.get(DAY)
  expect(page.words).toContain(`Proposition de Préau Tentative de la famille MARTIN`)
  const operation = /name="operation" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  await who.post(`${DAY}/ecart`, { operation, geste: 'placer', dossier: till.familyId })
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 0])
})

test('another amount than was sent settles its invoice, and the rest is credit', async () => {
  const invoice = await till.issue(3_100)
  const fact = factOf(await till.send(await till.start([invoice]), 3_100), { amount: cents(3_400) })
  await upload([fact])
  const page = await who.get(DAY)
  expect(page.words).toContain('Montant différent 3,00 € d’écart +3,00 €')
  await who.post(`${DAY}/ecart`, { operation: fact.bankTransaction, geste: 'placer', dossier: till.familyId })
  expect([await till.due(invoice), await till.credit()]).toEqual([0, 300])
  expect((await who.get(DAY)).words).toContain('Écart 0,00 €')
})

test('a payment that the bank does not know may wait, or be reported as a task', async () => {
  const { fact } = await paid(4_500)
  await upload([(await paid(3_100)).fact])
  const page = await who.get(DAY)
  expect(page.words).toContain('Accepté au portail, absent de la banque')
  expect(page.words).toContain('Écart −45,00 €')
  await who.post(`${DAY}/ecart`, { operation: fact.bankTransaction, geste: 'attendre' })
  expect((await who.get(DAY)).words).toContain('En attente jusqu’au 14/04/2012')
  expect(await till.tasks()).toEqual(['bank-difference'])
  // The next statement has it: nobody has to do anything.
  await upload([fact])
  expect((await who.get(DAY)).words).toContain('Tout concorde')
})

test('« À traiter » counts the differences of open days that no task tells of, until one does', async () => {
  const { fact } = await paid(4_500)
  await upload([(await paid(3_100)).fact])
  const compare = () => compareDays(db, till.services.clock.now())
  await compare()
  expect((await who.get('/gestion')).words).toContain('Écarts de rapprochement sans tâche 1 −45,00 €')
  await who.get(DAY)
  await who.post(`${DAY}/ecart`, { operation: fact.bankTransaction, geste: 'attendre' })
  await compare()
  expect((await who.get('/gestion')).words).not.toContain('Écarts de rapprochement sans tâche 1')
})

test('a payment of the evening that the bank dates the next day is that day’s', async () => {
  const { fact } = await paid(4_500)
  await upload([{ ...fact, happenedAt: new Date('2012-04-13T01:00:00Z') }])
  await morning()
  expect((await who.get(DAY)).words).toContain('0 paiement accepté')
  expect((await who.get('/gestion/rapprochement/2012-04-13')).words).toContain('Écart 0,00 € Tout concorde')
})

test('a second payment and a taking back wait for a person, who accepts them', async () => {
  const { fact: cancelled } = await paid(2_000)
  const reference = await till.start([await till.issue(3_100)])
  const form = await till.send(reference, 3_100)
  const [first, second] = [factOf(form), factOf(form)]
  for (const fact of [first, second]) await tell(db, till, fact)
  await upload([first, second, { ...cancelled, verdict: 'refused' }])
  const page = await who.get(DAY)
  expect(page.words).toContain('Écart +11,00 € 2 écarts expliquent la totalité')
  expect(page.words).toContain('Repris par la banque De nouveau dû −20,00 €')
  expect(page.words).toContain('Encaissé deux fois Payé deux fois +31,00 €')
  for (const { bankTransaction } of [second, cancelled])
    await who.post(`${DAY}/ecart`, { operation: bankTransaction, geste: 'accepter' })
  expect((await who.get(DAY)).words).toContain('Écart 0,00 € Tout concorde')
})

test('a day with differences closes with a reserve only, which the list and the page keep', async () => {
  await upload([unknown(7_450)])
  const early = await who.get(DAY)
  expect((await closing(early.html)).words).toContain('La journée n’est pas finie')
  await morning()
  const page = await who.get(DAY)
  expect(page.words).toContain('Clôture impossible : 1 écart ouvert.')
  const bare = await closing(page.html, { reserve: '  ' })
  expect([bare.status, bare.words]).toEqual([422, expect.stringContaining('Dites en quelques mots pourquoi')])
  const stale = await closing('name="vu" value="0 0 0"', { reserve: 'La banque cherche' })
  expect(stale.words).toContain('La journée a changé pendant que vous la regardiez')
  expect(stale.html).toContain('value="La banque cherche"')
  await closing(page.html, { reserve: 'La banque cherche' })
  expect((await who.get(DAY)).words).toContain('Avec réserve : « La banque cherche »')
  const list = await who.get('/gestion/rapprochement?etat=clos')
  expect(list.words).toContain('12/04/2012 +74,50 € Close avec réserve par Nadia Lefèvre')
  expect((await who.get('/gestion/rapprochement?etat=ouverts')).words).toContain('Aucune journée à montrer.')
})

test('without a statement nothing is compared, and nothing closes', async () => {
  await paid(3_100)
  await morning()
  const page = await who.get(DAY)
  expect(page.words).toContain('Le relevé de ce jour n’est pas encore importé')
  expect(page.words).not.toContain('absent de la banque')
  const answer = await who.post(`${DAY}/cloture`, { vu: '0 3100 1', reserve: 'x' })
  expect(answer.words).toContain('il n’y a rien à comparer')
})

test('the same file twice is refused, with a link to the first; what is no journal says its line', async () => {
  const { fact } = await paid(3_100)
  await upload([fact])
  const again = await upload([fact])
  expect([again.status, again.words]).toEqual([
    422,
    expect.stringContaining('Ce relevé a déjà été importé le 12/04/2012'),
  ])
  expect(again.html).toContain(`href="${DAY}?contrat=`)
  const post = (text: string) =>
    who.upload('/gestion/rapprochement/releve', 'releve', new File([text], 'faux.csv'))
  expect((await post('bonjour')).words).toContain('La première ligne doit nommer trois colonnes')
  expect((await post('')).words).toContain('Choisissez le fichier à importer.')
})

test('a statement of another organisation’s shop is as one of no shop', async () => {
  const other = await openTill(db)
  const file = new File([new Uint8Array(journalOf(other.contract.shopNumber, [unknown(500)]))], 'autre.csv')
  const answer = await who.upload('/gestion/rapprochement/releve', 'releve', file)
  expect(answer.words).toContain('que vous ne gérez pas ici')
  expect(await other.tasks()).toEqual([])
})

test('who only reads sees the day without a gesture; who holds one unit of two does not close', async () => {
  await upload([unknown(7_450)])
  till.services.clock.set(NEXT_DAY)
  const reader = await staff('reader')
  const seen = await reader.get(DAY)
  expect(seen.words).toContain('Encaissé par la banque, absent du portail')
  expect(seen.html).not.toContain('name="geste"')
  const second = await buildUnit(db, till.organisationId, { contractId: till.contract.id })
  const part = await staff('accountant', { unitId: second.unitId })
  const page = await part.get(DAY)
  expect(page.words).toContain('Ce contrat sert aussi')
  expect((await part.post(`${DAY}/cloture`, { vu: '', reserve: 'x' })).status).toBe(403)
})
