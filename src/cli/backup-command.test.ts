import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { ask, settingsOf, temporaryFolder } from '../../test/support/embedded.ts'
import { testServices } from '../../test/support/services.ts'
import { openServer } from '../platform/open-server.ts'

const folder = temporaryFolder()
const config = settingsOf(path.join(folder, 'data'))
const run = commandLine(testServices(await testDatabase(), { config }))

test('a backup of the running database tells where it lies, and that the secret is not in it', async () => {
  const server = await openServer(config)
  await ask(server.connection, 'create table kept as select 42 as n')
  const done = await run('backup', path.join(folder, 'backups'))
  expect([done.code, done.complained]).toEqual([0, ''])
  expect(done.said).toContain(`Sauvegarde faite\u00A0: ${folder}/backups/sauvegarde-20120412-184400`)
  expect(done.said).toContain('gardez SECRET_KEY ailleurs')
  expect(await run('restore', path.join(folder, 'backups/sauvegarde-20120412-184400'))).toMatchObject({
    code: 1,
    complained: expect.stringContaining('arrêtez d’abord le portail'),
  })
  await server.stop()
})

test('a return tells what is aside, and what to do next', async () => {
  const backup = path.join(folder, 'backups/sauvegarde-20120412-184400')
  expect((await run('restore', backup)).complained).toContain('--remplacer')
  const done = await run('restore', backup, '--remplacer')
  expect([done.code, done.complained]).toEqual([0, ''])
  expect(done.said).toContain('ce qu’elle était le 12/04/2012 à 18:44')
  expect(done.said).toContain(path.join(folder, 'data/pg.remplace-20120412-184400'))
  expect(done.said).toContain('Démarrez le portail')
  const server = await openServer(config)
  expect(await ask(server.connection, 'select n from kept')).toEqual([{ n: 42 }])
  await server.stop()
})

test('secrets go along only when asked for, and that is told', async () => {
  const none = await run('backup', path.join(folder, 'none'), '--avec-secrets')
  expect(none.said).toContain('ne garde aucun secret')
  writeFileSync(path.join(config.dataDir, 'secret-key'), 'x')
  const some = await run('backup', path.join(folder, 'some'), '--avec-secrets')
  expect(some.said).toContain('(secret-key)\u00A0: qui lit ce dossier lit les clés bancaires')
  expect(readdirSync(path.join(folder, 'some/sauvegarde-20120412-184400'))).toContain('secrets')
})

test.each([
  [['restore'], 2, 'Il manque DOSSIER'],
  [['restore', '/nulle/part'], 1, 'pas une sauvegarde entière'],
  [['backup', 'a', 'b'], 2, 'est de trop'],
])('%j is told with its code', async (args, code, sentence) => {
  expect(await run(...args)).toMatchObject({ code, complained: expect.stringContaining(sentence) })
})
