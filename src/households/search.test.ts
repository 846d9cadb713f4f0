// The search of everything, one item of the promise after the other, on the demonstration's records.
import { beforeAll, expect, test } from 'vitest'
import { buildFamily, buildLogin } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { liveDemoMonth } from '../demo/demo-month.ts'
import { loadDemo } from '../demo/load-demo.ts'
import { day } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { listFamilyUnits } from '../organisations/store.ts'
import { recordDeskPayment } from '../desk/record-desk-payment.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
const services = testServices(db, { now: new Date() })
await loadDemo(services, { id: '20120316', key: 'KeyOfTheDemoShop' })
await liveDemoMonth(services, '20120316')
const app = await buildPortal(services)
const organisationId = (await db.selectFrom('organisation').select('id').executeTakeFirstOrThrow())
  .id as OrganisationId
const staff = visitor(app, services)
const find = async (typed: string) =>
  (await staff.get(`/gestion/recherche?q=${encodeURIComponent(typed)}`)).words

beforeAll(async () => {
  await staff.signInStaff((await buildStaff(db, organisationId, ['director'])).staffId)
  const { familyId } = await buildFamily(db, organisationId, { name: 'ŒUVRARD', child: 'Maëlys' })
  await buildLogin(db, organisationId, familyId, {
    firstName: 'Noémie',
    lastName: 'ŒUVRARD',
    email: 'noemie@oeuvrard.example',
  })
  const set = "set mobile = '+33 6 55 44 33 22'"
  await db.pool.query(`update adult ${set} where email = 'noemie@oeuvrard.example'`)
  await db.pool.query(`update family set phone = '04.50.70.80.90' where id = '${familyId}'`)
  const martin = await db
    .selectFrom('family')
    .select('id')
    .where('name', '=', 'MARTIN')
    .executeTakeFirstOrThrow()
  const [unit] = await listFamilyUnits(db, organisationId, martin.id as never)
  if (!unit) throw new Error('the family deals with no unit')
  const cheque = {
    organisationId,
    billingUnitId: unit.id,
    familyId: martin.id as never,
    requestKey: 'cheque',
    method: 'cheque',
    amount: cents(6_131),
    receivedOn: day('2012-05-02'),
    payerName: 'MARTIN Claire',
    mark: '0098765',
    invoices: [],
  } as const
  await db.transaction((tx) => recordDeskPayment(tx, cheque, services.clock.now(), 'test'))
})

test.each([
  ['a family by its name, ligature and all', 'oeuvrard', 'Famille ŒUVRARD'],
  ['a family by a slip', 'oeuvrrad', 'Famille ŒUVRARD'],
  ['a child without its accents', 'maelys', 'Maëlys ŒUVRARD enfant'],
  ['a child and its name in any order', 'œuvrard maelys', 'Maëlys ŒUVRARD enfant'],
  ['an adult by the beginning of two words', 'noe oeuv', 'Noémie'],
  ['an invoice', 'TH001987', 'TH001987 Famille TEST'],
  ['an invoice without zeros or space', 'th 1987', 'TH001987 Famille TEST'],
  ['a cheque', '0098765', '0098765 Famille MARTIN'],
  ['a cheque without its zeros', '98765', '0098765 Famille MARTIN'],
  ['an amount', '61,31', '61,31 €'],
  ['an amount with a point', '61.31', '61,31 €'],
  ['an amount with its sign', '61,31 €', '61,31 €'],
  ['a mobile kept in the international way', '06 55 44 33 22', 'Famille ŒUVRARD'],
  ['a mobile typed in the international way', '+33 6 55 44 33 22', 'Famille ŒUVRARD'],
  ['a mobile typed with 00 33', '0033655443322', 'Famille ŒUVRARD'],
  ['the telephone of the house', '04 50 70 80 90', '04.50.70.80.90 Famille ŒUVRARD'],
  ['an address of mail', 'Noemie@Oeuvrard.example', 'Famille ŒUVRARD'],
  ['the beginning of an address of mail', 'noemie@', 'Famille ŒUVRARD'],
])('%s is found', async (_, typed, words) => {
  expect(await find(typed)).toContain(words)
})

test('a payment is found by its reference, whole or by the eight signs that people quote', async () => {
  const { reference } = await db.selectFrom('payment_reference').select('reference').executeTakeFirstOrThrow()
  const quoted = `${reference.slice(-8, -4)}-${reference.slice(-4)}`
  for (const typed of [reference, reference.slice(-8), quoted, quoted.toLowerCase()])
    expect(await find(typed)).toContain('Paiements en ligne')
})

test('a payment is found by the bank’s authorisation', async () => {
  const { authorisation } = await db
    .selectFrom('capture')
    .select('authorisation')
    .where('authorisation', 'is not', null)
    .executeTakeFirstOrThrow()
  expect(await find(authorisation ?? '')).toContain('Paiements en ligne')
})

test('who left is found still', async () => {
  await db.pool.query("update child set left_on = '2012-05-01' where first_name = 'Maëlys'")
  expect(await find('maelys')).toContain('Maëlys ŒUVRARD enfant')
})
