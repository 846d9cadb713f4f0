// The dashboard: what it draws is what the ledger holds.
import { beforeEach, expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { atDesk, recorded } from '../../test/support/desk.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { factOf, openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { bounceCheque } from '../desk/undo-desk-payment.ts'
import { HOUR_MS, day } from '../kernel/dates.ts'
import { applyFact } from '../payments/apply-fact.ts'
import { buildPortal } from '../portal.ts'
import type { Place } from '../staff/member-store.ts'
import { drawFigures } from './draw-figures.ts'

const db = await testDatabase()
let till: Till
let app: Awaited<ReturnType<typeof buildPortal>>

beforeEach(async () => {
  till = await openTill(db, { now: TEST_NOW })
  app = await buildPortal(till.services)
})

const signIn = async (place: Place = {}): Promise<Visitor> => {
  const who = visitor(app, till.services)
  await who.signInStaff((await buildStaff(db, till.organisationId, ['director'], place)).staffId)
  return who
}
const draw = async () => {
  // Every organisation of the file has its months drawn, a dozen at a time.
  for (let pass = 0; pass < 20; pass += 1) await drawFigures(db, till.services.clock.now())
}
const payOnline = async (amount: number, changes: Parameters<typeof factOf>[1] = {}) => {
  const form = await till.send(await till.start([await till.issue(amount)]), amount)
  await db.transaction((tx) => applyFact(tx, till.contract, factOf(form, changes), till.services.clock.now()))
}
const csvOf = async (who: Visitor, chart: string, more = ''): Promise<string[][]> => {
  const file = await who.get(`/gestion/pilotage.csv?graphique=${chart}${more}`)
  return file.html
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';'))
}
const centsOf = (text: string | undefined) => Math.round(Number((text ?? '').replace(',', '.')) * 100)
const sumOf = (lines: readonly (readonly string[])[], column: number) =>
  lines.reduce((all, line) => all + centsOf(line[column]), 0)

test('before anything was drawn, it says so and when', async () => {
  const { words } = await (await signIn()).get('/gestion/pilotage')
  expect(words).toContain('Pas encore de données')
  expect(words).toContain('dans la minute')
})

test('what was received is, to the cent, what entered the accounts that hold money', async () => {
  await payOnline(3_100)
  await payOnline(4_205)
  await recorded(db, till, atDesk(till, 1_999, [], { method: 'cash' }))
  const bounced = await recorded(db, till, atDesk(till, 5_000, []))
  await recorded(db, till, atDesk(till, 700, []))
  const undone = { organisationId: till.organisationId, paymentId: bounced, reason: 'Sans provision' }
  const done = await db.transaction((tx) => bounceCheque(tx, undone, till.services.clock.now(), 'Sophie'))
  expect(done.ok).toBe(true)
  await draw()
  const who = await signIn()
  const lines = await csvOf(who, 'encaissements')
  const held = ['clearing', 'cash', 'cheques', 'bank', 'elsewhere'] as const
  const ledger = await Promise.all(held.map((kind) => till.internal(kind)))
  expect(sumOf(lines, 3)).toBe(ledger.reduce((a, b) => a + b, 0))
  expect(sumOf(lines, 3)).toBe(3_100 + 4_205 + 1_999 + 700)
  expect(lines.map(([, method, , amount]) => [method, amount])).toEqual([
    ['Espèces', '19,99'],
    ['Chèque', '7,00'],
    ['En ligne', '73,05'],
  ])
  const page = await who.get('/gestion/pilotage')
  expect(page.words).toContain('100,04 € encaissés en un mois')
  expect(page.words).toContain('73 % des sommes encaissées le sont en ligne')
  expect(page.words).toContain('Chiffres du 12/04/2012 à 18:44')
})

test('what is owed by age is, to the cent, what the receivables hold', async () => {
  await till.issue(3_100)
  await till.issue(900, { visibleAt: new Date('2012-04-20T10:00:00Z') })
  const paid = await till.issue(500)
  await recorded(db, till, atDesk(till, 500, [paid]))
  await draw()
  const who = await signIn()
  const lines = await csvOf(who, 'dette')
  const receivables = await db.pool.query(
    `select sum(p.cents) as cents from posting p join account a on a.organisation_id = p.organisation_id
      and a.id = p.account_id where a.organisation_id = $1 and a.kind = 'receivable'`,
    [till.organisationId],
  )
  expect(sumOf(lines, 2)).toBe(Number((receivables.rows[0] as { cents: string }).cents))
  expect(lines.map(([name, , amount]) => [name, amount])).toEqual([
    ['Pas encore échu', '9,00'],
    ['30 jours au plus', '0,00'],
    ['31 à 60 jours', '0,00'],
    ['61 à 90 jours', '0,00'],
    ['Plus de 90 jours', '31,00'],
  ])
})

test('paid shares, delays and failures are those of the invoices and attempts', async () => {
  await till.issue(1_000, { issuedOn: day('2012-03-16') })
  await payOnline(2_000)
  await payOnline(3_000, { verdict: 'refused', reason: '05' })
  await draw()
  const who = await signIn()
  expect(await csvOf(who, 'payees')).toEqual([['mars 2012', '3', '1', '33']])
  // Issued on 16 March, paid on 12 April.
  expect(await csvOf(who, 'delai')).toEqual([['2012-03', '1', '27']])
  expect(await csvOf(who, 'echecs')).toEqual([
    ['Payé', '1', '50'],
    ['Refusé par la banque, code 05', '1', '50'],
  ])
  const page = await who.get('/gestion/pilotage')
  expect(page.words).toContain('33 % des factures de mars 2012 sont payées')
  expect(page.words).toContain('50 % des paiements en ligne n’aboutissent pas')
  expect(page.html).toMatch(/<svg[^>]*role="img"/)
  expect(page.html).not.toMatch(/ style="/)
})

test('a part of the organisation reads its own figures alone', async () => {
  await payOnline(3_100)
  const other = await buildUnit(db, till.organisationId)
  await till.issue(5_000, { unit: other })
  await draw()
  const own = await signIn({ unitId: till.unitId })
  expect(sumOf(await csvOf(own, 'encaissements'), 3)).toBe(3_100)
  expect((await own.get('/gestion/pilotage.csv?graphique=dette')).status).toBe(404)
  const stranger = await signIn({ establishmentId: other.establishmentId })
  expect((await stranger.get('/gestion/pilotage.csv?graphique=encaissements')).status).toBe(404)
  expect(sumOf(await csvOf(stranger, 'dette'), 2)).toBe(5_000)
  // A filter cannot widen the reach.
  expect((await stranger.get(`/gestion/pilotage.csv?graphique=dette&unite=${till.unitId}`)).status).toBe(404)
})

test('figures are drawn again as time goes, and say when they no longer are', async () => {
  await payOnline(3_100)
  await draw()
  await payOnline(1_000)
  await draw()
  expect(sumOf(await csvOf(await signIn(), 'encaissements'), 3)).toBe(3_100)
  till.services.clock.advance(16 * 60_000)
  await draw()
  expect(sumOf(await csvOf(await signIn(), 'encaissements'), 3)).toBe(4_100)
  till.services.clock.advance(2 * HOUR_MS)
  expect((await (await signIn()).get('/gestion/pilotage')).words).toContain(
    'Ces chiffres ont plus d’une heure',
  )
})
