// Where a run plays: an organisation of its own in the lane's database, with two units under one shop,
// two families of three paying adults, and connections that can be lost in mid-transaction.
import { randomBytes } from 'node:crypto'
import type { FamilyActor } from '../../src/identity/actor.ts'
import type {
  BillingUnitId,
  ContractId,
  EstablishmentId,
  FamilyId,
  InvoiceId,
  OrganisationId,
} from '../../src/kernel/ids.ts'
import { createShops, type Shops } from '../../src/payments/shops.ts'
import { type Db, sql, type Tx } from '../../src/platform/db.ts'
import {
  buildContract,
  buildFamily,
  buildFamilyUnit,
  buildLogin,
  buildOrganisation,
  buildUnit,
} from '../support/build.ts'
import { SHOP_KEY } from '../support/till.ts'
import { testServices, type TestServices } from '../support/services.ts'
import { type Book, unitOf } from './facts.ts'

export type Unit = {
  readonly code: 'ALSH' | 'COMPTE'
  readonly unitId: BillingUnitId
  readonly establishmentId: EstablishmentId
  readonly series: string
}
export type Household = { readonly familyId: FamilyId; readonly payers: readonly FamilyActor[] }
/** How the next transaction ends: its work done, then an error, or its connection killed. */
export type Crash = 'error' | 'killed'

export type Lane = { readonly db: Db; crash: Crash | undefined }

export type Stage = {
  readonly lane: Lane
  readonly services: TestServices
  readonly shops: Shops
  readonly organisationId: OrganisationId
  readonly slug: string
  readonly contractId: ContractId
  readonly shopNumber: string
  readonly units: readonly Unit[]
  readonly families: readonly Household[]
  /** The portal's ids of the model's invoices. */
  readonly invoiceIds: Map<string, InvoiceId>
  readonly tx: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

/** Makes the database's transactions mortal. */
export function openLane(db: Db): Lane {
  const { transaction } = db
  const lane: Lane = { db, crash: undefined }
  const mortal: Db['transaction'] = (work) =>
    transaction(async (tx) => {
      const result = await work(tx)
      const { crash } = lane
      lane.crash = undefined
      if (crash === 'killed') await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
      if (crash !== undefined) throw new Error('the machine stops')
      return result
    })
  Object.assign(db, { transaction: mortal })
  return lane
}

let shops = 0

export async function openStage(lane: Lane, now: Date): Promise<Stage> {
  const { db } = lane
  const services = testServices(db, { now })
  const slug = `o${randomBytes(8).toString('hex')}`
  const organisationId = await buildOrganisation(db, { slug })
  const shopNumber = String(30_000_000 + (shops += 1))
  const rest = {
    url: 'https://banque.example',
    sealedPassword: services.keys.seal('testpassword_of_the_model'),
  }
  const sealedKey = services.keys.seal(SHOP_KEY)
  const contractId = await buildContract(db, organisationId, { sealedKey, shopNumber, rest })
  const shared = { contractId, name: 'ACCUEIL DE LOISIRS' }
  const units: Unit[] = [
    { ...(await buildUnit(db, organisationId, { ...shared, code: 'ALSH', series: 'ALS' })), code: 'ALSH' },
    {
      ...(await buildUnit(db, organisationId, { ...shared, code: 'COMPTE', series: 'CPT', mode: 'prepaid' })),
      code: 'COMPTE',
    },
  ]
  const stage = { lane, services, slug, organisationId, contractId, shopNumber, units }
  return {
    ...stage,
    families: [await openHousehold(stage), await openHousehold(stage)],
    shops: createShops(db, services.keys),
    invoiceIds: new Map(),
    tx: (work) => db.transaction(work),
  }
}

/** A family of three payers who deal with both units. */
export async function openHousehold({
  lane: { db },
  organisationId,
  units,
}: Pick<Stage, 'lane' | 'organisationId' | 'units'>): Promise<Household> {
  const { familyId } = await buildFamily(db, organisationId)
  for (const { unitId } of units) await buildFamilyUnit(db, organisationId, familyId, unitId)
  const payers: FamilyActor[] = []
  for (const firstName of ['Claire', 'Paul', 'Odile']) {
    const { adultId, loginId } = await buildLogin(db, organisationId, familyId, { firstName })
    payers.push({
      organisationId,
      familyId,
      adultId,
      loginId,
      sessionHash: Buffer.alloc(32),
      familyName: 'MARTIN',
      firstName,
      lastName: 'MARTIN',
      email: 'claire@famille.example',
      role: 'payer',
    })
  }
  return { familyId, payers }
}

/** The machines that look after every organisation leave this one alone: its run is over. */
export const closeStage = ({ organisationId, tx }: Stage) =>
  tx(async (tx) => {
    await sql`update payment_attempt set sent_at = null, state = 'abandoned'
      where organisation_id = ${organisationId} and state <> 'captured'`.execute(tx)
    await sql`update invoice_publication set published_at = visible_at
      where organisation_id = ${organisationId} and published_at is null`.execute(tx)
  })

export const BOOKS: readonly Book[] = ['ALSH/0', 'COMPTE/0', 'ALSH/1', 'COMPTE/1']

/** The portal's own names of a book. */
export function idsOf({ organisationId, units, families }: Stage, book: Book) {
  const unit = units.find((one) => one.code === unitOf(book))!
  const household = families[Number(book.split('/')[1])]!
  return {
    unit,
    household,
    ids: { organisationId, billingUnitId: unit.unitId, familyId: household.familyId },
  }
}
