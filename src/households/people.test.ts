// Families, adults and children added, changed and leaving, over HTTP.
import { beforeAll, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { formIn } from '../../test/support/people.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)
const organisationId = await buildOrganisation(db)
const thonon = await buildUnit(db, organisationId, { name: 'Thonon' })
const evian = await buildUnit(db, organisationId, { name: 'Évian' })
const director = visitor(app, services)
const cashier = visitor(app, services)
const local = visitor(app, services)
const reader = visitor(app, services)

beforeAll(async () => {
  const named = { firstName: 'Nadia', lastName: 'Lefèvre' }
  await director.signInStaff((await buildStaff(db, organisationId, ['director'], {}, named)).staffId)
  const other = { firstName: 'Hugo', lastName: 'Blanc' }
  await cashier.signInStaff((await buildStaff(db, organisationId, ['cashier'], {}, other)).staffId)
  const place = { unitId: thonon.unitId }
  await local.signInStaff((await buildStaff(db, organisationId, ['director'], place)).staffId)
  await reader.signInStaff((await buildStaff(db, organisationId, ['reader'])).staffId)
})

const acts = async (kind: string) =>
  (
    await db
      .selectFrom('staff_act')
      .select(['staff_name', 'object', 'changes'])
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .execute()
  ).map(({ staff_name: by, object, changes }) => ({ by, object, changes }))

describe('a record', () => {
  async function family() {
    const { familyId, childId } = await buildFamily(db, organisationId, { name: 'RENAUD' })
    const { adultId, loginId } = await buildLogin(db, organisationId, familyId, { lastName: 'RENAUD' })
    return { file: `/gestion/familles/${familyId}`, familyId, childId, adultId, loginId }
  }

  test('changed is in the journal, before and after', async () => {
    const { file } = await family()
    const page = await director.get(`${file}/modifier`)
    const saved = await director.post(`${file}/modifier`, { ...formIn(page.html), rue: '9 quai Neuf' })
    expect(saved.location).toBe(`${file}?note=famille`)
    expect((await director.get(file)).words).toContain('9 quai Neuf')
    expect(await acts('family.changed')).toEqual([
      {
        by: 'Nadia Lefèvre',
        object: null,
        changes: { address: { before: '4 chemin du Lac', after: '9 quai Neuf' } },
      },
    ])
    const same = await director.get(`${file}/modifier`)
    expect((await director.post(`${file}/modifier`, formIn(same.html))).location).toBe(`${file}?note=egal`)
    expect(await acts('family.changed')).toHaveLength(1)
  })

  test('changed by two shows the second what the first did, and overwrites nothing', async () => {
    const { file } = await family()
    const first = formIn((await director.get(`${file}/modifier`)).html)
    const second = formIn((await cashier.get(`${file}/modifier`)).html)
    await director.post(`${file}/modifier`, { ...first, rue: '9 quai Neuf' })
    const told = await cashier.post(`${file}/modifier`, { ...second, ville: 'Évian-les-Bains' })
    expect(told.status).toBe(422)
    expect(told.words).toContain('Nadia Lefèvre, le 12/04/2012 à')
    expect(told.words).toContain('N° et rue : 4 chemin du Lac → 9 quai Neuf')
    expect((await director.get(file)).words).not.toContain('Évian-les-Bains')
    await cashier.post(`${file}/modifier`, formIn(told.html))
    expect((await director.get(file)).words).toContain('9 quai Neuf 74200 Évian-les-Bains')
  })

  test('changed in the same field by two keeps what the second typed, and says so', async () => {
    const { file } = await family()
    const second = formIn((await cashier.get(`${file}/modifier`)).html)
    const first = formIn((await director.get(`${file}/modifier`)).html)
    await director.post(`${file}/modifier`, { ...first, rue: '9 quai Neuf' })
    const told = await cashier.post(`${file}/modifier`, { ...second, rue: '7 rue Haute' })
    expect(told.words).toContain('vous aviez saisi autre chose')
    expect(told.html).toContain('value="7 rue Haute"')
    await cashier.post(`${file}/modifier`, formIn(told.html))
    expect(await acts('family.changed')).toContainEqual({
      by: 'Hugo Blanc',
      object: null,
      changes: { address: { before: '9 quai Neuf', after: '7 rue Haute' } },
    })
  })

  test('of a child tells where it is taken in, and opens the family there', async () => {
    const { file, familyId, childId } = await family()
    const page = await director.get(`${file}/enfants/${childId}`)
    await director.post(`${file}/enfants/${childId}`, {
      ...formIn(page.html),
      naissance: '04/09/2004',
      etablissements: evian.code,
    })
    expect((await director.get(file)).words).toContain('Léo RENAUD né(e) le 04/09/2004 Évian')
    const units = db.selectFrom('family_unit').select('billing_unit_id').where('family_id', '=', familyId)
    expect(await units.execute()).toEqual([{ billing_unit_id: evian.unitId }])
  })

  test('of a child keeps the establishments that are not one’s own', async () => {
    const { file, childId } = await family()
    const page = await director.get(`${file}/enfants/${childId}`)
    const both = { ...formIn(page.html), etablissements: [evian.code, thonon.code] }
    await director.post(`${file}/enfants/${childId}`, both)
    const seen = await local.get(`${file}/enfants/${childId}`)
    expect(seen.words).toContain(`Aussi accueilli ailleurs : ${evian.code}.`)
    await local.post(`${file}/enfants/${childId}`, { ...formIn(seen.html), prenom: 'Léon' })
    const places = db
      .selectFrom('child_establishment')
      .select('establishment_id')
      .where('child_id', '=', childId)
    expect(await places.execute()).toEqual([{ establishment_id: evian.establishmentId }])
  })

  test('of an adult or child of another family is not found at this one’s address', async () => {
    const { file } = await family()
    const other = await family()
    expect((await director.get(`${file}/enfants/${other.childId}`)).status).toBe(404)
    expect((await director.get(`${file}/responsables/${other.adultId}`)).status).toBe(404)
    const page = await director.get(`${file}/enfants/nouveau`)
    const stolen = { ...formIn(page.html), cle: other.childId, prenom: 'Volé', nom: 'RENAUD' }
    await director.post(`${file}/enfants/nouveau`, stolen)
    expect((await director.get(other.file)).words).not.toContain('Volé')
  })

  test('that leaves is kept with its day; the undo is one click away', async () => {
    const { file, childId } = await family()
    await director.get(`${file}/enfants/${childId}`)
    const left = await director.post(`${file}/enfants/${childId}/depart`, { depart: '01/03/2012' })
    const told = await director.get(left.location ?? '')
    expect(told.words).toContain('Le départ est noté. Annuler le départ de Léo RENAUD')
    expect(told.words).toContain('Parti(e) le 01/03/2012')
    await director.post(`${file}/enfants/${childId}/depart`, { geste: 'retour' })
    expect((await director.get(file)).words).not.toContain('Parti(e)')
    expect((await acts('child.returned'))[0]).toMatchObject({ object: 'Léo RENAUD' })
  })

  test('of an adult who leaves closes the portal to them at once, until they are back', async () => {
    const { file, adultId, loginId } = await family()
    const parent = visitor(app, services)
    await parent.signIn(loginId)
    expect((await parent.get('/profil')).status).toBe(200)
    await director.get(file)
    const tomorrow = await director.post(`${file}/responsables/${adultId}/depart`, { depart: '13/04/2012' })
    expect([tomorrow.status, tomorrow.words.includes('aujourd’hui ou avant')]).toEqual([422, true])
    await director.post(`${file}/responsables/${adultId}/depart`, { depart: '12/04/2012' })
    expect((await parent.get('/profil')).status).toBe(303)
    await expect(parent.signIn(loginId)).rejects.toThrow('not signed in')
    await director.post(`${file}/responsables/${adultId}/depart`, { geste: 'retour' })
    await parent.signIn(loginId)
    expect((await parent.get('/profil')).status).toBe(200)
  })

  test('has its quotient from a day on; the same day again replaces it, the journal knows both', async () => {
    const { file } = await family()
    await director.get(file)
    const bad = await director.post(`${file}/quotient`, { quotient: '8,5', depuis: '01/02/2012' })
    expect([bad.status, bad.html.includes('value="8,5"')]).toEqual([422, true])
    await director.post(`${file}/quotient`, { quotient: '823', depuis: '01/02/2012' })
    await director.post(`${file}/quotient`, { quotient: '832', depuis: '01/02/2012' })
    const { words } = await director.get(file)
    expect(words).toContain('832 à partir du 01/02/2012')
    expect(words).not.toContain('823')
    expect((await acts('quotient.recorded')).map(({ changes }) => changes)).toContainEqual({
      quotient: { before: 823, after: 832 },
      quotientFrom: { after: '01/02/2012' },
    })
  })

  test('has notes for the team and notes that the family reads, until they are withdrawn', async () => {
    const { file, loginId } = await family()
    const parent = visitor(app, services)
    await parent.signIn(loginId)
    await director.get(file)
    await director.post(`${file}/notes`, { note: 'Rappeler en juin', pour: 'internal' })
    await director.post(`${file}/notes`, { note: 'Pensez au certificat', pour: 'visible' })
    const seen = await parent.get('/profil')
    expect(seen.words).toContain('Pensez au certificat')
    expect(seen.words).not.toContain('Rappeler en juin')
    const path = /action="([^"]*\/notes\/[^"]+)"/.exec((await director.get(file)).html)?.[1] ?? ''
    await director.post(path, {})
    expect((await parent.get('/profil')).words).not.toContain('Pensez au certificat')
  })

  test('is not changed by who only reads', async () => {
    const { file } = await family()
    expect((await reader.get(`${file}/modifier`)).status).toBe(403)
    expect((await reader.get(file)).html).not.toContain(`${file}/modifier`)
  })
})
