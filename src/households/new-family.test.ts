// A new family, typed, looked at twice, and completed, over HTTP.
import { beforeAll, describe, expect, test } from 'vitest'
import { buildFamily, buildLogin, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { formIn } from '../../test/support/people.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
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

beforeAll(async () => {
  const named = { firstName: 'Nadia', lastName: 'Lefèvre' }
  await director.signInStaff((await buildStaff(db, organisationId, ['director'], {}, named)).staffId)
  const other = { firstName: 'Hugo', lastName: 'Blanc' }
  await cashier.signInStaff((await buildStaff(db, organisationId, ['cashier'], {}, other)).staffId)
  const place = { unitId: thonon.unitId }
  await local.signInStaff((await buildStaff(db, organisationId, ['director'], place)).staffId)
})

const NEW = {
  nom: 'GUÉRIN',
  rue: '2 rue du Port',
  'code-postal': '74200',
  ville: 'Thonon-les-Bains',
  telephone: '04 50 71 00 00',
  services: thonon.unitId,
}
async function create(who: Visitor, values: Record<string, string> = {}) {
  const page = await who.get('/gestion/familles/nouvelle')
  return who.post('/gestion/familles/nouvelle', { ...formIn(page.html), ...NEW, ...values })
}
const fileOf = (location: string | null) => location?.split('?')[0] ?? ''
const acts = async (kind: string) =>
  (
    await db
      .selectFrom('staff_act')
      .select(['staff_name', 'object', 'changes'])
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .execute()
  ).map(({ staff_name: by, object, changes }) => ({ by, object, changes }))

describe('a new family', () => {
  test('is prefilled with what was searched, and found at once by name and by telephone', async () => {
    expect((await director.get('/gestion/recherche?q=gu%C3%A9rin')).html).toContain(
      'href="/gestion/familles/nouvelle?q=gu%C3%A9rin"',
    )
    expect((await director.get('/gestion/familles/nouvelle?q=gu%C3%A9rin')).html).toContain('value="GUÉRIN"')
    expect((await director.get('/gestion/familles/nouvelle?q=04+50+71+00+00')).html).toContain(
      'value="0450710000"',
    )
    const made = await create(director)
    expect(made.location).toMatch(/note=creee$/)
    for (const typed of ['guerin', 'guérni', '0450710000', '%2B33450710000'])
      expect((await cashier.get(`/gestion/recherche?q=${typed}`)).words).toContain('Famille GUÉRIN')
    expect((await acts('family.created'))[0]).toMatchObject({
      by: 'Nadia Lefèvre',
      changes: { name: { before: '', after: 'GUÉRIN' } },
    })
  })

  test('says what it still lacks, step by step', async () => {
    const file = fileOf((await create(director, { nom: 'OLIVIER', telephone: '' })).location)
    const before = await director.get(file)
    expect(before.words).toContain('Pour que cette famille soit prête')
    expect(before.words).not.toContain('Fait')
    const page = await director.get(`${file}/responsables/nouveau`)
    await director.post(`${file}/responsables/nouveau`, {
      ...formIn(page.html),
      prenom: 'Anne',
      courriel: 'anne@olivier.example',
    })
    expect((await director.get(file)).words).toContain('Ajouter un responsable qui paie Fait')
  })

  test('typed twice by a double click is one family', async () => {
    const page = await director.get('/gestion/familles/nouvelle')
    const fields = { ...formIn(page.html), ...NEW, nom: 'DOUBLECLIC', telephone: '' }
    const made = [
      await director.post('/gestion/familles/nouvelle', fields),
      await director.post('/gestion/familles/nouvelle', fields),
    ]
    expect(made[0]?.location).toBe(made[1]?.location)
    const found = db.selectFrom('family').select('id').where('name', '=', 'DOUBLECLIC')
    expect(await found.execute()).toHaveLength(1)
  })

  test.each([
    ['the same name in the same town', 'Publier', '0450720001', { nom: 'perrier', telephone: '' }],
    ['a name one letter away', 'Sciez', '0450720002', { nom: 'PERIER', telephone: '' }],
    ['the same telephone', 'Anthy', '0450720003', { nom: 'AUTRE', telephone: '+33 4 50 72 00 03' }],
  ])('that resembles another by %s asks whether it is that one, then is created', async (...given) => {
    const [, ville, telephone, values] = given
    const place = { ville, 'code-postal': telephone.slice(-5) }
    await create(director, { nom: 'PERRIER', telephone, ...place })
    const asked = await create(director, { ...values, ...place })
    expect(asked.status).toBe(422)
    expect(asked.words).toContain('famille PERRIER : est-ce elle ?')
    expect(asked.html).toContain(`value="${values.nom}"`)
    const again = { ...formIn(asked.html), services: thonon.unitId }
    expect((await director.post('/gestion/familles/nouvelle', again)).location).toMatch(/note=creee$/)
  })

  test('of the same name in another town is nobody’s double', async () => {
    await create(director, { nom: 'BERTHET', telephone: '' })
    const far = { nom: 'BERTHET', telephone: '', 'code-postal': '75011', ville: 'Paris' }
    expect((await create(director, far)).location).toMatch(/note=creee$/)
  })

  test('that lacks a field keeps what was typed and says what to do', async () => {
    const bad = await create(director, { nom: ' ', 'code-postal': '742', telephone: '12' })
    expect(bad.status).toBe(422)
    for (const said of [
      'Saisissez le nom de la famille.',
      'Saisissez un code postal de cinq chiffres',
      'Saisissez un numéro de téléphone complet',
    ])
      expect(bad.words).toContain(said)
    expect(bad.html).toContain('value="2 rue du Port"')
  })

  test('is opened at one’s own units only', async () => {
    const bad = await create(local, { nom: 'EVIANAIS', services: evian.unitId, telephone: '' })
    expect([bad.status, bad.words.includes('Choisissez au moins un service.')]).toEqual([422, true])
  })
})

test('an adult whose address is another’s is asked about', async () => {
  const { familyId } = await buildFamily(db, organisationId, { name: 'TESSIER' })
  await buildLogin(db, organisationId, familyId, { email: 'paul@tessier.example' })
  const here = await buildFamily(db, organisationId, { name: 'JOLY' })
  const path = `/gestion/familles/${here.familyId}/responsables/nouveau`
  const page = await director.get(path)
  const asked = await director.post(path, {
    ...formIn(page.html),
    prenom: 'Paul',
    courriel: 'Paul@Tessier.example',
  })
  expect(asked.words).toContain('famille TESSIER : est-ce elle ?')
  expect((await director.post(path, formIn(asked.html))).location).toContain('note=responsable')
})
