import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { type ConnectionSettings, type Db, openDb } from '../../src/platform/db.ts'
import { cloneDatabase, dropDatabase, onDatabase } from './server.ts'

export type TestDatabase = Db & { readonly connection: ConnectionSettings }

/** A migrated, empty database for this test file, dropped when the file is done. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('server')
  const name = `preau_test_${randomBytes(6).toString('hex')}`
  await cloneDatabase(server, inject('template'), name)
  const connection = onDatabase(server, name)
  const db = Object.assign(openDb(connection), { connection })
  afterAll(async () => {
    await db.close()
    await dropDatabase(server, name)
  })
  return db
}
