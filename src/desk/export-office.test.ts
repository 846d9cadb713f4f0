// Slips and closings as files for the accounts.
import { beforeEach, expect, test } from 'vitest'
import { buildStaff } from '../../test/support/staff.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { day } from '../kernel/dates.ts'
import { cents, ZERO } from '../kernel/money.ts'
import { findUnit } from '../organisations/store.ts'
import { buildPortal } from '../portal.ts'
import type { Role } from '../staff/rights.ts'
import { closeSlip } from './close-slip.ts'
import { closeTill } from './close-till.ts'
import { recordDeskPayment } from './record-desk-payment.ts'

const db = await testDatabase()
let till: Till

beforeEach(async () => {
  till = await openTill(db)
})

async function staff(role: Role): Promise<Visitor> {
  const who = visitor(await buildPortal(till.services), till.services)
  await who.signInStaff((await buildStaff(db, till.organisationId, [role])).staffId)
  return who
}
const author = () => ({
  organisationId: till.organisationId,
  staffId: undefined,
  name: 'Marc',
  screen: '/',
  clientAddress: '-',
})

async function deposited(): Promise<void> {
  const { organisationId, unitId, familyId } = till
  const now = till.services.clock.now()
  await db.transaction(async (tx) => {
    const unit = await findUnit(tx, organisationId, unitId)
    const paid = await recordDeskPayment(
      tx,
      {
        organisationId,
        billingUnitId: unitId,
        familyId,
        requestKey: 'un',
        method: 'cheque',
        amount: cents(3_150),
        receivedOn: day('2012-04-12'),
        payerName: '=MARTIN Claire',
        mark: '0012345',
        invoices: [],
      },
      now,
      'Marc',
    )
    if (!paid.ok || !unit) throw new Error('no payment')
    const slip = { kind: 'cheques', paymentIds: [paid.value.paymentId], control: cents(3_150) } as const
    await closeSlip(tx, { organisationId, unit, ...slip, depositedOn: day('2012-04-12') }, author(), now)
    const count = { billingUnitId: unitId, counts: {}, float: ZERO, seen: ZERO, reason: '' }
    await closeTill(tx, { organisationId, ...count }, author(), now)
  })
}

test('each piece of a slip is a line, in the format that the page states, and the journal says who took it', async () => {
  await deposited()
  const who = await staff('accountant')
  const page = await who.get('/gestion/remises')
  expect(page.words).toContain('Exporter les remises (CSV) Point-virgule, virgule décimale, UTF-8')
  const file = await who.get('/gestion/remises.csv')
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="remises-2012-04-12.csv"')
  const [head, line] = file.html.split('\r\n')
  expect(head).toContain('Bordereau;Unité;Nature;Remis le')
  expect(line).toMatch(/;12\/04\/2012;MARTIN;'=MARTIN Claire;;0012345;12\/04\/2012;31,50;;Marc$/)
  const acts = db.selectFrom('staff_act').select('object').where('kind', '=', 'desk.exported')
  expect(await acts.where('organisation_id', '=', till.organisationId).execute()).toEqual([
    { object: 'remises-2012-04-12.csv' },
  ])
})

test('each closing of the till is a line', async () => {
  await deposited()
  const who = await staff('director')
  expect((await who.get('/gestion/caisse')).words).toContain('Exporter les arrêtés de caisse (CSV)')
  expect((await who.get('/gestion/caisse.csv')).html).toMatch(
    /12\/04\/2012;.*;0,00;0,00;0,00;0,00;0,00;0,00;;Marc/,
  )
})

test('who may not export is shown no link, and another organisation gets none of ours', async () => {
  await deposited()
  const cashier = await staff('cashier')
  expect((await cashier.get('/gestion/remises')).words).not.toContain('Exporter les remises')
  expect((await cashier.get('/gestion/remises.csv')).status).toBe(403)
  till = await openTill(db)
  const other = await staff('accountant')
  expect((await other.get('/gestion/remises.csv')).html).not.toContain('0012345')
})
