// Deposit slips over HTTP: ticked, checked against the tape, closed for good, a cheque bounced.
import { beforeEach, expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { atDesk, recorded } from '../../test/support/desk.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import type { BillingUnitId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'
import { SLIP_PIECES } from './slip.ts'

const db = await testDatabase()
let till: Till
let who: Visitor

beforeEach(async () => {
  till = await openTill(db)
  who = visitor(await buildPortal(till.services), till.services)
  await who.signInStaff((await buildStaff(db, till.organisationId, ['cashier'])).staffId)
})

const cheque = (amount: number, mark: string) => {
  till.services.clock.advance(MINUTE_MS)
  return recorded(db, till, atDesk(till, amount, [], { mark }))
}
const close = async (piece: readonly string[], bande: string, changes: { [name: string]: string } = {}) => {
  await who.get('/gestion/remises')
  return who.post('/gestion/remises', {
    nature: 'cheques',
    piece,
    bande,
    'remis-le': '13/04/2012',
    ...changes,
  })
}
const slips = () =>
  db
    .selectFrom('deposit_slip')
    .select(['number', 'payments', 'amount_cents'])
    .where('organisation_id', '=', till.organisationId)
    .execute()

test('with nothing at the desk, the page says so', async () => {
  expect((await who.get('/gestion/remises')).words).toContain('Aucun chèque à remettre.')
  expect((await who.get('/gestion/remises?nature=cesu')).words).toContain('Aucun CESU à remettre.')
})

test('cheques stand in the order of entry, ranked, counted and summed', async () => {
  await cheque(4_530, '0000002')
  await cheque(3_100, '0000001')
  const { words } = await who.get('/gestion/remises')
  expect(words.indexOf('0000002')).toBeLessThan(words.indexOf('0000001'))
  expect(words).toContain('n° 1/2')
  expect(words).toContain('2 pièces 76,30 €')
})

test('of a great pile the pieces entered first are shown, the others follow once these have left', async () => {
  const pieces: string[] = []
  for (let one = 0; one <= SLIP_PIECES; one += 1) {
    till.services.clock.advance(1_000)
    pieces.push(await recorded(db, till, atDesk(till, 100, [], { mark: String(one).padStart(7, '0') })))
  }
  const last = pieces.at(-1) ?? ''
  const page = await who.get('/gestion/remises')
  expect(page.words).toContain('Les 200 premières pièces sur 201')
  expect([page.html.includes(pieces[0] ?? ''), page.html.includes(last)]).toEqual([true, false])
  expect((await close(pieces.slice(0, SLIP_PIECES), '200,00')).status).toBe(303)
  const rest = await who.get('/gestion/remises')
  expect([rest.html.includes(last), rest.words.includes('premières pièces sur')]).toEqual([true, false])
})

test('a tape that agrees closes the slip: numbered, booked, printed, and gone from the list', async () => {
  const [one, two, kept] = [
    await cheque(4_530, '0000001'),
    await cheque(3_100, '0000002'),
    await cheque(500, '0000003'),
  ]
  const closed = await close([two, one], '76,30')
  expect([closed.status, await slips()]).toEqual([
    303,
    [{ number: `B-${till.series}-2012-0001`, payments: 2, amount_cents: 7_630 }],
  ])
  expect([await till.internal('bank'), await till.internal('cheques')]).toEqual([7_630, 500])
  const { words } = await who.get(closed.location ?? '')
  expect(words).toContain(`Bordereau B-${till.series}-2012-0001`)
  expect(words.indexOf('0000001')).toBeLessThan(words.indexOf('0000002'))
  const list = await who.get('/gestion/remises')
  expect([list.html.includes(`value="${kept}"`), list.html.includes(`value="${one}"`)]).toEqual([true, false])
  const acts = db.selectFrom('staff_act').select('object').where('organisation_id', '=', till.organisationId)
  expect(await acts.where('kind', '=', 'deposit.closed').execute()).toEqual([
    { object: `B-${till.series}-2012-0001` },
  ])
})

test('a tape that differs closes nothing, keeps the ticks, and names who may be wrong', async () => {
  const [one, two] = [await cheque(4_530, '0000001'), await cheque(3_100, '0000002')]
  const refused = await close([one, two], '85,30')
  expect([refused.status, await slips()]).toEqual([422, []])
  expect(refused.words).toContain('La bande donne 85,30 €, les pièces cochées 76,30 €')
  expect(refused.words).toContain('Écart : +9,00 €')
  expect(refused.words).toContain('0000001, MARTIN, 45,30 € : deux chiffres échangés sur la bande, 54,30 € ?')
  expect((await close([one], '76,30')).words).toContain(
    '0000002, MARTIN, 31,00 € : sur la bande, mais pas coché.',
  )
  expect((await close([one, two], '76,31')).words).toContain('Aucune pièce n’explique cet écart')
})

test.each([
  ['nothing ticked', [], '0', {}, 'Cochez au moins une pièce.'],
  ['no total', undefined, 'abc', {}, 'Écrivez le total de la bande en euros'],
  ['a day too far', undefined, '45,30', { 'remis-le': '30/04/2012' }, 'Écrivez le jour comme 16/03/2012'],
])('a slip with %s is refused', async (_, piece, tape, changes, sentence) => {
  const one = await cheque(4_530, '0000001')
  const answer = await close(piece ?? [one], tape, changes)
  expect([answer.status, answer.words, await slips()]).toEqual([422, expect.stringContaining(sentence), []])
})

test('what another person deposited meanwhile is told, and leaves once', async () => {
  const [one, two] = [await cheque(4_530, '0000001'), await cheque(3_100, '0000002')]
  await close([one], '45,30')
  const late = await close([one, two], '76,30')
  expect([late.status, late.words]).toEqual([422, expect.stringContaining('vient d’être remise ou annulée')])
  expect(await slips()).toHaveLength(1)
  const both = await Promise.all([close([two], '31'), close([two], '31')])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([303, 422]))
  expect(await slips()).toHaveLength(2)
})

test('a stranger’s cheque is on no slip of ours', async () => {
  const stranger = await openTill(db)
  const theirs = await recorded(db, stranger, atDesk(stranger, 4_530, []))
  expect((await close([theirs], '45,30')).status).toBe(422)
  expect(await stranger.internal('bank')).toBe(0)
})

test('who works for another unit deposits nothing of this one, and does not see its slips', async () => {
  const [one, two] = [await cheque(4_530, '0000001'), await cheque(3_100, '0000002')]
  const slip = (await close([one], '45,30')).location ?? ''
  const other = await buildUnit(db, till.organisationId)
  const asCashierOf = async (unitId: BillingUnitId) => {
    who = visitor(await buildPortal(till.services), till.services)
    await who.signInStaff((await buildStaff(db, till.organisationId, ['cashier'], { unitId })).staffId)
    const seen = await who.get(slip)
    return [seen.status, (await close([two], '31')).status]
  }
  expect([await asCashierOf(other.unitId), await slips()]).toEqual([[403, 422], [expect.anything()]])
  expect(await asCashierOf(till.unitId)).toEqual([200, 303])
})

test('cash leaves the till on a slip of its own', async () => {
  const note = await recorded(db, till, atDesk(till, 2_000, [], { method: 'cash', mark: '' }))
  const closed = await close([note], '20', { nature: 'cash' })
  expect([closed.status, await till.internal('cash'), await till.internal('bank')]).toEqual([303, 0, 2_000])
})

test('a deposited cheque that bounces opens its debt again, with a reason and a message to send', async () => {
  const invoice = await till.issue(3_100)
  const id = await recorded(db, till, atDesk(till, 3_100, [invoice]))
  await close([id], '31')
  const page = `/gestion/encaissements/${id}`
  expect((await who.get(page)).words).toContain('Chèque rejeté par la banque')
  const refused = await who.post(`${page}/rejet`, { motif: '' })
  expect([refused.status, await till.due(invoice)]).toEqual([422, 0])
  expect((await who.post(`${page}/annulation`, { motif: 'x' })).words).toContain('parti en remise')
  const bounced = await who.post(`${page}/rejet`, { motif: 'Sans provision' })
  expect((await who.get(bounced.location ?? '')).words).toContain('nous a été retourné impayé par la banque')
  expect([await till.due(invoice), await till.tasks(), await till.internal('bank')]).toEqual([
    3_100,
    ['cheque-bounced'],
    0,
  ])
})

test('a slip that differs from its tape is refused by the database too, and none is changed', async () => {
  const one = await cheque(4_530, '0000001')
  await close([one], '45,30')
  await expect(db.pool.query('update deposit_slip set payments = 2')).rejects.toThrow(/append-only/)
  const copy = `insert into deposit_slip select organisation_id, gen_random_uuid(), billing_unit_id, 'B-X', kind, payments,
    amount_cents, control_cents + 1, deposited_on, entry_id, closed_by, closed_at from deposit_slip limit 1`
  await expect(db.pool.query(copy)).rejects.toThrow(/slip_equals_control/)
  await expect(db.pool.query(copy.replace('+ 1', '+ 0'))).resolves.toMatchObject({ rowCount: 1 })
})
