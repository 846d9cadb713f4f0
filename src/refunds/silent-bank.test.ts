// A refund that the bank took and says nothing of: asked again without paying twice, or given up by a person.
import { expect, test } from 'vitest'
import { type AskedTill, openAskedTill } from '../../test/support/asked-bank.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { visitor } from '../../test/support/visitor.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { chasePayments } from '../payments/chase-payments.ts'
import type { Transport } from '../payments/gateway.ts'
import { askBank } from '../payments/gateways/ask-bank.ts'
import { payRefunds } from '../payments/refunds/pay-refunds.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()

/** A refund of 20,00 € that the bank made, or not, without an answer; an accountant at its page. */
async function silent(isDone: boolean) {
  const till = await openAskedTill(db, { mode: 'prepaid' })
  await till.pay(await till.goToBank(await till.send(await till.start(5_000), 5_000)))
  till.services.clock.advance(2 * MINUTE_MS)
  await chasePayments(till.services)
  const { id: captureId, bank_transaction: transUuid } = await db
    .selectFrom('capture')
    .select(['id', 'bank_transaction'])
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  await till.door('operation', { transUuid, operation: 'capture' })
  await db.transaction((tx) =>
    tx
      .updateTable('billing_unit')
      .set({ refund_threshold_cents: cents(9_000) })
      .where('id', '=', till.unitId)
      .execute(),
  )
  const marc = visitor(await buildPortal(till.services, till.shops), till.services)
  await marc.signInStaff((await buildStaff(db, till.organisationId, ['accountant'])).staffId)
  const { reference } = await db
    .selectFrom('payment_attempt')
    .select('reference')
    .where('organisation_id', '=', till.organisationId)
    .executeTakeFirstOrThrow()
  const form = `/gestion/remboursements/nouveau?paiement=${reference}`
  const cle = /name="cle" value="([^"]*)"/.exec((await marc.get(form)).html)?.[1] ?? ''
  const prepared = await marc.post(form, { cle, motif: 'Départ', origine: 'credit', montant: '20,00' })
  const path = (prepared.location ?? '').replace(/\?.*/, '')
  await marc.post(`${path}/accord`, {})
  expect((await marc.get(path)).words).toContain('La banque va être interrogée, dans la minute')
  const ask = askBank(5_000)
  const mute: Transport = async (question) => {
    const isOperation = /(?:CancelOrRefund|Update)$/.test(question.url)
    if (!isOperation) return ask(question)
    if (isDone) await ask(question)
    return { ok: false, failure: 'timed-out' }
  }
  await payRefunds(till.services, mute)
  return { till, marc, path, captureId }
}
const stateOf = async ({ organisationId }: AskedTill) => {
  const found = db.selectFrom('refund').select('state').where('organisation_id', '=', organisationId)
  return (await found.executeTakeFirstOrThrow()).state
}
const actsOf = async ({ organisationId }: AskedTill) => {
  const found = db.selectFrom('staff_act').select('kind').where('organisation_id', '=', organisationId)
  return (await found.where('kind', 'like', 'refund%').execute()).map((one) => one.kind)
}

test.each([
  ['did it', true],
  ['did not', false],
])('asked again by a person, a bank that %s pays once', async (_, isDone) => {
  const { till, marc, path } = await silent(isDone)
  const page = await marc.get(path)
  expect(page.words).toContain('Ne faites pas de virement tant que ce n’est pas éclairci')
  expect(page.html).not.toContain(`${path}/virement`)
  const asked = await marc.post(`${path}/banque`, { geste: 'redemander' })
  expect(asked.location).toContain('note=paye')
  expect([
    await stateOf(till),
    await till.internal('refund_payable'),
    await till.internal('clearing'),
  ]).toEqual(['paid', 0, 3_000])
  expect((await marc.get(path)).words).toContain('Rendu par la banque, sur la carte')
  expect(await actsOf(till)).toContain('refund.asked-again')
})

test('a person who saw that the bank has nothing says why, then a transfer pays it', async () => {
  const { till, marc, path } = await silent(false)
  const early = await marc.post(`${path}/banque`, { geste: 'abandonner', constat: 'Rien dans l’espace' })
  expect([early.status, early.words.includes('attendez une minute')]).toEqual([422, true])
  expect(early.html).toContain('Rien dans l’espace')
  till.services.clock.advance(2 * MINUTE_MS)
  const bare = await marc.post(`${path}/banque`, { geste: 'abandonner', constat: ' ' })
  expect([bare.status, bare.words.includes('Dites ce que vous avez vu')]).toEqual([422, true])
  const said = await marc.post(`${path}/banque`, { geste: 'abandonner', constat: 'Rien au 12 avril' })
  expect(said.location).toContain('note=constate')
  till.services.clock.advance(3 * MINUTE_MS)
  expect(await payRefunds(till.services)).toEqual({ answered: 0, unsure: 0 })
  const page = await marc.get(path)
  expect(page.words).toContain('Rien au 12 avril')
  expect(page.html).toContain(`${path}/virement`)
  expect((await marc.post(`${path}/banque`, { geste: 'abandonner', constat: 'Encore' })).location).toContain(
    'note=deja',
  )
  expect((await marc.post(`${path}/virement`, { virement: 'VIR 21' })).location).toContain('note=rendu')
  expect([await stateOf(till), await till.internal('refund_payable')]).toEqual(['paid', 0])
  expect(await actsOf(till)).toContain('refund.given-up')
})
