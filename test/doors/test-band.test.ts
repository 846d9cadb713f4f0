// A bank in its test mode is told on every page, in production: to visitors, families, staff, and in errors.
import { expect, test } from 'vitest'
import { paymentsDoor } from '../../src/payments/portal.tsx'
import { staffSignInDoor } from '../../src/staff/sign-in-office.tsx'
import { createApp } from '../../src/web/app.ts'
import { paths } from '../../src/web/paths.ts'
import { testDatabase } from '../support/database.ts'
import { openTill } from '../support/till.ts'
import { visitor } from '../support/visitor.ts'

const db = await testDatabase()
const BAND = 'la banque est en mode de test'
const VISITOR_BAND = 'une banque de ce portail est en mode de test'

const till = await openTill(db)
const services = { ...till.services, config: { ...till.services.config, demo: undefined } }
async function openApp() {
  await till.shops.refresh(services.clock.now())
  const { formOrigins, isTesting } = till.shops
  return createApp(services, [(one, all) => paymentsDoor(one, all, till.shops), staffSignInDoor], {
    formOrigins,
    isTesting,
  })
}
const setMode = (mode: 'TEST' | 'PRODUCTION') =>
  db.transaction((tx) =>
    tx
      .updateTable('bank_contract')
      .set({ mode })
      .where('organisation_id', '=', till.organisationId)
      .execute(),
  )
/** What visitors read: the sign-in pages, a page that does not exist, a method that is refused. */
async function readByVisitors() {
  const app = await openApp()
  const asked = [
    app.request(paths.office.signIn),
    app.request('/nulle-part'),
    app.request('/gestion/nulle-part'),
    app.request('/factures', { method: 'PUT' }),
  ]
  return Promise.all(asked.map(async (one) => (await one).text()))
}

test('families of an organisation whose bank is in test read it, and the others do not', async () => {
  const open = async () => {
    const payer = visitor(await openApp(), services)
    await payer.signIn(till.actor.loginId)
    return (await payer.get(paths.invoices)).words
  }
  await setMode('TEST')
  expect(await open()).toContain(BAND)
  const { organisationId } = await openTill(db)
  await setMode('PRODUCTION')
  // Another organisation's test is not this one's.
  expect(await open()).not.toContain(BAND)
  await db.transaction((tx) =>
    tx
      .updateTable('bank_contract')
      .set({ mode: 'PRODUCTION' })
      .where('organisation_id', '=', organisationId)
      .execute(),
  )
})

test('nobody is signed in: pages, staff’s pages and errors say that a bank here is in test', async () => {
  await setMode('TEST')
  for (const page of await readByVisitors()) expect(page).toContain(VISITOR_BAND)
  await setMode('PRODUCTION')
  for (const page of await readByVisitors()) expect(page).not.toContain('mode de test')
})
