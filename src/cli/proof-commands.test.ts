import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commandLine } from '../../test/support/command-line.ts'
import { testDatabase } from '../../test/support/database.ts'
import { forge } from '../../test/support/forger.ts'
import { openTill } from '../../test/support/till.ts'
import { unzip } from '../../test/support/unzip.ts'
import { closePeriods } from '../proof/close-periods.ts'
import { headOf } from '../proof/store.ts'

const db = await testDatabase()
const till = await openTill(db)
const run = commandLine(till.services)
const folder = mkdtempSync(path.join(tmpdir(), 'preau-proof-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const NOW = new Date('2012-04-14T10:00:00Z')

await till.issue(3_100)
await closePeriods(db, till.organisationId, NOW)
till.services.clock.set(NOW)

test('verify says one verdict, with the head to note down', async () => {
  const { sha256 } = await headOf(db, till.organisationId)
  const { code, said } = await run('verify')
  expect(code).toBe(0)
  expect(said).toContain(`1 ${sha256}`)
  expect(said).toContain('2 clôtures')
  expect(said).toMatch(/VERDICT\u00A0: INTACT.*$/)
  expect((await run('verify', '--head', sha256.toUpperCase())).code).toBe(0)
})

test('a head that is not in the chain ends with 1, a misspelt one with 2', async () => {
  const cut = await run('verify', '--head', 'ab'.repeat(32))
  expect([cut.code, cut.said]).toEqual([1, expect.stringContaining('n’est plus dans la chaîne')])
  expect(cut.complained).toContain('registre altéré')
  const misspelt = await run('verify', '--head', 'abc')
  expect([misspelt.code, misspelt.complained]).toEqual([
    2,
    expect.stringContaining('n’est pas une empreinte'),
  ])
})

test.each([
  [['archive'], 'Il manque --year'],
  [['archive', '--year', '12'], 'n’est pas une année'],
])('%j is misspelt, which is told with code 2', async (args, sentence) => {
  const { code, complained } = await run(...args)
  expect([code, complained]).toEqual([2, expect.stringContaining(sentence)])
})

test('an archive holds every file that its manifest names, for its owner’s eyes', async () => {
  const file = path.join(folder, 'archive.zip')
  const { code, said } = await run('archive', '--year', '2012', '--sortie', file)
  expect([code, said]).toEqual([0, expect.stringContaining('provisoire')])
  expect(said).toContain('1 écriture.')
  expect(statSync(file).mode & 0o077).toBe(0)
  const names = unzip(readFileSync(file), folder)
  const place = path.join(folder, path.dirname(names[0] ?? ''))
  const manifest = JSON.parse(readFileSync(path.join(place, 'manifest.json'), 'utf8')) as {
    files: { name: string }[]
  }
  for (const { name } of manifest.files) expect(existsSync(path.join(place, name))).toBe(true)
  expect(names).toHaveLength(manifest.files.length + 1)
  expect(readFileSync(path.join(place, 'closings.csv'), 'utf8').split('\r\n')).toHaveLength(2 + 2)
  expect(readFileSync(path.join(place, 'invoices.jsonl'), 'utf8')).toContain('MARTIN')
  expect((await run('archive', '--year', '2012', '--sortie', '/nulle/part.zip')).code).toBe(1)
})

test('a year without entries is archived too', async () => {
  const file = path.join(folder, 'vide.zip')
  const { code, said } = await run('archive', '--year', '2011', '--sortie', file)
  expect([code, said]).toEqual([0, expect.stringContaining('0 écriture')])
})

test('an altered ledger ends with 1', async () => {
  await forge(db, till, 'update balance set cents = 0 where organisation_id = $organisation')
  const { code, said, complained } = await run('verify')
  expect([code, complained]).toEqual([1, expect.stringContaining('registre altéré')])
  expect(said).toMatch(/Solde du compte receivable \w+\u00A0: 0,00\u00A0€ enregistrés, 31,00\u00A0€/)
  expect(said).toContain('VERDICT\u00A0: ALTÉRÉ')
})
