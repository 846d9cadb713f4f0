// Under lock, what was shown is compared once more: between two persons, the second writes nothing.
import { expect, test } from 'vitest'
import { buildContract, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { fail } from '../kernel/result.ts'
import { findUnit } from '../organisations/store.ts'
import type { Author } from '../staff/record-act.ts'
import { changeContract, type ContractChange } from './change-contract.ts'
import { findContract } from './contract-store.ts'
import { saveSettings, seenOf } from './save-settings.ts'
import { settingsOf } from './setting.ts'
import { findValues } from './store.ts'

const db = await testDatabase()
const services = testServices(db)
const now = services.clock.now()

async function begin(): Promise<{ organisationId: OrganisationId; author: Author }> {
  const organisationId = await buildOrganisation(db)
  const { staffId, name } = await buildStaff(db, organisationId, ['administrator'])
  return { organisationId, author: { organisationId, staffId, name, screen: '/', clientAddress: '-' } }
}

test('of two changes of what was seen alike, the first is kept and the second told what stands', async () => {
  const { organisationId, author } = await begin()
  const { unitId, code } = await buildUnit(db, organisationId)
  const subject = { kind: 'unit', id: unitId, name: code, code, scope: { unitId } } as const
  const settings = settingsOf('seuils', 'unit')
  const values = (await findValues(db, organisationId, subject)) ?? {}
  const seen = seenOf(settings, values)
  const save = (maximum: number) =>
    db.transaction((tx) =>
      saveSettings(
        tx,
        subject,
        { settings, values: { ...values, max_payment_cents: maximum }, seen, names: new Map() },
        author,
        now,
      ),
    )
  expect((await save(90_000)).ok).toBe(true)
  const second = await save(70_000)
  expect(second.ok ? 'saved' : second.failure.kind).toBe('changed-meanwhile')
  expect((await findUnit(db, organisationId, unitId))?.maxPayment).toBe(90_000)
})

test('of two changes of one contract, the second writes nothing', async () => {
  const { organisationId, author } = await begin()
  const id = await buildContract(db, organisationId, { sealedKey: services.keys.seal('une-cle-de-test') })
  const contract = await findContract(db, organisationId, id)
  if (!contract) throw new Error('no contract')
  const change = (bankName: string): ContractChange => ({
    ...contract,
    bankName,
    secrets: {},
    keepsPrevious: false,
    forgetsPrevious: false,
  })
  const save = (bankName: string) =>
    db.transaction((tx) => changeContract(tx, services.keys, author, id, change(bankName), now))
  expect((await save('Première')).ok).toBe(true)
  expect(await save('Seconde')).toEqual(fail('changed-meanwhile'))
  expect((await findContract(db, organisationId, id))?.bankName).toBe('Première')
})
