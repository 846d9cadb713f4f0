import { readdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { afterAll, expect, inject, test } from 'vitest'
import { maintain, onDatabase } from '../../test/support/server.ts'
import { openDb } from './db.ts'
import { projectFile } from './files.ts'
import { migrate } from './migrate.ts'

const server = inject('server')
const name = `preau_test_${randomBytes(6).toString('hex')}`
await maintain(server, `create database ${name}`)
const db = openDb(onDatabase(server, name))
afterAll(async () => {
  await db.close()
  await maintain(server, `drop database if exists ${name} with (force)`)
})

const migrations = async () => (await db.pool.query('select * from migration order by name')).rows as object[]

test('three programs that start at once migrate once', async () => {
  await Promise.all([migrate(db.pool), migrate(db.pool), migrate(db.pool)])
  const files = readdirSync(projectFile('db/migrations')).toSorted()
  expect(await migrations()).toMatchObject(files.map((file) => ({ name: file })))
})

test('a second run changes nothing', async () => {
  const before = await migrations()
  await migrate(db.pool)
  expect(await migrations()).toEqual(before)
})

test('a file changed after it ran is refused by its name, and the lock is given back', async () => {
  await db.pool.query("update migration set sha256 = 'x' where name like '0003%'")
  await expect(migrate(db.pool)).rejects.toThrow(
    'La migration 0003_ledger.sql a changé après avoir été appliquée.',
  )
  await expect(migrate(db.pool)).rejects.toThrow('0003_ledger.sql')
})

test('every file of the folder is one that runs', () => {
  for (const file of readdirSync(projectFile('db/migrations'))) expect(file).toMatch(/^\d{4}_[a-z_]+\.sql$/)
})
