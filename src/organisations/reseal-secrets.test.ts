import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { exampleDescription } from '../../test/support/example-organisation.ts'
import { testServices } from '../../test/support/services.ts'
import { deriveKeys } from '../platform/secrets.ts'
import { refuseWeakSignature } from './refuse-weak-signature.ts'
import { resealSecrets } from './reseal-secrets.ts'
import { setUpOrganisation } from './set-up-organisation.ts'

const db = await testDatabase()
const services = testServices(db)
const NEW = deriveKeys('another secret key for tests, drawn later')

const secretsOf = async () => {
  const found = await db.selectFrom('bank_contract').select('sealed_secrets').execute()
  return found.map((one) => one.sealed_secrets as { [name: string]: string })
}

test('every secret opens under the new key and no longer under the old one; all or none', async () => {
  await setUpOrganisation(
    services,
    exampleDescription({ slug: 'une', shopNumber: '61000001', key: 'clef-une' }),
  )
  await setUpOrganisation(
    services,
    exampleDescription({ slug: 'deux', shopNumber: '61000002', key: 'clef-deux' }),
  )
  expect(await db.transaction((tx) => resealSecrets(tx, services.keys, NEW))).toBe(2)
  const resealed = (await secretsOf()).map(({ key = '' }) => key)
  expect(resealed.map((key) => NEW.open(key)).toSorted()).toEqual(['clef-deux', 'clef-une'])
  expect(() => services.keys.open(resealed[0] ?? '')).toThrow()
  await expect(db.transaction((tx) => resealSecrets(tx, services.keys, NEW))).rejects.toThrow()
  expect((await secretsOf()).map(({ key = '' }) => key)).toEqual(resealed)
})

test('SHA-1 is refused in production and read in a test', async () => {
  await expect(refuseWeakSignature(db)).resolves.toBeUndefined()
  const weak = (mode: 'TEST' | 'PRODUCTION') =>
    db.transaction((tx) =>
      tx
        .updateTable('bank_contract')
        .set({ mode, settings: JSON.stringify({ signature: 'SHA-1' }) })
        .where('shop_number', '=', '61000001')
        .execute(),
    )
  await weak('TEST')
  await expect(refuseWeakSignature(db)).resolves.toBeUndefined()
  await weak('PRODUCTION')
  await expect(refuseWeakSignature(db)).rejects.toThrow('61000001')
})
