// The portal as a running server: doors, bank routes, jobs.
import { serve, type ServerType } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { billingDoor } from './billing/portal.tsx'
import { deskDoor } from './desk/office.tsx'
import { activationDoor } from './identity/activation-portal.tsx'
import { profileDoor } from './identity/profile-portal.tsx'
import { recoveryDoor } from './identity/recovery-portal.tsx'
import { signInDoor } from './identity/sign-in-portal.tsx'
import { accessDoor } from './households/access-office.tsx'
import { newFamilyDoor } from './households/new-family-office.tsx'
import { noteDoor } from './households/note-office.tsx'
import { householdsDoor } from './households/office.tsx'
import { peopleDoor } from './households/people-office.tsx'
import { requestsDoor } from './households/request-office.tsx'
import { catalogueDoor } from './invoicing/catalogue-office.tsx'
import { draftDoor } from './invoicing/draft-office.tsx'
import { staffInvoicesDoor } from './invoicing/invoice-office.tsx'
import { batchDoor } from './invoicing/batch-office.tsx'
import { prepareDoor } from './invoicing/prepare-office.tsx'
import { creditNoteDoor } from './invoicing/credit-note-office.tsx'
import { previewDoor } from './invoicing/preview-office.tsx'
import { informationDoor } from './information/portal.tsx'
import { joinDoor } from './payers/join-portal.tsx'
import { mergeDoor } from './payers/merge-office.tsx'
import { payersDoor } from './payers/office.tsx'
import { dossierDoor } from './payers/portal.tsx'
import { separationDoor } from './payers/separation-office.tsx'
import { reconciliationDoor } from './reconciliation/office.tsx'
import { refundsDoor } from './refunds/office.tsx'
import { familyRefundsDoor } from './refunds/portal.tsx'
import { transferFilesDoor } from './refunds/transfers-office.tsx'
import { startJobs } from './jobs/run-jobs.ts'
import { dashboardDoor } from './dashboard/office.tsx'
import { overdueDoor } from './overdue/office.tsx'
import { bankDoor } from './payments/bank-door.ts'
import { paymentsDoor } from './payments/portal.tsx'
import { createShops } from './payments/shops.ts'
import type { ConnectionSettings } from './platform/db.ts'
import type { Services } from './platform/services.ts'
import { statementsDoor } from './statements/portal.tsx'
import { settingsDoor } from './settings/office.tsx'
import { staffAccessDoor } from './staff/access-office.tsx'
import { journalDoor } from './staff/journal-office.tsx'
import { staffForgottenDoor } from './staff/forgotten-office.tsx'
import { passkeyDoor } from './staff/passkey-office.tsx'
import { staffSignInDoor } from './staff/sign-in-office.tsx'
import { teamDoor } from './staff/team-office.tsx'
import { createApp } from './web/app.ts'
import { jobHandlers, timedHandlers } from './work.ts'
import { countWaiting } from './worklist/count-waiting.ts'
import { worklistDoor } from './worklist/office.tsx'

export type Portal = { readonly port: number; readonly stop: () => Promise<void> }

/** Builds the whole portal as one function from request to response. */
export async function buildPortal(services: Services, shops = createShops(services.db, services.keys)) {
  await shops.refresh(services.clock.now())
  return createApp(
    services,
    [
      signInDoor,
      recoveryDoor,
      activationDoor,
      profileDoor,
      dossierDoor,
      joinDoor,
      informationDoor,
      statementsDoor,
      billingDoor,
      (app, all) => paymentsDoor(app, all, shops),
      staffSignInDoor,
      staffAccessDoor,
      staffForgottenDoor,
      passkeyDoor,
      worklistDoor,
      newFamilyDoor,
      householdsDoor,
      peopleDoor,
      accessDoor,
      noteDoor,
      requestsDoor,
      payersDoor,
      separationDoor,
      mergeDoor,
      deskDoor,
      (app, all) => reconciliationDoor(app, all, shops),
      transferFilesDoor,
      refundsDoor,
      overdueDoor,
      dashboardDoor,
      familyRefundsDoor,
      catalogueDoor,
      draftDoor,
      previewDoor,
      prepareDoor,
      batchDoor,
      creditNoteDoor,
      staffInvoicesDoor,
      (app, all) => settingsDoor(app, all, shops),
      journalDoor,
      teamDoor,
    ],
    {
      formOrigins: shops.formOrigins,
      isTesting: shops.isTesting,
      waiting: countWaiting(services),
      beforeAll: (app) => bankDoor(app, services, shops),
    },
  )
}

/** Listens on the settings' host and port, and works off the planned jobs. Rejects when the port is taken. */
export async function startPortal(services: Services, connection: ConnectionSettings): Promise<Portal> {
  const shops = createShops(services.db, services.keys)
  const app = await buildPortal(services, shops)
  const server = await listen(app.fetch, services.config.host, services.config.port)
  const jobs = await startJobs(
    connection,
    jobHandlers(services),
    timedHandlers(services, shops),
    services.log,
  )
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await jobs.stop()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  hostname: string,
  port: number,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, () => resolve(server))
    server.once('error', reject)
  })
}
