// A file of the organisation run again, after somebody changed settings on screen.
import { expect, test } from 'vitest'
import { exampleDescription } from '../../test/support/example-organisation.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import type { OrganisationDescription } from './description.ts'
import type { OnScreen } from './heed-screen.ts'
import { recordSettingChanges } from './record-setting-changes.ts'
import type { SettingChange } from './setting-change.ts'
import { setUpOrganisation } from './set-up-organisation.ts'
import { findOrganisation, listUnits } from './store.ts'

const db = await testDatabase()
const services = testServices(db)
let shop = 62_000_000

async function setUpOnce() {
  shop += 1
  const description = exampleDescription({ slug: `ecran-${shop}`, shopNumber: String(shop) })
  const done = await setUpOrganisation(services, description)
  if (!done.ok) throw new Error(done.failure.join('\n'))
  const { organisationId } = done.value
  const { staffId } = await buildStaff(db, organisationId, [], {}, { firstName: 'Inès', lastName: 'Morel' })
  return { description, organisationId, author: { staffId, name: 'Inès Morel' } }
}

const again = (description: OrganisationDescription, onScreen?: OnScreen) =>
  setUpOrganisation(services, description, onScreen)

/** The maximum of THONON becomes 900 euros on screen. */
async function changeMaximum(
  organisationId: OrganisationId,
  author: Parameters<typeof recordSettingChanges>[2],
): Promise<void> {
  const unit = (await listUnits(db, organisationId)).find(({ code }) => code === 'THONON')
  const change: SettingChange = {
    subject: 'unit',
    subjectId: unit?.id ?? '',
    field: 'max_payment_cents',
    before: '2 000,00 €',
    after: '900,00 €',
  }
  services.clock.advance(1_000)
  await db.transaction(async (tx) => {
    await tx
      .updateTable('billing_unit')
      .set({ max_payment_cents: cents(90_000) })
      .where('id', '=', change.subjectId)
      .execute()
    await recordSettingChanges(tx, organisationId, author, [change], services.clock.now())
  })
  services.clock.advance(1_000)
}
const maximumOf = async (organisationId: OrganisationId) =>
  (await listUnits(db, organisationId)).find(({ code }) => code === 'THONON')?.maxPayment
const withMaximum = (description: OrganisationDescription, amount: number) => ({
  ...description,
  units: description.units.map((unit) =>
    unit.code === 'THONON' ? { ...unit, maxPayment: cents(amount) } : unit,
  ),
})

test('a file that would undo the screen is refused whole, with who, when and both values', async () => {
  const { description, organisationId, author } = await setUpOnce()
  await changeMaximum(organisationId, author)
  const done = await again({ ...description, phone: '04 50 11 11 11' })
  expect(done.ok ? [] : done.failure.map((sentence) => sentence.replaceAll(/\s/g, ' '))).toEqual([
    'unité THONON : paiementMaximum a été changé à l’écran le 12/04/2012 par Inès Morel et vaut « 900,00 € » ; le fichier dit « 2 000,00 € ». Corrigez le fichier, ou relancez avec --ecran garder (l’écran l’emporte) ou --ecran remplacer (le fichier l’emporte).',
  ])
  expect(await maximumOf(organisationId)).toBe(90_000)
  expect((await findOrganisation(db, organisationId))?.phone).toBe('04 50 00 00 00')
})

test('asked to keep the screen, the file changes all the rest', async () => {
  const { description, organisationId, author } = await setUpOnce()
  await changeMaximum(organisationId, author)
  const done = await again({ ...description, phone: '04 50 11 11 11' }, 'keep')
  expect(done.ok && done.value.changes.map(({ field }) => field)).toEqual(['telephone'])
  expect(await maximumOf(organisationId)).toBe(90_000)
})

test('asked to replace it, the file wins, and its change is kept with the others', async () => {
  const { description, organisationId, author } = await setUpOnce()
  await changeMaximum(organisationId, author)
  expect((await again(description, 'replace')).ok).toBe(true)
  expect(await maximumOf(organisationId)).toBe(200_000)
  const kept = await db
    .selectFrom('setting_change')
    .select(['source', 'staff_name'])
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .execute()
  expect(kept).toEqual([
    { source: 'screen', staff_name: 'Inès Morel' },
    { source: 'file', staff_name: 'fichier d’organisation' },
  ])
})

test('a file brought up to date with the screen may change the setting again', async () => {
  const { description, organisationId, author } = await setUpOnce()
  await changeMaximum(organisationId, author)
  const agreed = await again(withMaximum(description, 90_000))
  expect(agreed.ok && agreed.value.changes).toEqual([])
  services.clock.advance(1_000)
  expect((await again(withMaximum(description, 120_000))).ok).toBe(true)
  expect(await maximumOf(organisationId)).toBe(120_000)
})

test('what changed is never changed nor taken away', async () => {
  const { organisationId, author } = await setUpOnce()
  await changeMaximum(organisationId, author)
  for (const act of ["update setting_change set after = ''", 'delete from setting_change'])
    await expect(db.pool.query(act)).rejects.toThrow('append-only')
})
