// Separated parents: two files that share a child. What is one's own is a 404 to the other, and a reader
// of a file posts nothing that moves money, whatever the route.
import { beforeAll, describe, expect, it } from 'vitest'
import type { ChildId, FamilyId } from '../../src/kernel/ids.ts'
import { buildPortal } from '../../src/portal.ts'
import { shareChild } from '../../src/payers/share-child.ts'
import { day } from '../../src/kernel/dates.ts'
import { applyFact } from '../../src/payments/apply-fact.ts'
import { isOffice } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { authorOf, buildDouble } from '../support/doubles.ts'
import { factOf, openTill } from '../support/till.ts'
import { visitor } from '../support/visitor.ts'
import { buildLogin } from '../support/build.ts'

const db = await testDatabase()
const till = await openTill(db)
const { services } = till
const app = await buildPortal(services, till.shops)
const [mother, father, reader] = [visitor(app, services), visitor(app, services), visitor(app, services)]
const hers = { number: '', reference: '', receipt: '' }

beforeAll(async () => {
  const other = await buildDouble(db, till)
  const child = await db
    .selectFrom('child')
    .select(['id', 'family_id'])
    .where('family_id', '=', till.familyId)
    .executeTakeFirstOrThrow()
  const sharing = {
    familyId: child.family_id as FamilyId,
    childId: child.id as ChildId,
    withFamily: { id: other.familyId, name: 'MARTIN-BIS' },
    sinceOn: day('2012-01-01'),
  }
  await db.transaction((tx) => shareChild(tx, authorOf(till), sharing, services.clock.now()))
  const paid = await till.issue(3_100)
  await till.issue(7_000)
  hers.number = paid.number
  hers.reference = await till.start([paid])
  const form = await till.send(hers.reference, 3_100)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), services.clock.now()))
  hers.receipt = (await db.selectFrom('receipt').select('id').executeTakeFirstOrThrow()).id
  await mother.signIn(till.actor.loginId)
  await father.signIn(other.actor.loginId)
  const { loginId } = await buildLogin(db, till.organisationId, till.familyId, { role: 'reader' })
  await reader.signIn(loginId)
})

const OWN = () => [
  `/factures/${hers.number}`,
  `/factures/${hers.number}/pdf`,
  `/paiement/${hers.reference}`,
  `/recus/${hers.receipt}`,
  `/recus/${hers.receipt}/pdf`,
]

it('shows the payer her own, and the other payer of the same child a 404', async () => {
  for (const path of OWN()) {
    expect([path, (await mother.get(path)).status]).toEqual([path, 200])
    expect([path, (await father.get(path)).status]).toEqual([path, 404])
  }
  for (const path of ['/', '/factures', '/compte', '/historique', '/historique.csv'])
    expect((await father.get(path)).html).not.toContain(hers.number)
})

it('shows a reader all of the file', async () => {
  for (const path of OWN()) expect([path, (await reader.get(path)).status]).toEqual([path, 200])
})

/** Posts that move no money: who one is, how one is reached, what one looks at. */
const HARMLESS = new Set([
  '/connexion',
  '/deconnexion',
  '/session',
  '/apparence',
  '/acces-oublie',
  '/reinitialisation/:token',
  '/activation',
  '/activation/mes-coordonnees',
  '/activation/:token',
  '/profil/courriel',
  '/profil/courriel/:token',
  '/profil/mobile',
  '/profil/adresse',
  '/profil/mot-de-passe',
  '/profil/connexions',
  '/profil/telephone',
  '/profil/nom',
  '/profil/enfants/:id',
  '/profil/demandes/:id',
  '/dossier',
  '/invitation/:token',
  // The bank's own, which carries no session.
  '/banque/systempay/notification',
  '/banque/:gateway/notification/:contract',
  '/paiement/:ref/retour',
])
const posts = app.routes
  .filter(({ method, path }) => method === 'POST' && !isOffice(path))
  .map(({ path }) => path.replaceAll(/\{[^}]*\}/g, ''))
  .filter((path) => !HARMLESS.has(path))

describe.each([...new Set(posts)])('POST %s', (path) => {
  it('is refused to a reader, who is told whom to ask', async () => {
    const address = path.replace(':ref', hers.reference).replace(':unit', 'THONON')
    await reader.get('/profil')
    const answer = await reader.post(address, { f: hers.number, montant: '10,00', invitation: hers.receipt })
    expect([answer.status, answer.words.includes('Pour payer, demandez à Claire MARTIN')]).toEqual([
      403,
      true,
    ])
  })
})

it('is about every post that moves money', () => {
  expect(posts.length).toBeGreaterThanOrEqual(5)
})
