// A family's second file, opened by mistake, at the till's own unit.
import { recordOpeningCredit } from '../../src/billing/record-elsewhere.ts'
import type { NewDeskPayment } from '../../src/desk/desk-payment.ts'
import { day } from '../../src/kernel/dates.ts'
import type { FamilyId } from '../../src/kernel/ids.ts'
import { cents } from '../../src/kernel/money.ts'
import type { FamilyActor } from '../../src/identity/actor.ts'
import { findFile } from '../../src/payers/merge-store.ts'
import { mergeFamilies } from '../../src/payers/merge-families.ts'
import { seenOf } from '../../src/payers/merge.ts'
import { rows, sql, type Db } from '../../src/platform/db.ts'
import { buildFamily, buildFamilyUnit, buildLogin } from './build.ts'
import type { Issued, Till } from './till.ts'

/** Who merges, in tests. */
export const authorOf = ({ organisationId }: Pick<Till, 'organisationId'>) => ({
  organisationId,
  staffId: undefined,
  name: 'Nadia Lefèvre',
  screen: '/',
  clientAddress: '-',
})

export type Double = { readonly familyId: FamilyId; readonly actor: FamilyActor }

/** Another file of the same people, with its own login, child and credit. */
export async function buildDouble(
  db: Db,
  till: Till,
  values: { credit?: number; child?: string } = {},
): Promise<Double> {
  const { organisationId, unitId, services } = till
  const { familyId } = await buildFamily(db, organisationId, {
    name: 'MARTIN-BIS',
    child: values.child ?? 'Zoé',
  })
  await buildFamilyUnit(db, organisationId, familyId, unitId)
  const login = await buildLogin(db, organisationId, familyId, { firstName: 'Paul' })
  if (values.credit !== undefined) {
    const opening = {
      organisationId,
      billingUnitId: unitId,
      familyId,
      receivedOn: day('2012-01-01'),
      externalKey: `double ${familyId}`,
      amount: cents(values.credit),
    }
    await db.transaction((tx) => recordOpeningCredit(tx, opening, services.clock.now(), 'test'))
  }
  return {
    familyId,
    actor: { ...till.actor, familyId, adultId: login.adultId, loginId: login.loginId, firstName: 'Paul' },
  }
}

/** Closes the second file into the till's own, as somebody who just saw both. */
export async function merge(db: Db, till: Till, closedId: FamilyId, keptId = till.familyId) {
  const closed = await findFile(db, till.organisationId, closedId)
  const kept = await findFile(db, till.organisationId, keptId)
  if (!closed || !kept) throw new Error('no such file')
  const seen = seenOf(closed, kept)
  return db.transaction((tx) =>
    mergeFamilies(tx, authorOf(till), { closedId, keptId, seen }, till.services.clock.now()),
  )
}

/** What these families owe and have in all, at each unit. */
export const moneyOf = (db: Db, families: readonly FamilyId[]) =>
  rows<{ unit: string; due: number; credit: number }>(
    db,
    sql`select a.billing_unit_id as unit,
        coalesce(sum(b.cents) filter (where a.kind = 'receivable'), 0)::bigint as due,
        coalesce(-sum(b.cents) filter (where a.kind = 'credit'), 0)::bigint as credit
      from account a join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      where a.family_id = any(${[...families]}::uuid[]) group by a.billing_unit_id order by 1`,
  )

/** A cheque of a file for one invoice. */
export const chequeOf = (
  till: Till,
  familyId: FamilyId,
  invoice: Issued,
  amount: number,
): NewDeskPayment => ({
  organisationId: till.organisationId,
  billingUnitId: till.unitId,
  familyId,
  requestKey: `${invoice.number} ${amount}`,
  method: 'cheque',
  amount: cents(amount),
  receivedOn: day('2012-04-02'),
  payerName: 'MARTIN Paul',
  mark: '',
  invoices: [invoice.id],
})
