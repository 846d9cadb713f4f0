// A bank changed on screen while a family is at the old one.
import { expect, test } from 'vitest'
import { buildContract } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testServices } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { factOf, openTill } from '../../test/support/till.ts'
import { visitor } from '../../test/support/visitor.ts'
import { applyFact } from '../payments/apply-fact.ts'
import { buildPortal } from '../portal.ts'
import { findUnit } from '../organisations/store.ts'

const db = await testDatabase()
const services = testServices(db)
const app = await buildPortal(services)

test('a payment under way is counted in the preview, and keeps the contract it left with', async () => {
  const till = await openTill(db)
  const { organisationId, unitId } = till
  const invoice = await till.issue(3_100)
  const reference = await till.start([invoice])
  const fact = factOf(await till.send(reference, 3_100))
  const contractId = await buildContract(db, organisationId, { sealedKey: services.keys.seal('autre-cle') })
  const who = visitor(app, services)
  await who.signInStaff((await buildStaff(db, organisationId, ['administrator'])).staffId)
  const path = `/gestion/reglages/banque?objet=${unitId}`
  const { html } = await who.get(`${path}&modifier=1`)
  const code = (await findUnit(db, organisationId, unitId))?.code ?? ''
  const form = {
    objet: unitId,
    vu: /name="vu" value="([^"]*)"/.exec(html)?.[1] ?? '',
    contract_id: contractId,
    mot: code,
  }
  expect((await who.post(path, form)).words).toContain(
    '1 paiement en route garde le contrat avec lequel il est parti',
  )
  expect((await who.post(path, { ...form, geste: 'confirmer' })).status).toBe(303)
  expect((await findUnit(db, organisationId, unitId))?.contractId).toBe(contractId)
  expect(await db.transaction((tx) => applyFact(tx, till.contract, fact, services.clock.now()))).toBe(
    'applied',
  )
  expect([await till.due(invoice), await till.stateOf(reference)]).toEqual([0, 'captured'])
})
