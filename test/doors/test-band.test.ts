// A bank in its test mode is told on every page, in production; signed out, nobody's bank is known.
import { expect, test } from 'vitest'
import { paymentsDoor } from '../../src/payments/portal.tsx'
import { createApp } from '../../src/web/app.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { openTill } from '../support/till.ts'
import { visitor } from '../support/visitor.ts'

const db = await testDatabase()
const BAND = 'la banque est en mode de test'

test('families of an organisation whose bank is in test read it, and the others do not', async () => {
  const till = await openTill(db)
  const services = { ...till.services, config: { ...till.services.config, demo: undefined } }
  const open = async () => {
    await till.shops.refresh(services.clock.now())
    const { formOrigins, isTesting } = till.shops
    const app = createApp(services, [(one, all) => paymentsDoor(one, all, till.shops)], {
      formOrigins,
      isTesting,
    })
    const payer = visitor(app, services)
    await payer.signIn(till.actor.loginId)
    return (await payer.get(paths.invoices)).words
  }
  expect(await open()).toContain(BAND)
  await db.transaction((tx) =>
    tx
      .updateTable('bank_contract')
      .set({ mode: 'PRODUCTION' })
      .where('organisation_id', '=', till.organisationId)
      .execute(),
  )
  expect(await open()).not.toContain(BAND)
})
