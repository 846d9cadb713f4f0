// Undoing, as the ledger and the database allow it.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { atDesk, recorded } from '../../test/support/desk.ts'
import { askRefund, granted, payOnline, refuse } from '../../test/support/refunds.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { bounceCheque, undoDeskPayment } from '../desk/undo-desk-payment.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { day } from '../kernel/dates.ts'
import type { EntryId } from '../kernel/ids.ts'
import { sql } from '../platform/db.ts'
import { sha256 } from '../platform/secrets.ts'
import { reverseEntry } from './reverse-entry.ts'

const db = await testDatabase()

const entryOf = async (till: Till, kind: 'desk' | 'invoice') =>
  (
    await db
      .selectFrom('entry')
      .select('id')
      .where('organisation_id', '=', till.organisationId)
      .where('kind', '=', kind)
      .executeTakeFirstOrThrow()
  ).id as EntryId

async function reverse(till: Till, entryId: EntryId): Promise<string> {
  const { organisationId, services } = till
  const undoing = { organisationId, entryId, kind: 'reversal' as const, reason: 'erreur', actor: 'Sophie' }
  const result = await db.transaction((tx) => reverseEntry(tx, undoing, services.clock.now()))
  return result.ok ? 'reversed' : result.failure
}

test('an entry is reversed once, by its exact mirror, with who and why', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  await recorded(db, till, atDesk(till, 4_000, [invoice]))
  const entryId = await entryOf(till, 'desk')
  expect([await reverse(till, entryId), await reverse(till, entryId)]).toEqual([
    'reversed',
    'already-reversed',
  ])
  const { rows } = await db.pool.query<{ account_id: string; cents: number; actor: string; reason: string }>(
    `select p.account_id, sum(p.cents)::bigint as cents, min(e.actor) as actor, max(e.reason) as reason
      from entry e join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id
      where e.id = $1 or e.reverses = $1 group by p.account_id`,
    [entryId],
  )
  expect(rows.map((row) => [row.cents, row.actor, row.reason])).toEqual(
    Array.from({ length: 3 }, () => [0, 'Sophie', 'erreur']),
  )
  expect([await till.due(invoice), await till.credit()]).toEqual([3_100, 0])
})

test('credit that left by a refund is not taken away: the reversal fails and books nothing', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_000)
  const { captureId } = await payOnline(db, till, [invoice], 3_000)
  const paymentId = await recorded(db, till, atDesk(till, 3_000, []))
  const refundId = granted(await askRefund(db, till, captureId, 1_000))
  const undoing = { organisationId: till.organisationId, paymentId, reason: 'erreur' }
  const undo = () => db.transaction((tx) => undoDeskPayment(tx, undoing, till.services.clock.now(), 'Sophie'))
  expect(await undo()).toEqual({ ok: false, failure: 'credit-spent' })
  expect([await till.credit(), await till.internal('cheques')]).toEqual([2_000, 3_000])
  await refuse(db, till, refundId)
  expect(await undo()).toMatchObject({ ok: true })
  expect([await till.credit(), await till.internal('cheques')]).toEqual([0, 0])
})

test('a cheque bounces all the same: what was refunded of it stands in suspense', async () => {
  const till = await openTill(db)
  const { captureId } = await payOnline(db, till, [await till.issue(3_000)], 3_000)
  const paymentId = await recorded(db, till, atDesk(till, 3_000, []))
  granted(await askRefund(db, till, captureId, 1_000))
  const undoing = { organisationId: till.organisationId, paymentId, reason: 'sans provision' }
  await db.transaction((tx) => bounceCheque(tx, undoing, till.services.clock.now(), 'Sophie'))
  expect([await till.credit(), await till.internal('cheques'), await till.internal('suspense')]).toEqual([
    0, 0, 1_000,
  ])
})

test('credit freed from an invoice and spent on it again is the newest settlement, and is freed first', async () => {
  const till = await openTill(db)
  const bounce = async (paymentId: string) => {
    const undoing = { organisationId: till.organisationId, paymentId, reason: 'sans provision' }
    await db.transaction((tx) => bounceCheque(tx, undoing, till.services.clock.now(), 'Sophie'))
  }
  const deposit = (amount: number) => {
    till.services.clock.advance(1_000)
    return recorded(db, till, atDesk(till, amount, []))
  }
  const newer = await till.issue(1_000, { issuedOn: day('2012-03-16') })
  await bounce(await deposit(1_000))
  const older = await till.issue(500, { issuedOn: day('2012-03-01') })
  const first = await deposit(500)
  await deposit(1_000)
  expect([await till.due(older), await till.due(newer)]).toEqual([0, 0])
  await bounce(first)
  expect([await till.due(older), await till.due(newer)]).toEqual([0, 500])
})

test('an invoice is not undone, it is credited', async () => {
  const till = await openTill(db)
  const invoice = await till.issue(3_100)
  expect(await reverse(till, await entryOf(till, 'invoice'))).toBe('not-reversible')
  expect(await till.due(invoice)).toBe(3_100)
})

test('past our checks too, an undoing names what it undoes, and why, and comes once', async () => {
  const till = await openTill(db)
  await recorded(db, till, atDesk(till, 900, []))
  const entryId = await entryOf(till, 'desk')
  const write = (kind: string, reverses: string | null, reason: string | null) =>
    db.transaction(async (tx) => {
      const id = randomUUID()
      await sql`insert into entry values (${till.organisationId}, ${id}, ${till.unitId}, ${kind}, ${id},
        ${sha256(id)}, '2012-03-16', '2012-03-16', ${TEST_NOW}, 'test', ${reverses}, ${reason})`.execute(tx)
      await sql`insert into posting select organisation_id, ${id}, line, account_id, -cents from posting
        where entry_id = ${entryId}`.execute(tx)
    })
  await expect(write('reversal', null, 'erreur')).rejects.toMatchObject({
    constraint: 'entry_reverses_check',
  })
  await expect(write('desk', entryId, 'erreur')).rejects.toMatchObject({ constraint: 'entry_reverses_check' })
  await expect(write('reversal', entryId, null)).rejects.toMatchObject({
    constraint: 'entry_undone_with_reason',
  })
  await expect(write('erasure', null, null)).rejects.toMatchObject({ constraint: 'entry_kind_check' })
  await write('reversal', entryId, 'erreur')
  expect(await till.credit()).toBe(0)
  await expect(write('bounced', entryId, 'encore')).rejects.toMatchObject({
    constraint: 'entry_organisation_id_reverses_key',
  })
})
