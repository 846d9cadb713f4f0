import { readdirSync, readFileSync } from 'node:fs'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, expect, inject, test } from 'vitest'
import { maintain, onDatabase } from '../../test/support/global-setup.ts'
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

test('contracts made before there were several gateways keep their settings and secrets', async () => {
  const old = `${name}_old`
  await maintain(server, `create database ${old}`)
  const before = openDb(onDatabase(server, old))
  try {
    for (const file of readdirSync(projectFile('db/migrations')).toSorted())
      if (file < '0011') await before.pool.query(readFileSync(projectFile(`db/migrations/${file}`), 'utf8'))
    const [organisation, asked, silent] = [randomUUID(), randomUUID(), randomUUID()]
    await before.pool.query(`insert into organisation values ('${organisation}', 'ancienne', 'Ancienne',
      '90212345600011', '', '', '', '', '', '', now())`)
    await before.pool
      .query(`insert into bank_contract (organisation_id, id, gateway, mode, form_url, shop_number,
        sealed_key, bank_name, created_at, rest_url, sealed_rest_password) values
      ('${organisation}', '${asked}', 'systempay', 'PRODUCTION', 'https://bank.example/form/', '12345678',
        '1.key', 'Banque', now(), 'https://api.example', '1.password'),
      ('${organisation}', '${silent}', 'systempay', 'TEST', 'https://bank.example/form/', '87654321', '1.other',
        'Banque', now(), null, null)`)
    await before.pool.query(readFileSync(projectFile('db/migrations/0011_gateways.sql'), 'utf8'))
    const found = await before.pool.query(
      'select settings, sealed_secrets, askable from bank_contract order by shop_number',
    )
    const settings = {
      formUrl: 'https://bank.example/form/',
      signature: 'HMAC-SHA-256',
      cards: null,
      threeDs: null,
    }
    expect(found.rows).toEqual([
      {
        settings: { ...settings, restUrl: 'https://api.example' },
        sealed_secrets: { key: '1.key', restPassword: '1.password' },
        askable: true,
      },
      { settings: { ...settings, restUrl: null }, sealed_secrets: { key: '1.other' }, askable: false },
    ])
  } finally {
    await before.close()
    await maintain(server, `drop database if exists ${old} with (force)`)
  }
})

test('every file of the folder is one that runs', () => {
  for (const file of readdirSync(projectFile('db/migrations'))) expect(file).toMatch(/^\d{4}_[a-z_]+\.sql$/)
})
