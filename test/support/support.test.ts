import { expect, test } from 'vitest'
import { createApp } from '../../src/web/app.ts'
import { requireFamily } from '../../src/web/request.ts'
import { buildFamily, buildLogin, buildOrganisation } from './build.ts'
import { testDatabase } from './database.ts'
import { testServices } from './services.ts'

const db = await testDatabase()

test('a test file has its own migrated database', async () => {
  const organisationId = await buildOrganisation(db)
  const { familyId } = await buildFamily(db, organisationId)
  const { identifier } = await buildLogin(db, organisationId, familyId)
  const found = await db.selectFrom('login').select('identifier').execute()
  expect(found).toEqual([{ identifier }])
})

test('the portal answers without a family', async () => {
  const app = createApp(
    testServices(db),
    [(app) => app.get('/', (c) => c.text(requireFamily(c).familyName))],
    { formOrigins: () => [] },
  )
  const response = await app.request('/?a=1')
  expect([response.status, response.headers.get('location')]).toEqual([303, '/connexion?suite=%2F%3Fa%3D1'])
})
