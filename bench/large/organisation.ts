// The organisation of a large database: four billing units of four establishments each, under two contracts.
import { randomBytes } from 'node:crypto'
import { cents } from '../../src/kernel/money.ts'
import type { ContractId, OrganisationId, StaffId } from '../../src/kernel/ids.ts'
import type { OrganisationDescription } from '../../src/organisations/description.ts'
import type { BillingUnit, Establishment, Organisation } from '../../src/organisations/organisation.ts'
import { setUpOrganisation } from '../../src/organisations/set-up-organisation.ts'
import { findOrganisation, listEstablishments, listUnits } from '../../src/organisations/store.ts'
import { present } from '../../src/kernel/assert.ts'
import type { Services } from '../../src/platform/services.ts'
import { insertMember, insertRole, setStaffPassword } from '../../src/staff/member-store.ts'
import { HOUSES, SERIES } from './shape.ts'

export const SLUG = 'grande'
/** Signs in on the whole organisation, with the password that the load prints. */
export const STAFF = 'compta.grande'

const PLATFORM = 'http://localhost:3001/vads-payment/'

const description = (): OrganisationDescription => ({
  slug: SLUG,
  name: 'Grande association',
  siret: '99999999900017',
  address: '12 avenue de la Gare\n75999 Paris',
  phone: '01 99 00 20 20',
  email: 'familles@grande.example',
  openingHours: 'de 9 h à 17 h',
  vatMention: 'TVA non applicable, article 261 du CGI.',
  dataContact: 'donnees@grande.example',
  contracts: [0, 1].map((contract) => ({
    code: `contrat-${contract}`,
    bankName: 'Banque de démonstration',
    gateway: 'systempay',
    mode: 'TEST',
    host: 'localhost:3001',
    shopNumber: `9999990${contract}`,
    settings: { formUrl: PLATFORM, restUrl: null, signature: 'HMAC-SHA-256', cards: null, threeDs: null },
    secrets: { key: randomBytes(12).toString('base64url'), restPassword: undefined },
  })),
  units: SERIES.map((series, unit) => ({
    code: `U-${series}`,
    name: `Secteur ${series}`,
    mode: 'per_invoice',
    series,
    seriesSource: 'preau',
    alertThreshold: cents(3_000),
    visibilityDelayHours: 24,
    minPayment: cents(100),
    maxPayment: cents(300_000),
    contact: `Secteur ${series}, 01 99 00 20 2${unit}`,
    otherMeans: 'À l’accueil.',
    contract: `contrat-${unit % 2}`,
  })),
  establishments: SERIES.flatMap((series) =>
    Array.from({ length: HOUSES }, (_, house) => ({
      code: `E-${series}-${house}`,
      unit: `U-${series}`,
      name: `Accueil ${series} ${house + 1}`,
      address: `${house + 1} rue des Écoles\n75999 Paris`,
      phone: '01 99 00 20 30',
    })),
  ),
})

export type World = {
  readonly organisationId: OrganisationId
  readonly seller: Organisation
  /** By number, as `shape` counts them. */
  readonly units: readonly BillingUnit[]
  readonly establishments: readonly Establishment[]
  readonly contracts: readonly ContractId[]
}

/** Sets the organisation up, once, with a member of staff; gives it as the rows name it. */
export async function openWorld(services: Services, passwordHash: string): Promise<World> {
  const { db, clock } = services
  const known = await db.selectFrom('organisation').select('id').where('slug', '=', SLUG).executeTakeFirst()
  let organisationId = known?.id as OrganisationId | undefined
  if (organisationId === undefined) {
    const setUp = await setUpOrganisation(services, description())
    if (!setUp.ok) throw new Error(setUp.failure.join('\n'))
    organisationId = setUp.value.organisationId
  }
  const id = organisationId
  await db.transaction(async (tx) => {
    const who = {
      identifier: STAFF,
      email: `${STAFF}@grande.example`,
      firstName: 'Marc',
      lastName: 'Olivier',
    }
    const staffId: StaffId | undefined = await insertMember(tx, id, who, clock.now())
    if (staffId === undefined) return
    for (const role of ['accountant', 'director', 'cashier'] as const)
      await insertRole(tx, id, staffId, role, {}, clock.now())
    await setStaffPassword(tx, staffId, passwordHash, clock.now())
  })
  const units = (await listUnits(db, id)).toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const establishments = (await listEstablishments(db, id)).toSorted((a, b) => (a.code < b.code ? -1 : 1))
  return {
    organisationId: id,
    seller: present(await findOrganisation(db, id), 'no organisation'),
    units,
    establishments,
    contracts: units.slice(0, 2).map((unit) => present(unit.contractId, 'no contract')),
  }
}
