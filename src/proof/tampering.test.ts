// What a forger with every right on the database cannot hide: neither from `verify`, nor from the
// verifier that left with the archive.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { forge, removing, RIGHT_BALANCES, sealed } from '../../test/support/forger.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { unzip } from '../../test/support/unzip.ts'
import { present } from '../kernel/assert.ts'
import { findOrganisation } from '../organisations/store.ts'
import { applyFact } from '../payments/apply-fact.ts'
import { archiveYear } from './archive-year.ts'
import { closePeriods } from './close-periods.ts'
import { sealEntries } from './seal-entries.ts'
import { headOf } from './store.ts'
import { verifyLedger } from './verify-ledger.ts'

const db = await testDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'preau-archive-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const NOW = new Date('2012-04-20T10:00:00Z')

/** Three invoices and a payment, eight closed days, then a credit in the open day; all sealed. */
async function liveALittle(): Promise<Till> {
  const till = await openTill(db)
  const soon = () => till.services.clock.advance(1_000)
  const first = await till.issue(3_100)
  soon()
  await till.issue(7_000)
  soon()
  const reference = await till.start([first])
  const form = await till.send(reference, 3_100)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form), till.services.clock.now()))
  soon()
  await till.issue(4_550)
  await closePeriods(db, till.organisationId, NOW)
  till.services.clock.set(NOW)
  await till.give(500)
  await sealEntries(db, till.organisationId, NOW)
  return till
}

const verify = async (till: Till, head?: string) => {
  const { findings } = await verifyLedger(db, till.organisationId, head)
  return [...new Set(findings.map((one) => one.what))]
}

let archives = 0
/** What the archive's own verifier says, run as a stranger would. */
async function verifyArchive(till: Till, ...args: string[]): Promise<Told> {
  return verifyYear(till, '2012', ...args)
}

type Told = { code: number | null; said: string }
async function verifyYear(till: Till, year: string, ...args: string[]): Promise<Told> {
  const organisation = present(await findOrganisation(db, till.organisationId), 'no organisation')
  const { zip } = await archiveYear(db, organisation, year, NOW)
  const place = path.join(folder, String((archives += 1)))
  unzip(zip, place)
  return run(path.join(place, `preau-${organisation.slug}-${year}`), ...args)
}

function run(place: string, ...args: string[]): Told {
  const ran = spawnSync(process.execPath, ['verify.mjs', ...args], {
    cwd: place,
    encoding: 'utf8',
    env: { PATH: '' },
  })
  return { code: ran.status, said: ran.stdout + ran.stderr }
}

test('an honest ledger is found intact, with any of its heads', async () => {
  const till = await liveALittle()
  const { sha256 } = await headOf(db, till.organisationId)
  expect(await verify(till)).toEqual([])
  expect(await verify(till, sha256)).toEqual([])
  const archived = await verifyArchive(till, '--head', sha256)
  expect(archived.said).toContain('VERDICT\u00A0: INTACT')
  expect(archived.code).toBe(0)
  await till.issue(100)
  await sealEntries(db, till.organisationId, NOW)
  expect(await verify(till, sha256)).toEqual([])
})

test.each([
  [
    'an altered amount',
    [
      `update posting set cents = cents + sign(cents) where organisation_id = $organisation and entry_id = ${sealed(2)}`,
      `update invoice set total_cents = 7001 where organisation_id = $organisation and total_cents = 7000`,
      RIGHT_BALANCES,
    ],
    'seal-differs',
    'Sceau 2\u00A0: l’écriture « invoice',
  ],
  [
    'an altered accounting day',
    [`update entry set value_on = value_on - 1 where organisation_id = $organisation and id = ${sealed(1)}`],
    'seal-differs',
    'Sceau 1\u00A0:',
  ],
  [
    'a deleted entry',
    [...removing('sequence = 4'), RIGHT_BALANCES],
    'entry-missing',
    'Sceau 4\u00A0: l’écriture scellée a été supprimée',
  ],
  [
    'an entry deleted with its seal',
    [
      ...removing('sequence = 2'),
      'delete from seal where organisation_id = $organisation and sequence = 2',
      RIGHT_BALANCES,
    ],
    'seals-missing',
    'Sceau 2 absent',
  ],
  [
    'a swapped order',
    [
      `create temporary table was on commit drop as
        select entry_id, sequence from seal where organisation_id = $organisation and sequence in (2, 3)`,
      'delete from seal where organisation_id = $organisation and sequence = 3',
      'update seal set entry_id = (select entry_id from was where sequence = 3) where organisation_id = $organisation and sequence = 2',
      `insert into seal select organisation_id, 3, (select entry_id from was where sequence = 2), sha256, sealed_at
        from seal where organisation_id = $organisation and sequence = 2`,
    ],
    'seal-differs',
    'Sceau 3\u00A0:',
  ],
  [
    'a tail cut beneath a closing',
    [
      ...removing('sequence >= 4'),
      'delete from seal where organisation_id = $organisation and sequence >= 4',
      RIGHT_BALANCES,
    ],
    'head-missing',
    'la fin de la chaîne a été coupée',
  ],
  [
    'an altered closing',
    [
      `update closing set totals = replace(totals, '3100', '3000') where organisation_id = $organisation and number = 1`,
    ],
    'closing-differs',
    'Clôture du jour 2012-04-12 modifiée',
  ],
  [
    'a deleted closing',
    ['delete from closing where organisation_id = $organisation and number = 3'],
    'closing-missing',
    'Clôture du jour 2012-04-14 absente',
  ],
  [
    'an edited balance',
    [`update balance set cents = cents - 100 where organisation_id = $organisation and kind = 'credit'`],
    'balance-differs',
    'Solde du compte credit',
  ],
  [
    'an altered invoice content',
    [
      `update invoice_content set content = replace(content, 'MARTIN', 'DURAND'),
        sha256 = sha256(convert_to(replace(content, 'MARTIN', 'DURAND'), 'UTF8'))
        where organisation_id = $organisation`,
    ],
    'seal-differs',
    'Sceau 1\u00A0:',
  ],
])('%s is detected, in the database and in its archive', async (_, statements, what, sentence) => {
  const till = await liveALittle()
  await forge(db, till, ...statements)
  expect(await verify(till)).toContain(what)
  const archived = await verifyArchive(till)
  expect(archived.said.replaceAll('«\u00A0', '« ')).toContain(sentence)
  expect(archived.said).toContain('VERDICT\u00A0: ALTÉRÉ')
  expect(archived.code).toBe(1)
})

test('a cut tail is detected by a head recorded earlier, and by nothing else', async () => {
  const till = await liveALittle()
  const { sha256 } = await headOf(db, till.organisationId)
  const cut = [
    ...removing('sequence = 5'),
    'delete from seal where organisation_id = $organisation and entry_id = (select id from gone)',
    RIGHT_BALANCES,
  ]
  await forge(db, till, ...cut)
  expect([await verify(till), (await verifyArchive(till)).code]).toEqual([[], 0])
  expect(await verify(till, sha256)).toEqual(['recorded-head-absent'])
  const archived = await verifyArchive(till, '--head', sha256)
  expect([archived.code, archived.said]).toEqual([1, expect.stringContaining('n’est plus dans la chaîne')])
})

test('an entry slipped into a closed day is detected', async () => {
  const till = await liveALittle()
  const slip = `update entry set accounting_on = '2012-04-13' where organisation_id = $organisation and id = `
  await forge(db, till, `${slip}${sealed(5)}`)
  expect(await verify(till)).toEqual(expect.arrayContaining(['seal-differs', 'totals-differ']))
  await forge(db, till, `delete from seal where organisation_id = $organisation and sequence = 5`)
  expect(await verify(till)).toContain('rule-broken')
})

test('each year has its archive, which continues the one before', async () => {
  const till = await openTill(db, { now: new Date('2011-12-30T10:00:00Z') })
  await till.issue(3_100)
  await till.give(400)
  await closePeriods(db, till.organisationId, new Date('2012-01-05T10:00:00Z'))
  till.services.clock.set(new Date('2012-01-10T10:00:00Z'))
  await till.issue(7_000)
  await till.give(600)
  await closePeriods(db, till.organisationId, new Date('2013-02-01T10:00:00Z'))
  for (const [year, told] of [
    ['2011', '2 écritures scellées, 4 clôtures'],
    ['2012', '2 écritures scellées, 379 clôtures'],
    ['2013', '0 écriture scellée, 32 clôtures'],
  ] as const) {
    const { code, said } = await verifyYear(till, year)
    expect([year, code, said]).toEqual([year, 0, expect.stringContaining(told)])
  }
  await forge(
    db,
    till,
    `update balance set cents = cents - 1 where organisation_id = $organisation and kind = 'credit'`,
  )
  expect((await verifyYear(till, '2012')).code).toBe(1)
  await forge(db, till, RIGHT_BALANCES, ...removing('sequence = 1'))
  expect([(await verifyYear(till, '2011')).code, await verify(till)]).toEqual([
    1,
    expect.arrayContaining(['entry-missing']),
  ])
})
