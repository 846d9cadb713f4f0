import { expect, test } from 'vitest'
import { exampleDescription } from '../../test/support/example-organisation.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { applyImport } from '../import/apply-import.ts'
import { cents } from '../kernel/money.ts'
import type { OrganisationDescription } from './description.ts'
import { setUpOrganisation } from './set-up-organisation.ts'
import { listEstablishments, listUnits } from './store.ts'

const db = await testDatabase()
const services = testServices(db)

const setUp = async (description: OrganisationDescription) => {
  const done = await setUpOrganisation(services, description)
  if (!done.ok) throw new Error(done.failure.join('\n'))
  return done.value
}
let shop = 60_000_000
const described = (slug: string) => exampleDescription({ slug, shopNumber: String((shop += 1)) })

const FAMILY = 'famille;F1;MARTIN;4 chemin du Lac;74200;Thonon;THONON\nadulte;A1;F1;payeur;Claire;MARTIN;;\n'
const INVOICE = 'facture;K1;TH000001;THONON;THONON;F1;16/03/2012;;;;;;;10,00\n'
const importInto = (id: Parameters<typeof applyImport>[1]) =>
  applyImport(services, id, FAMILY + INVOICE, { now: services.clock.now(), mailActivation: false })

test('an organisation comes with its contracts, units and establishments', async () => {
  const { organisationId, changes } = await setUp(described('entiere'))
  expect(changes.map((change) => change.field)).toEqual(Array(6).fill(undefined))
  const units = await listUnits(db, organisationId)
  expect(units.map((unit) => [unit.code, unit.mode, unit.series, unit.bankName])).toEqual([
    ['CCVS', 'prepaid', 'CCV', 'Caisse d’Épargne'],
    ['THONON', 'per_invoice', 'TH', 'Caisse d’Épargne'],
  ])
  const places = await listEstablishments(db, organisationId)
  expect(places.map((place) => place.code)).toEqual(['MEZY', 'THONON'])
})

test('the same description again changes nothing', async () => {
  const description = described('pareille')
  await setUp(description)
  expect((await setUp(description)).changes).toEqual([])
})

test('changed settings are updated and listed', async () => {
  const description = described('changee')
  const { organisationId } = await setUp(description)
  const units = description.units.map((unit) => ({ ...unit, alertThreshold: cents(5_000) }))
  const { changes } = await setUp({ ...description, phone: '04 50 99 99 99', units })
  expect(changes).toEqual([
    { subject: 'organisation changee', field: 'telephone', from: '04 50 00 00 00', to: '04 50 99 99 99' },
    { subject: 'unité THONON', field: 'seuilAlerte', from: '30,00\u00A0€', to: '50,00\u00A0€' },
    { subject: 'unité CCVS', field: 'seuilAlerte', from: '30,00\u00A0€', to: '50,00\u00A0€' },
  ])
  const [unit] = await listUnits(db, organisationId)
  expect(unit?.alertThreshold).toBe(5_000)
})

test('the bank key is kept sealed, and a new one is listed without being shown', async () => {
  const description = described('scellee')
  const { organisationId } = await setUp(description)
  const contracts = description.contracts.map((one) => ({ ...one, secrets: { key: 'une-autre-cle' } }))
  const { changes } = await setUp({ ...description, contracts })
  expect(JSON.stringify(changes)).not.toContain('une-autre-cle')
  expect(changes.map((change) => change.field)).toEqual(['fichierCle'])
  const found = await db
    .selectFrom('bank_contract')
    .select('sealed_secrets')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const { key = '' } = found.sealed_secrets as { key?: string }
  expect(key).not.toContain('cle')
  expect(services.keys.open(key)).toBe('une-autre-cle')
})

test('mode, series and numbering change until there are invoices, and no more', async () => {
  const description = described('figee')
  const { organisationId } = await setUp(description)
  const changed = (series: string): OrganisationDescription => ({
    ...description,
    units: description.units.map((unit) => (unit.code === 'THONON' ? { ...unit, series } : unit)),
  })
  expect((await setUp(changed('TT'))).changes).toHaveLength(1)
  await setUp(description)
  expect(await importInto(organisationId)).toMatchObject({ ok: true })
  const refused = await setUpOrganisation(services, changed('TT'))
  expect(refused).toMatchObject({ ok: false, failure: [expect.stringContaining('déjà des factures')] })
})

test('nothing is written when one thing is refused', async () => {
  const description = described('ferme')
  const { organisationId } = await setUp(description)
  await importInto(organisationId)
  const units = description.units.map((unit) => ({ ...unit, mode: 'prepaid' as const, contact: 'autre' }))
  await setUpOrganisation(services, { ...description, name: 'Autre nom', units })
  const [unit] = await listUnits(db, organisationId)
  expect(unit?.contact).not.toBe('autre')
})

test('a shop of another organisation is refused', async () => {
  const description = described('premiere')
  await setUp(description)
  const refused = await setUpOrganisation(services, { ...description, slug: 'seconde' })
  expect(refused).toMatchObject({ ok: false, failure: [expect.stringContaining('une autre organisation')] })
})

test('the password of the REST interface is kept sealed, changed, and taken away, without being shown', async () => {
  const description = described('rest')
  const withRest = (password?: string) => ({
    ...description,
    contracts: description.contracts.map((one) =>
      password === undefined || one.gateway !== 'systempay'
        ? one
        : {
            ...one,
            settings: { ...one.settings, restUrl: 'https://api.systempay.fr' },
            secrets: { ...one.secrets, restPassword: password },
          },
    ),
  })
  const { organisationId } = await setUp(withRest('testpassword_premier'))
  const kept = async () => {
    const { settings, sealed_secrets, askable } = await db
      .selectFrom('bank_contract')
      .select(['settings', 'sealed_secrets', 'askable'])
      .where('organisation_id', '=', organisationId)
      .executeTakeFirstOrThrow()
    const { restUrl } = settings as { restUrl: string | null }
    const { restPassword = null } = sealed_secrets as { restPassword?: string }
    return { restUrl, restPassword, askable }
  }
  const first = await kept()
  expect([first.restUrl, first.askable]).toEqual(['https://api.systempay.fr', true])
  expect(first.restPassword).not.toContain('premier')
  expect((await setUp(withRest('testpassword_premier'))).changes).toEqual([])
  const { changes } = await setUp(withRest('testpassword_second'))
  expect(changes.map((change) => change.field)).toEqual(['rest.fichierMotDePasse'])
  expect(JSON.stringify(changes)).not.toContain('second')
  expect(services.keys.open((await kept()).restPassword ?? '')).toBe('testpassword_second')
  const gone = await setUp(withRest())
  expect(gone.changes.map((change) => change.field)).toEqual(['rest.adresse', 'rest.fichierMotDePasse'])
  expect(await kept()).toEqual({ restUrl: null, restPassword: null, askable: false })
})
