import { expect, test } from 'vitest'
import { buildFamily, buildOrganisation, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { day } from '../kernel/dates.ts'
import type { BillingUnitId, EntryId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { cents, negate } from '../kernel/money.ts'
import type { Entry } from './ledger.ts'
import { postEntry } from './post-entry.ts'
import { creditOf } from './store.ts'

const db = await testDatabase()

type Place = { organisationId: OrganisationId; unitId: BillingUnitId; familyId: FamilyId }

async function place(): Promise<Place> {
  const organisationId = await buildOrganisation(db)
  const { unitId } = await buildUnit(db, organisationId)
  const { familyId } = await buildFamily(db, organisationId)
  return { organisationId, unitId, familyId }
}

function entryOf(at: Place, values: Partial<Entry> = {}): Entry {
  return {
    organisationId: at.organisationId,
    billingUnitId: at.unitId,
    kind: 'capture',
    sourceKey: 'T1',
    fact: 'T1 500',
    accountingOn: day('2012-03-16'),
    valueOn: day('2012-03-16'),
    bookedAt: TEST_NOW,
    actor: 'test',
    postings: [
      {
        account: { kind: 'clearing' },
        cents: cents(500),
      },
      {
        account: {
          kind: 'credit',
          familyId: at.familyId,
        },
        cents: cents(-500),
      },
    ],
    ...values,
  }
}

const post = (entry: Entry) => db.transaction((tx) => postEntry(tx, entry))

test('a fact is booked once, even ten times at once', async () => {
  const at = await place()
  const booked = await Promise.all(Array.from({ length: 10 }, () => post(entryOf(at))))
  expect(booked.filter((one) => one.ok && one.value.booked)).toHaveLength(1)
  expect(new Set(booked.map((one) => one.ok && one.value.entryId)).size).toBe(1)
  expect(await creditOf(db, at.organisationId, at.unitId, at.familyId)).toBe(500)
})

test('the same key with another content is a failure, never dropped in silence', async () => {
  const at = await place()
  await post(entryOf(at))
  expect(await post(entryOf(at, { fact: 'T1 400' }))).toEqual({
    ok: false,
    failure: 'exists-with-other-content',
  })
  expect(await post(entryOf(at, { sourceKey: 'T2', fact: 'T2 500' }))).toMatchObject({
    value: { booked: true },
  })
  expect(await creditOf(db, at.organisationId, at.unitId, at.familyId)).toBe(1_000)
})

test('an entry is reversed once', async () => {
  const at = await place()
  const first = await post(entryOf(at))
  const reverses = (first.ok ? first.value.entryId : '') as EntryId
  const mirror = entryOf(at).postings.map((one) => ({ ...one, cents: negate(one.cents) }))
  const reversal = (sourceKey: string) =>
    post(entryOf(at, { kind: 'reversal', sourceKey, reverses, reason: 'erreur', postings: mirror }))
  expect(await reversal('R1')).toMatchObject({ value: { booked: true } })
  await expect(reversal('R2')).rejects.toMatchObject({ constraint: 'entry_organisation_id_reverses_key' })
  expect(await creditOf(db, at.organisationId, at.unitId, at.familyId)).toBe(0)
})
