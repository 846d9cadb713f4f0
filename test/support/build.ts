// Builders of what tests start from: plain inserts, sensible values, ids known at once.
import { randomUUID } from 'node:crypto'
import type {
  AdultId,
  BillingUnitId,
  ChildId,
  ContractId,
  EstablishmentId,
  FamilyId,
  Id,
  LoginId,
  OrganisationId,
} from '../../src/kernel/ids.ts'
import { day } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import type { GatewayName } from '../../src/organisations/contract.ts'
import type { TransferAccount } from '../../src/organisations/organisation.ts'
import type { ContractOf } from '../../src/payments/gateway.ts'
import type { Db } from '../../src/platform/db.ts'
import { hashPassword } from '../../src/platform/secrets.ts'
import { TEST_NOW } from './services.ts'

const newId = <Kind extends string>(): Id<Kind> => randomUUID() as Id<Kind>
/** A part of a name that no other call gives. */
let count = 0
const next = (): number => (count += 1)

/** Long enough for the rules, and hashed once for the whole file: hashing takes 24 ms. */
export const TEST_PASSWORD = 'trois chats sous un préau'
let passwordHash: Promise<string> | undefined

export async function buildOrganisation(
  db: Db,
  values: { id?: OrganisationId; slug?: string; name?: string } = {},
): Promise<OrganisationId> {
  const id = values.id ?? newId<'organisation'>()
  await db.transaction((tx) =>
    tx
      .insertInto('organisation')
      .values({
        id,
        slug: values.slug ?? `organisation-${next()}`,
        name: values.name ?? 'ifac Portes de Savoie',
        siret: '12345678900012',
        address: '12 place de l’Hôtel-de-Ville, 74200 Thonon-les-Bains',
        phone: '01 23 45 67 89',
        email: 'service@organisation.example',
        opening_hours: 'Du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h',
        vat_mention: 'Exonération de TVA, article 261, 4-4° du CGI',
        data_contact: 'donnees@organisation.example',
        created_at: TEST_NOW,
      })
      .execute(),
  )
  return id
}

/** A contract of any gateway, its secrets in clear. */
export type BankOfTest<Name extends GatewayName> = Pick<
  ContractOf<Name>,
  'gateway' | 'mode' | 'shopNumber' | 'settings' | 'secrets'
> & { readonly host: string }

export async function buildContract(
  db: Db,
  organisationId: OrganisationId,
  values: {
    sealedKey: string
    bank?: BankOfTest<GatewayName> & { sealedSecrets: { readonly [name: string]: string } }
    formUrl?: string
    shopNumber?: string
    id?: ContractId
    rest?: { url: string; sealedPassword: string } | undefined
  },
): Promise<ContractId> {
  const id = values.id ?? newId<'contract'>()
  const formUrl = values.formUrl ?? 'http://localhost:3001/vads-payment/'
  const shopNumber = values.bank?.shopNumber ?? values.shopNumber ?? String(10_000_000 + next())
  await db.transaction(async (tx) => {
    await tx
      .insertInto('bank_contract')
      .values({
        organisation_id: organisationId,
        id,
        gateway: values.bank?.gateway ?? 'systempay',
        mode: values.bank?.mode ?? 'TEST',
        shop_number: shopNumber,
        settings: JSON.stringify(
          values.bank?.settings ?? {
            formUrl,
            restUrl: values.rest?.url ?? null,
            signature: 'HMAC-SHA-256',
            cards: null,
            threeDs: null,
          },
        ),
        sealed_secrets: JSON.stringify(
          values.bank?.sealedSecrets ?? {
            key: values.sealedKey,
            ...(values.rest ? { restPassword: values.rest.sealedPassword } : {}),
          },
        ),
        bank_name: 'Banque de démonstration',
        created_at: TEST_NOW,
      })
      .execute()
    await tx
      .insertInto('gateway_shop')
      .values({
        gateway: values.bank?.gateway ?? 'systempay',
        host: values.bank?.host ?? new URL(formUrl).host,
        shop_number: shopNumber,
        organisation_id: organisationId,
        contract_id: id,
      })
      .execute()
  })
  return id
}

export async function buildUnit(
  db: Db,
  organisationId: OrganisationId,
  values: {
    id?: BillingUnitId
    mode?: 'per_invoice' | 'prepaid'
    code?: string
    series?: string
    name?: string
    contractId?: ContractId
    transfer?: TransferAccount
  } = {},
): Promise<{ unitId: BillingUnitId; establishmentId: EstablishmentId; code: string; series: string }> {
  const unitId = values.id ?? newId<'billingUnit'>()
  const establishmentId = newId<'establishment'>()
  const code = values.code ?? `UNIT${next()}`
  const series = values.series ?? `A${letters(next())}`
  const shared = { organisation_id: organisationId, created_at: TEST_NOW }
  await db.transaction(async (tx) => {
    await tx
      .insertInto('billing_unit')
      .values({
        ...shared,
        id: unitId,
        code,
        name: values.name ?? 'ACCUEIL DE LOISIRS THONON',
        mode: values.mode ?? 'per_invoice',
        series,
        alert_threshold_cents: cents(3_000),
        visibility_delay_hours: 24,
        min_payment_cents: cents(100),
        max_payment_cents: cents(200_000),
        contact: 'service de l’ifac, 01 23 45 67 89, service@organisation.example',
        other_means: 'Chèque, espèces ou chèques-vacances à l’accueil',
        transfer_beneficiary: values.transfer?.beneficiary ?? null,
        transfer_iban: values.transfer?.iban ?? null,
        transfer_bic: values.transfer?.bic ?? null,
        contract_id: values.contractId ?? null,
      })
      .execute()
    await tx
      .insertInto('establishment')
      .values({
        ...shared,
        id: establishmentId,
        billing_unit_id: unitId,
        code,
        name: values.name ?? 'ACCUEIL DE LOISIRS THONON',
        address: '3 rue des Écoles, 74200 Thonon-les-Bains',
        phone: '01 23 45 67 89',
      })
      .execute()
  })
  return { unitId, establishmentId, code, series }
}

const letters = (value: number): string =>
  String.fromCharCode(
    65 + (Math.floor(value / 676) % 26),
    65 + (Math.floor(value / 26) % 26),
    65 + (value % 26),
  )

export async function buildFamily(
  db: Db,
  organisationId: OrganisationId,
  values: { id?: FamilyId; name?: string; postalCode?: string; child?: string } = {},
): Promise<{ familyId: FamilyId; childId: ChildId }> {
  const familyId = values.id ?? newId<'family'>()
  const childId = newId<'child'>()
  const name = values.name ?? 'MARTIN'
  const shared = { organisation_id: organisationId, created_at: TEST_NOW }
  await db.transaction(async (tx) => {
    await tx
      .insertInto('family')
      .values({
        ...shared,
        id: familyId,
        name,
        address: '4 chemin du Lac',
        postal_code: values.postalCode ?? '74200',
        city: 'Thonon-les-Bains',
      })
      .execute()
    await tx
      .insertInto('child')
      .values({
        ...shared,
        id: childId,
        family_id: familyId,
        first_name: values.child ?? 'Léo',
        last_name: name,
        born_on: day('2004-09-03'),
      })
      .execute()
  })
  return { familyId, childId }
}

export type BuiltLogin = { readonly loginId: LoginId; readonly adultId: AdultId; readonly identifier: string }

/** The family deals with the unit: it may pay there. */
export async function buildFamilyUnit(
  db: Db,
  organisationId: OrganisationId,
  familyId: FamilyId,
  unitId: BillingUnitId,
): Promise<void> {
  await db.transaction((tx) =>
    tx
      .insertInto('family_unit')
      .values({
        organisation_id: organisationId,
        family_id: familyId,
        billing_unit_id: unitId,
        since: TEST_NOW,
      })
      .execute(),
  )
}

/** An adult with a login; `password: null` gives a login that awaits its activation. */
export async function buildLogin(
  db: Db,
  organisationId: OrganisationId,
  familyId: FamilyId,
  values: {
    role?: 'payer' | 'reader'
    firstName?: string
    lastName?: string
    identifier?: string
    email?: string | null
    password?: null
  } = {},
): Promise<BuiltLogin> {
  const adultId = newId<'adult'>()
  const loginId = newId<'login'>()
  const identifier = values.identifier ?? `claire.martin${next()}`
  const email = values.email === undefined ? `${identifier}@famille.example` : values.email
  const hash = values.password === null ? null : await (passwordHash ??= hashPassword(TEST_PASSWORD))
  await db.transaction(async (tx) => {
    await tx
      .insertInto('adult')
      .values({
        organisation_id: organisationId,
        id: adultId,
        family_id: familyId,
        role: values.role ?? 'payer',
        first_name: values.firstName ?? 'Claire',
        last_name: values.lastName ?? 'MARTIN',
        email,
        mobile: null,
        created_at: TEST_NOW,
      })
      .execute()
    await tx
      .insertInto('login')
      .values({
        id: loginId,
        organisation_id: organisationId,
        adult_id: adultId,
        identifier,
        email,
        password_hash: hash,
        activated_at: hash === null ? null : TEST_NOW,
        created_at: TEST_NOW,
      })
      .execute()
  })
  return { loginId, adultId, identifier }
}
