// The demonstration's data, through the same verbs as real records. Demo mode only.
import { assert } from '../kernel/assert.ts'
import { applyImport } from '../import/apply-import.ts'
import { setUpOrganisation } from '../organisations/set-up-organisation.ts'
import type { BillingUnitId, ContractId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { applyCredit } from '../billing/apply-credit.ts'
import { rows, sql } from '../platform/db.ts'
import { hashPassword } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { DEMO_STRIPE, demoOrganisation, type DemoShop } from './demo-organisation.ts'
import { openDemoStaff } from './demo-staff.ts'
import { demoRecords } from './demo-records.ts'
import { texts } from './texts.ts'

/** Printed at start and in the README; no login has it in production, where nothing calls this. */
export const DEMO_PASSWORD = 'preau-demo-2012'

/**
 * Sets the demonstration organisation up, on every start since the bank's address may change, and
 * loads its records on the first. Gives the contract whose events the bank's Stripe must send, if there
 * is one. Throws in production mode.
 */
export async function loadDemo(services: Services, shop: DemoShop): Promise<ContractId | undefined> {
  const { demo } = services.config
  assert(demo, 'no demonstration in production mode')
  const description = demoOrganisation(
    {
      formUrl: `${demo.bankUrl}/vads-payment/`,
      // A platform elsewhere has its REST interface at an address of its own.
      restUrl: demo.bankElsewhere ? undefined : demo.bankUrl,
      payfipUrl: demo.bankElsewhere ? undefined : demo.bankUrl,
      stripeUrl: demo.bankElsewhere ? undefined : demo.bankUrl,
      name: demo.bankElsewhere ? texts.testPlatform : texts.demoBank,
    },
    shop,
  )
  const setUp = await setUpOrganisation(services, description, 'keep')
  if (!setUp.ok) throw new Error(setUp.failure.join('\n'))
  const { organisationId, contracts } = setUp.value
  const stripeContract = contracts.get(DEMO_STRIPE)
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await openDemoStaff(services, organisationId, passwordHash)
  if (await hasFamilies(services, organisationId)) return stripeContract
  const imported = await applyImport(services, organisationId, demoRecords(), {
    now: services.clock.now(),
    mailActivation: false,
  })
  assert(imported.ok, `the demonstration's records: ${JSON.stringify(imported)}`)
  await openLogins(services, organisationId, passwordHash)
  return stripeContract
}

async function hasFamilies({ db }: Services, organisationId: OrganisationId): Promise<boolean> {
  const family = await db
    .selectFrom('family')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .limit(1)
    .executeTakeFirst()
  return family !== undefined
}

/** Gives every login the demo password, and takes old invoices as announced long ago. */
async function openLogins(
  { db, clock }: Services,
  organisationId: OrganisationId,
  passwordHash: string,
): Promise<void> {
  const now = clock.now()
  await db.transaction(async (tx) => {
    await tx
      .updateTable('login')
      .set({ password_hash: passwordHash, activated_at: now })
      .where('organisation_id', '=', organisationId)
      .execute()
    await tx
      .updateTable('invoice_publication')
      .set((update) => ({ published_at: update.ref('visible_at') }))
      .where('organisation_id', '=', organisationId)
      .execute()
    const accounts = await rows<{ familyId: FamilyId; billingUnitId: BillingUnitId }>(
      tx,
      sql`select family_id as "familyId", billing_unit_id as "billingUnitId"
        from family_unit where organisation_id = ${organisationId}`,
    )
    for (const account of accounts) await applyCredit(tx, { organisationId, ...account }, now)
  })
}
