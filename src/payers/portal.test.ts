// Invitations, a person's several files, and what a reader may not, over HTTP.
import { beforeAll, expect, test } from 'vitest'
import { buildInvoice } from '../../test/support/account.ts'
import {
  buildFamily,
  buildFamilyUnit,
  buildLogin,
  buildOrganisation,
  buildUnit,
  TEST_PASSWORD,
} from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { visitor } from '../../test/support/visitor.ts'
import { DAY_MS } from '../kernel/dates.ts'
import { buildPortal } from '../portal.ts'
import { findInvitation, invitationToken } from './invitation-store.ts'
import { payerMailWriters } from './write-mails.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
const organisationId = await buildOrganisation(db)
const unit = await buildUnit(db, organisationId)
const { familyId } = await buildFamily(db, organisationId)
const { familyId: otherId } = await buildFamily(db, organisationId, { name: 'DUPONT', child: 'Tom' })
const claire = await buildLogin(db, organisationId, familyId)
const paul = await buildLogin(db, organisationId, otherId, { firstName: 'Paul', lastName: 'DUPONT' })
const browser = visitor(app, services)

beforeAll(async () => {
  for (const id of [familyId, otherId]) await buildFamilyUnit(db, organisationId, id, unit.unitId)
  await buildInvoice(db, { organisationId, familyId, unit }, 'TH300001', 3_100)
  await buildInvoice(db, { organisationId, familyId: otherId, unit }, 'TH300002', 7_000)
  await browser.signIn(claire.loginId)
})

const guest = (email: string, values: object = {}) => ({
  prenom: 'Paul',
  nom: 'MARTIN',
  courriel: email,
  droits: 'payer',
  ...values,
})
const latest = async () => {
  const found = await db
    .selectFrom('invitation')
    .select('id')
    .orderBy('invited_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const invitation = await findInvitation(db, organisationId, found.id)
  if (!invitation) throw new Error('no invitation')
  return invitation
}
const invited = async (email: string, values: object = {}) => {
  await browser.get('/profil/invitation')
  const posted = await browser.post('/profil/invitation', guest(email, values))
  expect(posted.location).toBe('/profil/invitation?note=envoyee')
  services.clock.advance(1_000)
  const invitation = await latest()
  return { ...invitation, path: `/invitation/${invitationToken(services.keys, invitation)}` }
}
const proofIn = (html: string) => /name="preuve" value="([^"]*)"/.exec(html)?.[1] ?? ''
const news = () =>
  db.selectFrom('mail').select(['kind', 'recipient', 'details']).where('kind', '=', 'dossier-news').execute()

test('what is typed wrongly is told, and kept', async () => {
  await browser.get('/profil/invitation')
  const answer = await browser.post('/profil/invitation', { prenom: 'Paul', courriel: 'paul' })
  expect(answer.status).toBe(422)
  for (const sentence of [
    'Écrivez le nom.',
    'Écrivez une adresse e-mail',
    'Choisissez si cette personne paie',
  ])
    expect(answer.words).toContain(sentence)
  expect(answer.html).toContain('value="Paul"')
})

test('a guest without an account names a child, chooses a password, and opens the file as a reader', async () => {
  const invitation = await invited('mamie@famille.example', { prenom: 'Jeanne', droits: 'reader' })
  const mail = await payerMailWriters['adult-invitation'](services, organisationId, {
    kind: 'adult-invitation',
    invitationId: invitation.id,
  })
  expect(mail?.text).toContain(services.config.publicUrl + invitation.path)
  const jeanne = visitor(app, services)
  const who = await jeanne.get(invitation.path)
  expect(who.words).toContain('Claire MARTIN vous invite')
  expect(who.words).not.toContain('Famille MARTIN')
  const wrong = await jeanne.post(invitation.path, { etape: 'qui', prenom: 'Zoé' })
  expect([wrong.status, wrong.words.includes('Il vous reste 4 essais')]).toEqual([422, true])
  const known = await jeanne.post(invitation.path, { etape: 'qui', prenom: 'leo' })
  expect(known.words).toContain('Famille MARTIN')
  const form = { etape: 'mot-de-passe', preuve: proofIn(known.html), nouveau: TEST_PASSWORD }
  expect((await jeanne.post(invitation.path, { ...form, preuve: 'guess' })).status).toBe(422)
  expect((await jeanne.post(invitation.path, form)).location).toBe('/activation/mes-coordonnees')
  const page = await jeanne.get('/factures')
  expect(page.words).toContain('TH300001')
  expect(page.words).toContain('Pour payer, demandez à Claire MARTIN.')
  expect((await jeanne.get(invitation.path)).status).toBe(410)
  expect((await news()).map(({ recipient, details }) => [recipient, details])).toEqual([
    [
      `${claire.identifier}@famille.example`,
      expect.objectContaining({ news: 'joined', about: 'Jeanne MARTIN' }),
    ],
  ])
  const refused = await jeanne.post('/profil/invitation', guest('x@famille.example'))
  expect([refused.status, refused.words.includes('demandez à Claire MARTIN')]).toEqual([403, true])
})

test('who has an account opens both files with it, one at a time', async () => {
  const { path } = await invited('paul@famille.example')
  const one = visitor(app, services)
  await one.signIn(paul.loginId)
  expect((await one.get('/dossier')).words).toContain('Vous n’ouvrez qu’un seul dossier.')
  const stale = await one.get('/factures')
  expect(stale.words).toContain('TH300002')
  await one.get(path)
  const known = await one.post(path, { etape: 'qui', prenom: 'Léo' })
  expect(known.words).toContain('Vous êtes connecté(e) : Paul DUPONT.')
  const joined = await one.post(path, { etape: 'compte', preuve: proofIn(known.html) })
  expect(joined.location).toBe('/')
  const page = await one.get('/factures')
  expect([page.words.includes('TH300001'), page.words.includes('TH300002')]).toEqual([true, false])
  expect((await one.get('/factures/TH300002')).status).toBe(404)
  const choice = await one.get('/dossier')
  expect(choice.words).toContain('Famille DUPONT Tom')
  const own = /name="dossier" value="([^"]*)"/.exec(choice.html)?.[1] ?? ''
  const token = /name="jeton" value="([^"]*)"/.exec(choice.html)?.[1] ?? ''
  expect((await one.post('/dossier', { dossier: own })).location).toBe('/')
  // A form left open in another tab was of the former file.
  expect((await one.post('/profil/mobile', { mobile: '', jeton: token })).status).toBe(403)
  expect((await one.get('/factures')).words).toContain('TH300002')
  expect((await one.get('/factures/TH300001')).status).toBe(404)
  const foreign = await one.post('/dossier', { dossier: claire.adultId })
  expect(foreign.status).toBe(404)
  const again = await invited('paul2@famille.example')
  await one.get(again.path)
  const second = await one.post(again.path, { etape: 'qui', prenom: 'Léo' })
  const twice = await one.post(again.path, { etape: 'compte', preuve: proofIn(second.html) })
  expect([twice.status, twice.words.includes('Vous ouvrez déjà ce dossier')]).toEqual([422, true])
})

test('an invitation is withdrawn, expires, and another family’s is not found', async () => {
  const withdrawn = await invited('un@famille.example')
  const page = await browser.get('/profil/invitation')
  expect(page.words).toContain('un@famille.example')
  const stranger = visitor(app, services)
  await stranger.signIn(paul.loginId)
  await stranger.get('/profil')
  expect((await stranger.post('/profil/invitation/retrait', { invitation: withdrawn.id })).status).toBe(404)
  const gone = await browser.post('/profil/invitation/retrait', { invitation: withdrawn.id })
  expect(gone.location).toBe('/profil/invitation?note=retiree')
  const nobody = visitor(app, services)
  expect((await nobody.get(withdrawn.path)).words).toContain('Cette invitation a été retirée')
  const late = await invited('deux@famille.example')
  services.clock.advance(7 * DAY_MS)
  expect((await nobody.get(late.path)).words).toContain('Cette invitation a expiré')
  expect((await nobody.get(late.path.slice(0, -1))).status).toBe(404)
})

test('five wrong answers block the link', async () => {
  await browser.signIn(claire.loginId)
  const { path } = await invited('trois@famille.example')
  const nobody = visitor(app, services)
  for (let count = 0; count < 5; count += 1) await nobody.post(path, { etape: 'qui', prenom: 'Zoé' })
  const blocked = await nobody.post(path, { etape: 'qui', prenom: 'Léo' })
  expect([blocked.status, blocked.words.includes('Trop de réponses fausses')]).toEqual([410, true])
})

test('no address is invited twice, nor more than five people at once', async () => {
  await browser.get('/profil/invitation')
  const twice = await browser.post('/profil/invitation', guest('trois@famille.example'))
  expect(twice.location).toBe('/profil/invitation?note=envoyee')
  await browser.get('/profil/invitation')
  const third = await browser.post('/profil/invitation', guest('trois@famille.example'))
  expect(third.words).toContain('Une invitation attend déjà à cette adresse.')
  for (let count = 0; count < 6; count += 1) {
    await browser.get('/profil/invitation')
    await browser.post('/profil/invitation', guest(`n${count}@famille.example`))
  }
  const many = await browser.post('/profil/invitation', guest('encore@famille.example'))
  expect(many.words).toContain('Cinq invitations attendent déjà.')
})
