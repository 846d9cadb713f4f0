// What PayFiP asks of a family: an address, and one invoice at a time.
import { expect, test } from 'vitest'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { GOOD, openPayfip } from './payfip-portal.ts'
import { formOf } from './payment-portal.ts'

const db = await testDatabase()
const open = (amounts: readonly number[], email?: string | null) => openPayfip(db, amounts, email)

test('PayFiP wants an address: the field is not optional, and says why', async () => {
  const { till, payer, choose, leave } = await open([3_100], null)
  const reference = await choose()
  const page = await payer.get(paths.confirmPayment(reference))
  expect(page.words).not.toContain('(facultatif)')
  for (const courriel of ['', 'claire', `${'a'.repeat(80)}@b.fr`]) {
    const refused = await leave(reference, { courriel })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('ne prend pas de paiement sans elle')
  }
  expect((await leave(reference, { courriel: 'claire@famille.example' })).status).toBe(303)
  expect(await till.stateOf(reference)).toBe('redirected')
})

test('several invoices ticked are paid one after the other, each with its own payment', async () => {
  const { till, invoices, payer, choose, leave, idOf, card, comeBack } = await open([1_850, 4_200, 2_400])
  const numbers = invoices.map((one) => one.number)
  const page = await payer.get(paths.invoices)
  expect(page.words).toContain('Une facture à la fois')
  let reference = await choose()
  const references = [reference]
  const confirmation = await payer.get(paths.confirmPayment(reference))
  expect(confirmation.words).toContain('Facture 1 sur 3')
  expect(confirmation.words).toContain(`aux factures ${numbers[1] ?? ''} et ${numbers[2] ?? ''}`)
  expect(confirmation.words).toContain('18,50 €')
  for (const next of [2, 3]) {
    const { location } = await leave(reference)
    await card(location, GOOD)
    const accepted = await comeBack(reference, idOf(location))
    expect(accepted.words).toContain(`Payer la facture suivante (${next} sur 3)`)
    const started = await payer.post(paths.startPayment, formOf(accepted, paths.startPayment))
    reference = /paiement\/(\w+)\//.exec(started.location ?? '')?.[1] ?? ''
    references.push(reference)
    expect((await payer.get(paths.confirmPayment(reference))).words).toContain(`Facture ${next} sur 3`)
  }
  const { location } = await leave(reference)
  await card(location, GOOD)
  const last = await comeBack(reference, idOf(location))
  expect(last.words).not.toContain('facture suivante')
  expect(new Set(references).size).toBe(3)
  expect(await till.internal('clearing')).toBe(8_450)
  expect(await Promise.all(invoices.map((one) => till.due(one)))).toEqual([0, 0, 0])
})

test('a queue passes over what was settled meanwhile, and another family’s is not followed', async () => {
  const { till, invoices, payer, choose, leave, idOf, card, comeBack } = await open([1_850, 4_200])
  const reference = await choose()
  const { location } = await leave(reference)
  await card(location, GOOD)
  const accepted = await comeBack(reference, idOf(location))
  expect(accepted.words).toContain('Payer la facture suivante (2 sur 2)')
  await till.give(4_200)
  await till.settle()
  expect((await payer.get(paths.payment(reference))).words).not.toContain('facture suivante')
  const late = await payer.post(paths.startPayment, formOf(accepted, paths.startPayment))
  expect(late.status).toBe(422)
  const stranger = await open([1_000])
  const [own] = stranger.invoices
  const page = await stranger.payer.get(paths.invoices)
  const form = formOf(page, paths.startPayment)
  const started = await stranger.payer.post(paths.startPayment, {
    ...form,
    f: own?.number ?? '',
    suite: reference,
  })
  const confirmation = await stranger.payer.get(started.location ?? '')
  expect(confirmation.words).not.toContain('sur 2')
  expect(confirmation.words).not.toContain(invoices[1]?.number ?? 'none')
})
