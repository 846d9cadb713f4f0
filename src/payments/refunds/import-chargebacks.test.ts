import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { brought, messageOf, openTill, type Till } from '../../../test/support/till.ts'
import { receiveMessage } from '../receive-message.ts'
import { importChargebacks } from './import-chargebacks.ts'

const db = await testDatabase()
const HEAD = 'ENTETE;CHARGEBACK_DATE;CHARGEBACK_NUMBER;TRANSACTION_UUID;ORIGIN_AMOUNT;CURRENCY_CODE'
const report = (till: Till, ...lines: string[]) =>
  [`TITRE;IMPAYES;${till.contract.shopNumber};TEST`, HEAD, ...lines, ''].join('\r\n')
const read = (till: Till, text: string) =>
  importChargebacks(till.services, till.shops, Buffer.from(text), 'a treasurer')

async function paid() {
  const till = await openTill(db)
  const form = await till.send(await till.start([await till.issue(3_100)]), 3_100)
  await receiveMessage(till.services, till.shops, ...brought(messageOf(form, { vads_trans_uuid: 'abc123' })))
  return till
}

test('a dispute is booked once, whichever file names it', async () => {
  const till = await paid()
  const line = 'DETAILS;20120501100000;CB-1;abc123;3100;978'
  const done = { ok: true, value: { opened: 1, known: 0, refused: [] } }
  expect(await read(till, report(till, line))).toEqual(done)
  expect([await till.internal('disputed'), await till.tasks()]).toEqual([3_100, ['dispute-opened']])
  expect(await read(till, report(till, line))).toMatchObject({ value: { opened: 0, known: 1 } })
  expect(await till.internal('disputed')).toBe(3_100)
})

test('what fits no payment books nothing, and is told by its line', async () => {
  const till = await paid()
  const text = report(
    till,
    'DETAILS;20120501100000;CB-2;unknown;3100;978',
    'DETAILS;20120501100000;CB-3;abc123;3101;978',
  )
  expect(await read(till, text)).toEqual({
    ok: true,
    value: {
      opened: 0,
      known: 0,
      refused: [
        { line: 3, dispute: 'CB-2', why: 'unknown-capture' },
        { line: 4, dispute: 'CB-3', why: 'above-captured' },
      ],
    },
  })
  expect(await till.internal('disputed')).toBe(0)
})

test.each([
  ['hier;CB-4;abc123;3100;978', 'CHARGEBACK_DATE'],
  ['20120501100000;;abc123;3100;978', 'CHARGEBACK_NUMBER'],
  ['20120501100000;CB-4;;3100;978', 'TRANSACTION_UUID'],
  ['20120501100000;CB-4;abc123;31.00;978', 'ORIGIN_AMOUNT'],
  ['20120501100000;CB-4;abc123;3100;952', 'CURRENCY_CODE'],
])('a file with the line %s is refused whole', async (line, column) => {
  const till = await paid()
  const good = 'DETAILS;20120501100000;CB-5;abc123;3100;978'
  expect(await read(till, report(till, good, `DETAILS;${line}`))).toEqual({
    ok: false,
    failure: { kind: 'unreadable', problems: [{ line: 4, kind: 'value', column }] },
  })
  expect(await till.internal('disputed')).toBe(0)
})

test('the report of another shop, or of another mode, is refused', async () => {
  const till = await paid()
  const other = report(till).replace(till.contract.shopNumber, '99999999')
  expect(await read(till, other)).toMatchObject({ failure: { kind: 'unknown-shop', shopNumber: '99999999' } })
  expect(await read(till, report(till).replace(';TEST', ';PRODUCTION'))).toMatchObject({ ok: false })
})
