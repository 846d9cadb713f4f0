// The till over HTTP: counted by face value, compared with the ledger, closed once a day.
import { beforeEach, expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { atDesk, recorded } from '../../test/support/desk.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { DAY_MS } from '../kernel/dates.ts'
import type { BillingUnitId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'
import { undoDeskPayment } from './undo-desk-payment.ts'

const db = await testDatabase()
let till: Till
let who: Visitor

const signIn = async () => {
  who = visitor(await buildPortal(till.services), till.services)
  await who.signInStaff((await buildStaff(db, till.organisationId, ['cashier'])).staffId)
}
beforeEach(async () => {
  till = await openTill(db)
  await signIn()
})

const cash = (amount: number) => recorded(db, till, atDesk(till, amount, [], { method: 'cash', mark: '' }))
const expected = (html: string) => /name="attendu" value="(-?\d+)"/.exec(html)?.[1] ?? ''
const close = async (fields: { [name: string]: string }) => {
  const { html } = await who.get('/gestion/caisse')
  return who.post('/gestion/caisse', { attendu: expected(html), fonds: '0', ...fields })
}
const closings = () =>
  db
    .selectFrom('till_closing')
    .select(['counted_cents', 'float_cents', 'reason'])
    .where('organisation_id', '=', till.organisationId)
    .orderBy('closed_on')
    .execute()

test('a count that agrees with the ledger closes the day, and the sheet says so', async () => {
  await cash(5_000)
  const wrong = await cash(700)
  const undoing = { organisationId: till.organisationId, paymentId: wrong, reason: 'erreur' }
  await db.transaction((tx) => undoDeskPayment(tx, undoing, till.services.clock.now(), 'Sophie'))
  const closed = await close({ 'coupure-5000': '1', 'coupure-1000': '3', fonds: '30' })
  expect([closed.status, await closings()]).toEqual([
    303,
    [{ counted_cents: 8_000, float_cents: 3_000, reason: null }],
  ])
  const { words } = await who.get(closed.location ?? '')
  expect(words).toContain('Feuille de caisse du 12/04/2012')
  expect(words).toContain('Reçu au guichet 57,00 € Annulé ou rendu 7,00 € Remis à la banque 0,00 €')
  expect(words).toContain('Aucun écart')
})

test('a difference is named and needs a reason, which stays on the sheet and in the journal', async () => {
  await cash(5_000)
  const refused = await close({ 'coupure-2000': '2', 'coupure-500': '1' })
  expect([refused.status, await closings()]).toEqual([422, []])
  expect(refused.words).toContain('Il manque 5,00 €. Recomptez ; si c’est juste, dites pourquoi.')
  expect(refused.html).toMatch(/name="coupure-2000"[^>]*value="2"/)
  const closed = await close({ 'coupure-2000': '2', 'coupure-500': '1', motif: 'Rendu en trop' })
  expect((await who.get(closed.location ?? '')).words).toContain(
    'Il manque 5,00 € Explication : Rendu en trop',
  )
  const acts = db.selectFrom('staff_act').select(['object', 'reason']).where('kind', '=', 'till.closed')
  expect(await acts.where('organisation_id', '=', till.organisationId).execute()).toEqual([
    { object: '2012-04-12', reason: 'Rendu en trop' },
  ])
  expect(await till.internal('cash')).toBe(5_000)
})

test('cash that came while one counted is told, and the count is not closed on it', async () => {
  const { html } = await who.get('/gestion/caisse')
  await cash(1_200)
  const late = await who.post('/gestion/caisse', { attendu: expected(html), fonds: '0' })
  expect([late.status, late.words]).toEqual([
    422,
    expect.stringContaining('il doit y en avoir 12,00 € maintenant'),
  ])
  expect((await close({ 'coupure-1000': '1', 'coupure-200': '1' })).status).toBe(303)
})

test('a till is closed once a day, even by two at once; the next day goes on from there', async () => {
  await cash(5_000)
  const count = { 'coupure-5000': '1' }
  const both = await Promise.all([close(count), close(count)])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 303]))
  expect(await closings()).toHaveLength(1)
  expect((await who.get('/gestion/caisse')).words).toContain('La caisse du 12/04/2012 est arrêtée')
  till.services.clock.advance(DAY_MS)
  await signIn()
  await cash(1_000)
  const { words } = await who.get('/gestion/caisse')
  expect(words).toContain('Espèces à la dernière caisse 50,00 € Reçu au guichet 10,00 €')
  expect((await close({ ...count, 'coupure-1000': '1' })).status).toBe(303)
})

test('who works for another unit counts its own till, and does not see this one', async () => {
  await cash(5_000)
  const sheet = (await close({ 'coupure-5000': '1' })).location ?? ''
  const other = await buildUnit(db, till.organisationId)
  const asCashierOf = async (unitId: BillingUnitId) => {
    who = visitor(await buildPortal(till.services), till.services)
    await who.signInStaff((await buildStaff(db, till.organisationId, ['cashier'], { unitId })).staffId)
    return [(await who.get(sheet)).status, expected((await who.get('/gestion/caisse')).html)]
  }
  expect(await asCashierOf(other.unitId)).toEqual([403, '0'])
  expect((await asCashierOf(till.unitId))[0]).toBe(200)
})

test.each([
  ['a number that is none', { 'coupure-5000': 'deux' }, '50,00 € : écrivez un nombre entier'],
  ['a float that is none', { fonds: 'abc' }, 'Écrivez le fonds de monnaie'],
])('a count with %s is refused', async (_, fields, sentence) => {
  const answer = await close(fields)
  expect([answer.status, answer.words, await closings()]).toEqual([
    422,
    expect.stringContaining(sentence),
    [],
  ])
})

test('a difference without a reason is refused by the database too, and no closing is changed', async () => {
  await close({})
  await expect(db.pool.query('delete from till_closing')).rejects.toThrow(/append-only/)
  const copy = `insert into till_closing select organisation_id, gen_random_uuid(), billing_unit_id, closed_on + 1,
    received_cents, taken_back_cents, deposited_cents, float_cents, counts, counted_cents + 1, null, closed_by,
    closed_at from till_closing where organisation_id = $1`
  await expect(db.pool.query(copy, [till.organisationId])).rejects.toThrow(/difference_has_a_reason/)
  await expect(
    db.pool.query(copy.replace('+ 1, null', ', null'), [till.organisationId]),
  ).resolves.toMatchObject({
    rowCount: 1,
  })
})
