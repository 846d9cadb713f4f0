// A corrected invoice, its credit note and the invoice that replaces it: each leads to the others.
import { expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildDraft } from '../../test/support/drafts.ts'
import { testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { publishInvoices } from '../billing/publish-invoices.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)

test('a corrected invoice leads to its credit note and its replacement, both ways, for staff and family', async () => {
  const organisationId = await buildOrganisation(db)
  const { establishmentId } = await buildUnit(db, organisationId)
  const { familyId } = await buildFamily(db, organisationId)
  const { loginId } = await buildLogin(db, organisationId, familyId)
  const who = visitor(app, services)
  await who.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const form = { etablissement: establishmentId, e: '', j: '04/04/2012', l: 'Mercredi', q: '1', p: '14,50' }
  const issue = async (path: string, version: number) => {
    await who.get(path)
    await who.post(path, { ...form, version: String(version), geste: 'verifier' })
    const issued = await who.post(path, { ...form, version: String(version + 1), geste: 'emettre' })
    return /factures\/([A-Z0-9]+)/.exec(issued.location ?? '')?.[1] ?? ''
  }
  const draft = await buildDraft(db, organisationId, familyId)
  const first = await issue(`/gestion/factures/brouillons/${draft}`, 1)
  services.clock.advance(48 * 3_600_000)
  await publishInvoices(db, services.clock.now())
  await who.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const page = await who.get(`/gestion/factures/${first}`)
  const cle = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const corrected = await who.post(`/gestion/factures/${first}/corriger`, { cle, motif: 'Tarif' })
  const path = (corrected.location ?? '').replace(/\?.*/, '')
  const second = await issue(path, 1)
  const family = visitor(app, services)
  await family.signIn(loginId)
  // Not yet visible, the new one is named nowhere.
  expect((await family.get(`/factures/${first}`)).words).not.toContain(second)
  services.clock.advance(24 * 3_600_000)
  await publishInvoices(db, services.clock.now())
  await family.signIn(loginId)
  const before = await family.get(`/factures/${first}`)
  expect(before.words).toMatch(new RegExp(`Remplacée par la facture : ${second}`))
  expect(before.words).toMatch(/Avoir [A-Z]+-A000001 du 1[0-9]\/04\/2012 : 14,50 €/)
  expect(before.html).toContain(`href="/factures/${second}"`)
  expect((await family.get(`/factures/${second}`)).html).toContain(`href="/factures/${first}"`)
  await who.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const list = await who.get('/gestion/factures')
  expect(list.words).toContain(`Remplacée par ${second}`)
  expect(list.words).toContain(`Remplace ${first}`)
  expect(list.words).toMatch(/Avoir [A-Z]+-A000001/)
})
