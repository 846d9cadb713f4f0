import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { type ConnectionSettings, type Db, openDb } from '../../src/platform/db.ts'
import { maintain, onDatabase } from './global-setup.ts'

export type TestDatabase = Db & { readonly connection: ConnectionSettings }

/** A migrated, empty database for this test file, dropped when the file is done. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('server')
  const name = `preau_test_${randomBytes(6).toString('hex')}`
  await maintain(server, `create database ${name} template ${inject('template')} strategy file_copy`)
  const connection = onDatabase(server, name)
  const db = Object.assign(openDb(connection), { connection })
  afterAll(async () => {
    await db.close()
    await maintain(server, `drop database if exists ${name} with (force)`)
  })
  return db
}
