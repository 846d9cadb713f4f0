// The ledger told as a ledger: a script of what happens to families, run against the real store.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildFamily } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { type Issued, openTill } from '../../test/support/till.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { recordElsewherePayment } from '../billing/record-elsewhere.ts'
import { day } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { cents, negate, readAmount } from '../kernel/money.ts'
import { rows, sql } from '../platform/db.ts'
import { creditOf, lockDues } from './store.ts'

const db = await testDatabase()
const till = await openTill(db)
const { organisationId, unitId: billingUnitId, services } = till
let payments = 0

type Story = { readonly families: Map<string, FamilyId>; readonly invoices: Map<string, Issued> }
const newStory = (): Story => ({ families: new Map(), invoices: new Map() })

async function family(story: Story, name: string): Promise<FamilyId> {
  const known = story.families.get(name)
  if (known) return known
  const { familyId } = await buildFamily(db, organisationId, { name: name.toUpperCase() })
  story.families.set(name, familyId)
  return familyId
}

/** What came in elsewhere, on these invoices in order; the rest is the family's credit. */
async function receive(familyId: FamilyId, amount: number, invoices: readonly Issued[]): Promise<void> {
  const received = {
    organisationId,
    billingUnitId,
    familyId,
    externalKey: `P${(payments += 1)}`,
    method: 'Chèque',
    receivedOn: day('2012-03-20'),
    amount: cents(amount),
    invoices: invoices.map((one) => one.id),
  }
  await db.transaction((tx) => recordElsewherePayment(tx, received, services.clock.now(), 'test'))
}

const settle = (familyId: FamilyId) =>
  db.transaction((tx) => applyCredit(tx, { organisationId, billingUnitId, familyId }, services.clock.now()))

/** The family's balance: its credit less what it owes. */
async function balanceOf(familyId: FamilyId): Promise<number> {
  const { dues, credit } = await db.transaction((tx) => lockDues(tx, organisationId, billingUnitId, familyId))
  return credit - [...dues.values()].reduce((total, due) => total + due, 0)
}

const amountOf = (text: string): number => {
  const amount = readAmount(text.replace('-', ''))
  if (amount === undefined) throw new Error(`not an amount: ${text}`)
  return text.startsWith('-') ? negate(amount) : amount
}

/**
 * issue <family> <invoice> <amount> · elsewhere <family> <amount> [<invoice>…] · settle <family> ·
 * due <invoice> <amount> · credit <family> <amount> · balance <family> <amount>
 */
async function tell(script: string): Promise<void> {
  const story = newStory()
  for (const line of script.split('\n').map((text) => text.trim())) {
    if (line === '') continue
    const [verb, first = '', second = '', ...others] = line.split(' ')
    const invoice = (name: string) => {
      const found = story.invoices.get(name)
      if (!found) throw new Error(`no invoice ${name}`)
      return found
    }
    if (verb === 'issue') {
      const issued = { familyId: await family(story, first) }
      story.invoices.set(second, await till.issue(amountOf(others[0] ?? ''), issued))
    } else if (verb === 'elsewhere')
      await receive(await family(story, first), amountOf(second), others.map(invoice))
    else if (verb === 'settle') await settle(await family(story, first))
    else if (verb === 'due') expect(await till.due(invoice(first)), line).toBe(amountOf(second))
    else if (verb === 'credit')
      expect(await creditOf(db, organisationId, billingUnitId, await family(story, first)), line).toBe(
        amountOf(second),
      )
    else if (verb === 'balance')
      expect(await balanceOf(await family(story, first)), line).toBe(amountOf(second))
    else throw new Error(`not a line: ${line}`)
  }
}

test('an invoice is due until it is paid, in one part or several', () =>
  tell(`
    issue Martin F1 31,00
    issue Martin F2 70,00
    elsewhere Martin 26,50 F1
    due F1 4,50
    due F2 70,00
    balance Martin -74,50
    elsewhere Martin 74,50 F1 F2
    due F1 0,00
    due F2 0,00
    balance Martin 0,00
  `))

test('what invoices do not take is the family’s credit, and credit settles the oldest first', () =>
  tell(`
    issue Martin F1 4,50
    elsewhere Martin 24,50 F1
    credit Martin 20,00
    balance Martin 20,00
    issue Martin F2 4,50
    issue Martin F3 70,00
    due F3 70,00
    balance Martin -54,50
    settle Martin
    due F2 0,00
    due F3 54,50
    credit Martin 0,00
    balance Martin -54,50
  `))

test('money sent for an invoice already paid is credit, and another family owes as before', () =>
  tell(`
    issue Martin F1 31,00
    issue Durand G1 12,00
    elsewhere Martin 31,00 F1
    elsewhere Martin 31,00 F1
    credit Martin 31,00
    elsewhere Martin 5,00 G1
    due G1 12,00
    credit Martin 36,00
    balance Durand -12,00
  `))

test('the script itself notices a wrong sum', async () => {
  await expect(tell('issue Martin F1 31,00\ndue F1 30,99')).rejects.toThrow(/due F1 30,99/)
})

const amounts = fc.integer({ min: 1, max: 20_000 })
const steps = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('issue' as const), amount: amounts }),
    fc.record({
      act: fc.constant('receive' as const),
      amount: amounts,
      last: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ act: fc.constant('settle' as const) }),
  ),
  { minLength: 1, maxLength: 8 },
)

test('whatever happens, balances are the sums of their lines and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      const { familyId } = await buildFamily(db, organisationId)
      const invoices: Issued[] = []
      let [charged, received] = [0, 0]
      for (const step of story)
        if (step.act === 'issue') {
          invoices.push(await till.issue(step.amount, { familyId }))
          charged += step.amount
        } else if (step.act === 'receive') {
          await receive(familyId, step.amount, invoices.slice(-step.last))
          received += step.amount
        } else await settle(familyId)
      expect(await balanceOf(familyId)).toBe(received - charged)
    }),
    { numRuns: 120 },
  )
  const drift = await rows(
    db,
    sql`select b.account_id, b.cents, sum(p.cents) from balance b
      left join posting p on p.organisation_id = b.organisation_id and p.account_id = b.account_id
      group by 1, 2 having b.cents <> coalesce(sum(p.cents), 0)`,
  )
  expect(drift).toEqual([])
  const [total] = await rows<{ cents: number }>(db, sql`select sum(cents)::bigint as cents from posting`)
  expect(total?.cents).toBe(0)
}, 60_000)

test('two tills at once never pay an invoice twice nor spend a credit twice', async () => {
  const { familyId } = await buildFamily(db, organisationId)
  const invoice = await till.issue(1_000, { familyId })
  await Promise.all(Array.from({ length: 8 }, () => receive(familyId, 300, [invoice])))
  expect([await till.due(invoice), await balanceOf(familyId)]).toEqual([0, 1_400])
  const later = [await till.issue(900, { familyId }), await till.issue(900, { familyId })]
  await Promise.all(Array.from({ length: 8 }, () => settle(familyId)))
  expect([await till.due(later[0] as Issued), await till.due(later[1] as Issued)]).toEqual([0, 400])
  expect(await balanceOf(familyId)).toBe(-400)
})
