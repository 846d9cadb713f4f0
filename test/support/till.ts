// A till to pay at: an organisation with a shop at the bank, a unit, a family and its payer; and a
// bank that says what the test wants, signed as the real one signs.
import { randomBytes } from 'node:crypto'
import { applyCredit } from '../../src/billing/apply-credit.ts'
import { recordOpeningCredit } from '../../src/billing/record-elsewhere.ts'
import type { InvoiceLine } from '../../src/billing/invoice.ts'
import { issueInvoice } from '../../src/billing/issue-invoice.ts'
import type { FamilyActor } from '../../src/identity/actor.ts'
import { type Day, day } from '../../src/kernel/dates.ts'
import type { BillingUnitId, ContractId, FamilyId, InvoiceId, OrganisationId } from '../../src/kernel/ids.ts'
import { type Cents, cents } from '../../src/kernel/money.ts'
import type { InternalKind } from '../../src/ledger/ledger.ts'
import type { TransferAccount } from '../../src/organisations/organisation.ts'
import type { BankFact, ContractOf, Transport } from '../../src/payments/gateway.ts'
import { transDate } from '../../src/payments/gateways/systempay/fields.ts'
import { sign } from '../../src/payments/gateways/systempay/signature.ts'
import { sendPayment } from '../../src/payments/send-payment.ts'
import { createShops, getContract, type Shops } from '../../src/payments/shops.ts'
import { startPayment } from '../../src/payments/start-payment.ts'
import type { GatewayName } from '../../src/organisations/contract.ts'
import { type Db, rows, sql } from '../../src/platform/db.ts'
import {
  type BankOfTest,
  buildContract,
  buildFamily,
  buildFamilyUnit,
  buildLogin,
  buildOrganisation,
  buildUnit,
} from './build.ts'
import { testServices, type TestServices } from './services.ts'

export type Till<Name extends GatewayName = 'systempay'> = {
  readonly services: TestServices
  readonly shops: Shops
  readonly organisationId: OrganisationId
  readonly unitId: BillingUnitId
  readonly series: string
  readonly contract: ContractOf<Name>
  readonly familyId: FamilyId
  readonly actor: FamilyActor
  /** Issues an invoice of so many cents to the family, visible since long, and gives its id and number. */
  readonly issue: (amount: number, values?: IssueValues) => Promise<Issued>
  readonly due: (invoice: Issued) => Promise<number>
  /** The family's credit at the unit, positive. */
  readonly credit: () => Promise<number>
  /** Gives the family so many cents of credit at the unit. */
  readonly give: (amount: number) => Promise<void>
  /** Settles the family's visible invoices from its credit. */
  readonly settle: () => Promise<void>
  /** Starts an attempt on invoices, or a top-up of so many cents; gives its reference. */
  readonly start: (chosen: readonly Issued[] | number) => Promise<string>
  /** Sends an attempt; gives the fields of the form. */
  readonly send: (reference: string, amount: number) => Promise<ReadonlyMap<string, string>>
  /** The balance of one of the unit's internal accounts, from its postings. */
  readonly internal: (kind: InternalKind) => Promise<number>
  readonly stateOf: (reference: string) => Promise<string>
  readonly tasks: () => Promise<string[]>
}

export type Issued = { readonly id: InvoiceId; readonly number: string }
type IssueValues = {
  number?: string
  onlineUntil?: Day
  deskUntil?: Day
  issuedOn?: Day
  visibleAt?: Date
  unit?: Unit
  familyId?: FamilyId
  lines?: readonly InvoiceLine[]
}
/** A shop at a bank that can be asked. */
export type Shop = { readonly number: string; readonly url: string; readonly password: string }
type Unit = Awaited<ReturnType<typeof buildUnit>>

export const SHOP_KEY = 'clef-de-test-0001'
let invoices = 0

export async function openTill<Name extends GatewayName = 'systempay'>(
  db: Db,
  values: {
    mode?: 'per_invoice' | 'prepaid'
    email?: string | null
    now?: Date
    shop?: Shop
    transfer?: TransferAccount
    bank?: BankOfTest<Name>
    transport?: Transport
  } = {},
): Promise<Till<Name>> {
  const services = testServices(db, values.now ? { now: values.now } : {})
  const organisationId = await buildOrganisation(db)
  const sealedKey = services.keys.seal(SHOP_KEY)
  const { shop, bank } = values
  const contractId: ContractId = await buildContract(db, organisationId, {
    sealedKey,
    ...(bank ? { bank: { ...bank, sealedSecrets: sealAll(services, bank.secrets) } } : {}),
    ...(shop ? { shopNumber: shop.number, formUrl: `${shop.url}/vads-payment/` } : {}),
    ...(shop ? { rest: { url: shop.url, sealedPassword: services.keys.seal(shop.password) } } : {}),
  })
  const unit = await buildUnit(db, organisationId, {
    mode: values.mode ?? 'per_invoice',
    contractId,
    ...(values.transfer ? { transfer: values.transfer } : {}),
  })
  const { familyId } = await buildFamily(db, organisationId)
  await buildFamilyUnit(db, organisationId, familyId, unit.unitId)
  const login = await buildLogin(db, organisationId, familyId)
  const actor: FamilyActor = {
    organisationId,
    familyId,
    adultId: login.adultId,
    loginId: login.loginId,
    sessionHash: Buffer.alloc(32),
    familyName: 'MARTIN',
    firstName: 'Claire',
    lastName: 'MARTIN',
    email: values.email === undefined ? 'claire@famille.example' : values.email,
    role: 'payer',
  }
  const shops = createShops(db, services.keys, values.transport)
  return {
    services,
    organisationId,
    familyId,
    actor,
    unitId: unit.unitId,
    series: unit.series,
    shops,
    // The row is the one that was built above.
    contract: (await getContract(db, services.keys, organisationId, contractId)) as ContractOf<Name>,
    issue: async (amount, issued = {}) => {
      const { unitId, establishmentId, series } = issued.unit ?? unit
      const number = issued.number ?? `${series}${String((invoices += 1)).padStart(6, '0')}`
      const invoice = {
        organisationId,
        billingUnitId: unitId,
        establishmentId,
        number,
        externalKey: undefined,
        familyId: issued.familyId ?? familyId,
        purpose: 'sale' as const,
        dueOn: undefined,
        issuedOn: issued.issuedOn ?? day('2012-03-16'),
        visibleAt: issued.visibleAt ?? new Date(0),
        onlineUntil: issued.onlineUntil,
        deskUntil: issued.deskUntil,
        period: undefined,
        beneficiary: 'MARTIN Léo',
        activity: 'Mercredis',
        referent: 'MARTIN Claire',
        total: cents(amount),
        lines: issued.lines ?? [],
      }
      const id = await db.transaction((tx) => issueInvoice(tx, invoice, services.clock.now(), 'test'))
      return {
        id,
        number,
      }
    },
    due: async ({ id }) => balance(db, sql`b.account_id = ${id}`),
    credit: async () => {
      const found = await balance(
        db,
        sql`a.family_id = ${familyId} and a.kind = 'credit' and a.billing_unit_id = ${unit.unitId}`,
      )
      return found === 0 ? 0 : -found
    },
    give: (amount) => {
      const opening = {
        organisationId,
        billingUnitId: unit.unitId,
        familyId,
        receivedOn: day('2012-01-01'),
        externalKey: `credit ${(invoices += 1)}`,
        amount: cents(amount),
      }
      return db.transaction((tx) => recordOpeningCredit(tx, opening, services.clock.now(), 'test'))
    },
    settle: async () => {
      const family = { organisationId, billingUnitId: unit.unitId, familyId }
      await db.transaction((tx) => applyCredit(tx, family, services.clock.now()))
    },
    start: async (chosen) => {
      const form = {
        billingUnitId: unit.unitId,
        formKey: randomBytes(8).toString('hex'),
      }
      const started = await startPayment(
        services,
        actor,
        typeof chosen === 'number'
          ? {
              ...form,
              purpose: 'top_up',
              amount: cents(chosen),
            }
          : {
              ...form,
              purpose: 'invoices',
              invoiceNumbers: chosen.map((one) => one.number),
            },
      )
      if (!started.ok) throw new Error(started.failure)
      return started.value
    },
    send: async (reference, amount) => {
      const seen = {
        amount: cents(amount),
        receiptEmail: actor.email,
      }
      const sent = await sendPayment(services, shops, actor, reference, seen)
      if (!sent.ok) throw new Error(sent.failure)
      return new Map(sent.value.kind === 'form' ? sent.value.fields : [])
    },
    internal: async (kind) => {
      const [found] = await rows<{
        cents: string | null
      }>(
        db,
        sql`select sum(p.cents)::text as cents from posting p
          join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
          where a.billing_unit_id = ${unit.unitId} and a.kind = ${kind}`,
      )
      return Number(found?.cents ?? 0)
    },
    stateOf: async (reference) => {
      const found = db.selectFrom('payment_attempt').select('state').where('reference', '=', reference)
      return (await found.executeTakeFirstOrThrow()).state
    },
    tasks: async () => {
      const found = db.selectFrom('task').select('kind').where('organisation_id', '=', organisationId)
      return (await found.execute()).map((task) => task.kind).toSorted()
    },
  }
}

const sealAll = ({ keys }: TestServices, secrets: object): { [name: string]: string } =>
  Object.fromEntries(
    Object.entries(secrets)
      .filter(([, secret]) => secret !== undefined)
      .map(([name, secret]) => [name, keys.seal(String(secret))]),
  )

async function balance(db: Db, where: ReturnType<typeof sql>): Promise<number> {
  const found = await rows<{ cents: Cents }>(
    db,
    sql`select b.cents from balance b
      join account a on a.organisation_id = b.organisation_id and a.id = b.account_id where ${where}`,
  )
  return found[0]?.cents ?? 0
}

/** What the bank's server, or a browser, brings to the platform's shared address. */
export const brought = (raw: string, broughtBy: 'notification' | 'return' = 'notification') =>
  [{ gateway: 'systempay' }, { broughtBy, headers: {}, raw }] as const

/** What the bank says of an order, in our words: accepted unless told otherwise, under a new transaction. */
export function factOf(form: ReadonlyMap<string, string>, changes: Partial<BankFact> = {}): BankFact {
  return {
    mode: 'TEST',
    reference: form.get('vads_order_id') ?? '',
    transactionNumber: form.get('vads_trans_id') ?? '',
    bankTransaction: randomBytes(16).toString('hex'),
    operation: 'debit',
    verdict: 'accepted',
    amount: cents(Number(form.get('vads_amount'))),
    isEuro: true,
    happenedAt: new Date('2012-04-12T16:44:30Z'),
    cardBrand: 'CB',
    cardMasked: '•••• 0055',
    authorisation: '3fed91',
    reason: '',
    ...changes,
  }
}

/** The bank's message about an order, signed: an authorised payment unless told otherwise. */
export function messageOf(
  form: ReadonlyMap<string, string>,
  changes: { readonly [field: string]: string | undefined } = {},
  key = SHOP_KEY,
): string {
  const fields = {
    ...Object.fromEntries([...form].filter(([name]) => name.startsWith('vads_'))),
    vads_trans_status: 'AUTHORISED',
    vads_operation_type: 'DEBIT',
    vads_result: '00',
    vads_trans_uuid: randomBytes(16).toString('hex'),
    vads_sequence_number: '1',
    vads_effective_creation_date: transDate(new Date('2012-04-12T16:44:30Z')),
    vads_card_brand: 'CB',
    vads_card_number: '497010XXXXXX0055',
    vads_auth_number: '3fed91',
    vads_auth_result: '00',
    vads_url_check_src: 'PAY',
    vads_hash: randomBytes(32).toString('hex'),
    ...changes,
  }
  const kept = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return new URLSearchParams([...kept, ['signature', sign(kept, key, 'HMAC-SHA-256')]]).toString()
}
