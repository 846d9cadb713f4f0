import { expect, test } from 'vitest'
import { buildContract, buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openTill, SHOP_KEY } from '../../test/support/till.ts'
import { TEST_NOW, testServices } from '../../test/support/services.ts'
import { later } from '../kernel/dates.ts'
import type { ContractId } from '../kernel/ids.ts'
import type { Read } from '../platform/db.ts'
import { createShops, getContract } from './shops.ts'

const db = await testDatabase()
const { keys } = testServices(db)

/** The database, and how often it was asked. */
function counted(): { read: Read; asked: () => number } {
  let asked = 0
  const read: Read = {
    selectFrom: db.selectFrom.bind(db),
    getExecutor: () => {
      asked += 1
      return db.getExecutor()
    },
  }
  return { read, asked: () => asked }
}

test('a shop is found by its number with its key opened, once for many messages', async () => {
  const till = await openTill(db)
  const { read, asked } = counted()
  const shops = createShops(read, keys)
  const find = (ms: number) => shops.byNumber('systempay', till.contract.shopNumber, later(TEST_NOW, ms))
  expect(await Promise.all([find(0), find(0), find(0)])).toEqual(
    Array.from({ length: 3 }, () => [till.contract]),
  )
  expect(till.contract.secrets.key).toBe(SHOP_KEY)
  await find(60_000)
  expect(asked()).toBe(1)
  await find(60_001)
  expect(asked()).toBe(2)
})

test('messages for unknown shops cost a question every five seconds at most', async () => {
  const { read, asked } = counted()
  const shops = createShops(read, keys)
  const flood = (ms: number) =>
    Promise.all(
      Array.from({ length: 100 }, () => shops.byNumber('systempay', '99999999', later(TEST_NOW, ms))),
    )
  expect((await flood(0)).flat()).toEqual([])
  await flood(5_000)
  expect(asked()).toBe(1)
  await flood(5_001)
  expect(asked()).toBe(2)
})

test('a shop added since is found at the next question', async () => {
  const shops = createShops(db, keys)
  await shops.refresh(TEST_NOW)
  const till = await openTill(db)
  expect(await shops.byNumber('systempay', till.contract.shopNumber, later(TEST_NOW, 5_000))).toEqual([])
  expect(await shops.byNumber('systempay', till.contract.shopNumber, later(TEST_NOW, 5_001))).toEqual([
    till.contract,
  ])
})

test('two platforms may give one number to two shops, and both are asked', async () => {
  const organisationId = await buildOrganisation(db)
  const sealedKey = keys.seal(SHOP_KEY)
  const shopNumber = '87654321'
  const first = await buildContract(db, organisationId, { sealedKey, shopNumber })
  const formUrl = 'https://paiement.systempay.fr/vads-payment/'
  const second = await buildContract(db, organisationId, { sealedKey, shopNumber, formUrl })
  const shops = createShops(db, keys)
  const found = await shops.byNumber('systempay', shopNumber, TEST_NOW)
  expect(found.map((one) => one.id).toSorted()).toEqual([first, second].toSorted())
  expect(shops.formOrigins()).toContain('https://paiement.systempay.fr')
})

test('a key that does not open stops its own shop and no other', async () => {
  const till = await openTill(db)
  const organisationId = await buildOrganisation(db)
  const broken = { sealedKey: '1.broken', shopNumber: '12121212' }
  const contractId: ContractId = await buildContract(db, organisationId, broken)
  const shops = createShops(db, keys)
  expect(await shops.byNumber('systempay', till.contract.shopNumber, TEST_NOW)).toEqual([till.contract])
  await expect(shops.byNumber('systempay', '12121212', TEST_NOW)).rejects.toThrow()
  await expect(getContract(db, keys, organisationId, contractId)).rejects.toThrow()
  expect(await getContract(db, keys, till.organisationId, till.contract.id)).toEqual(till.contract)
  await expect(getContract(db, keys, organisationId, till.contract.id)).rejects.toThrow(/no contract/)
})
