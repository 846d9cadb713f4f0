import { expect, test } from 'vitest'
import { sql } from '../../src/platform/db.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { openTill, type Till } from '../support/till.ts'
import { formOf, openPaymentPortal } from './payment-portal.ts'

const db = await testDatabase()

/** A till of an account that takes 10,00 € to 500,00 € at once, and owes so much. */
async function openAccount(debt: number) {
  const till = await openTill(db, { mode: 'prepaid' })
  await db.transaction((tx) =>
    sql`update billing_unit set min_payment_cents = 1000, max_payment_cents = 50000
      where id = ${till.unitId}`.execute(tx),
  )
  if (debt > 0) await till.issue(debt)
  const unit = await db
    .selectFrom('billing_unit')
    .select('code')
    .where('id', '=', till.unitId)
    .executeTakeFirstOrThrow()
  const { payer } = await openPaymentPortal(till)
  return { till, payer, path: paths.topUp(unit.code) }
}

const amountsOf = async (till: Till) =>
  (
    await db
      .selectFrom('payment_attempt')
      .select(['amount_cents', 'purpose'])
      .where('organisation_id', '=', till.organisationId)
      .orderBy('amount_cents')
      .execute()
  ).map((attempt) => `${attempt.purpose} ${attempt.amount_cents}`)

test('the page offers to bring the balance to zero, then round amounts, then another', async () => {
  const { payer, path } = await openAccount(4_200)
  const page = await payer.get(path)
  for (const words of [
    'Ramener mon solde à zéro : 42,00 €',
    '50,00 €',
    '100,00 €',
    'Autre montant',
    'Solde débiteur : vous devez 42,00 €.',
  ])
    expect(page.words).toContain(words)
  expect(page.html).toContain('inputmode="decimal"')
  expect(page.html).not.toContain('type="number"')
})

test('no offer to bring a balance to zero that cannot be, or need not be', async () => {
  for (const debt of [0, 999, 50_001]) {
    const { payer, path } = await openAccount(debt)
    expect((await payer.get(path)).words).not.toContain('Ramener mon solde à zéro')
  }
})

test('amounts are read as people type them', async () => {
  const { till, payer, path } = await openAccount(4_200)
  const form = formOf(await payer.get(path), path)
  for (const autre of ['50', '50,5', '50.50', '50 €', '1\u202F0,00', '500'])
    expect([autre, (await payer.post(path, { ...form, montant: 'autre', autre })).status]).toEqual([
      autre,
      303,
    ])
  await payer.post(path, { ...form, montant: 'zero' })
  await payer.post(path, { ...form, montant: '10000' })
  // 50,5 and 50.50 are the same amount from the same page: one attempt. So are 50 and 50 €.
  expect(await amountsOf(till)).toEqual(
    [1_000, 4_200, 5_000, 5_050, 10_000, 50_000].map((cents) => `top_up ${cents}`),
  )
})

test('what is no amount within the limits is kept, and said once at the field and above', async () => {
  const { till, payer, path } = await openAccount(4_200)
  const form = formOf(await payer.get(path), path)
  for (const autre of ['abc', '-5', '0', '9 999,999', '1e9', '', '9,99', '500,01', '5000000000000']) {
    const page = await payer.post(path, { ...form, montant: 'autre', autre })
    expect([autre, page.status]).toEqual([autre, 422])
    const sentence = 'Saisissez un montant entre 10,00 € et 500,00 €, par exemple 42,50.'
    expect(page.words.split(sentence)).toHaveLength(3)
    expect(formOf(page, path)['autre']).toBe(autre)
    expect(page.html).toContain('href="#autre"')
  }
  const tampered = await payer.post(path, { ...form, montant: '1' })
  expect(tampered.status).toBe(422)
  expect(await amountsOf(till)).toEqual([])
})

test('the new balance is shown at confirmation', async () => {
  const { payer, path } = await openAccount(4_200)
  const form = formOf(await payer.get(path), path)
  const started = await payer.post(path, { ...form, montant: '5000' })
  const page = await payer.get(started.location ?? '')
  expect(page.words).toContain('Confirmez le montant à payer')
  expect(page.words).toContain('Nouveau solde après paiement : +8,00 €')
  expect(page.words).toContain('Modifier le montant')
})

test('only accounts are topped up', async () => {
  const till = await openTill(db)
  const unit = await db
    .selectFrom('billing_unit')
    .select('code')
    .where('id', '=', till.unitId)
    .executeTakeFirstOrThrow()
  const { payer, signedOut } = await openPaymentPortal(till)
  expect((await payer.get(paths.topUp(unit.code))).status).toBe(404)
  expect((await payer.get(paths.topUp('AILLEURS'))).status).toBe(404)
  expect((await signedOut.get(paths.topUp(unit.code))).status).toBe(303)
})
