// A few payments of the last two days by the real verbs, and the bank's journal of them, which does
// not quite agree: what the reconciliation has to show at the first start.
import { assert, present } from '../kernel/assert.ts'
import { addDays, type Day, type Instant, parisDay, parisInstant } from '../kernel/dates.ts'
import type {
  AdultId,
  BillingUnitId,
  FamilyId,
  InvoiceId,
  LoginId,
  OrganisationId,
  StaffId,
} from '../kernel/ids.ts'
import { type Cents, cents } from '../kernel/money.ts'
import type { FamilyActor } from '../identity/actor.ts'
import { applyFact } from '../payments/apply-fact.ts'
import type { BankFact, OpenContract } from '../payments/gateway.ts'
import { transDate } from '../payments/gateways/systempay/fields.ts'
import { importJournal } from '../payments/import-journal.ts'
import { sendPayment } from '../payments/send-payment.ts'
import { createShops, type Shops } from '../payments/shops.ts'
import { startPayment } from '../payments/start-payment.ts'
import { row, sql } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { prepareRefund } from '../refunds/prepare-refund.ts'

const HEAD =
  'ENTETE;PAYMENT_DATE;TRANSACTION_ID;TRANSACTION_UUID;ORDER_ID;OPERATION_TYPE;ORIGIN_AMOUNT;CURRENCY_CODE;STATUS;CARD_TYPE;CARD_NUMBER;AUTH_NUMBER'

/**
 * Loads them, after the families and once: a second start finds the journals read. Records without
 * these families, or a start cut short among the payments, are left as they are.
 */
export async function liveDemoMonth(services: Services, shopNumber: string): Promise<void> {
  const { db, clock, config, keys } = services
  assert(config.demo, 'no demonstration in production mode')
  // A platform elsewhere knows nothing of these payments.
  if (config.demo.bankElsewhere) return
  const now = clock.now()
  const shops = createShops(db, keys)
  const [contract] = await shops.byNumber('systempay', shopNumber, now)
  if (!contract || (await hasJournal(services, contract))) return
  const { organisationId } = contract
  const today = parisDay(now)
  const [before, yesterday] = [addDays(today, -2), addDays(today, -1)]
  const pay = (family: string, invoice: string | undefined, amount: number, day: Day, hour: number) =>
    payAtBank(services, shops, contract, {
      family,
      invoice,
      amount: cents(amount),
      at: parisInstant(day, hour),
    })
  const first = await pay('GARNIER', 'TH002101', 4_500, before, 18)
  const agreed = await pay('GARNIER', 'TH002102', 3_000, yesterday, 9)
  const other = await pay('NGUYEN', 'TH002103', 3_100, yesterday, 10)
  const missing = await pay('BENALI', 'TH002104', 4_500, yesterday, 19)
  // The family paid, and the bank calls it by an order that the portal does not know.
  const lost = await pay('MOREAU', undefined, 7_450, yesterday, 18)
  if (!first || !agreed || !other || !missing || !lost) return
  for (const fact of [first, agreed, missing])
    await db.transaction((tx) => applyFact(tx, contract, fact, now))
  const lines = [agreed, { ...other, amount: cents(3_400) }, { ...lost, reference: 'AUTRE-SITE-0412' }]
  await importDay(services, shopNumber, before, [first])
  await importDay(services, shopNumber, yesterday, lines)
  await prepareOne(services, organisationId, first, now)

  async function importDay(all: Services, shop: string, day: Day, facts: readonly BankFact[]): Promise<void> {
    const text = [`TITRE;JOURNAL;${shop};TEST;${day}`, HEAD, ...facts.map(lineOf), ''].join('\r\n')
    const read = await importJournal(all, shops, `journal-${day}.csv`, Buffer.from(text))
    assert(read.ok, `the demonstration's journal of ${day}`)
  }
}

async function hasJournal({ db }: Services, { organisationId, id }: OpenContract): Promise<boolean> {
  const file = await db
    .selectFrom('journal_file')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('contract_id', '=', id)
    .limit(1)
    .executeTakeFirst()
  return file !== undefined
}

const lineOf = (fact: BankFact): string =>
  [
    'DETAILS',
    transDate(fact.happenedAt),
    fact.transactionNumber,
    fact.bankTransaction,
    fact.reference,
    'DT',
    fact.amount,
    '978',
    'CAPTURED',
    'CB',
    '497010XXXXXX0055',
    fact.authorisation,
  ].join(';')

type Payment = {
  readonly family: string
  /** Undefined: the account is topped up. */
  readonly invoice: string | undefined
  readonly amount: Cents
  readonly at: Instant
}

/** The family leaves for the bank at that hour; gives what the bank would say of it. */
async function payAtBank(
  services: Services,
  shops: Shops,
  { organisationId, mode }: OpenContract,
  { family, invoice, amount, at }: Payment,
): Promise<BankFact | undefined> {
  const then = { ...services, clock: { now: () => at } }
  const payer = await findPayer(services, organisationId, family)
  if (!payer) return undefined
  const { actor, billingUnitId } = payer
  const started = await startPayment(then, actor, {
    billingUnitId,
    formKey: `demonstration ${family} ${invoice ?? ''}`,
    ...(invoice === undefined
      ? { purpose: 'top_up' as const, amount }
      : { purpose: 'invoices' as const, invoiceNumbers: [invoice] }),
  })
  if (!started.ok) return undefined
  const sent = await sendPayment(then, shops, actor, started.value, { amount, receiptEmail: null })
  if (!sent.ok || sent.value.kind !== 'form') return undefined
  const fields = new Map(sent.value.fields)
  return {
    mode,
    reference: started.value,
    transactionNumber: fields.get('vads_trans_id') ?? '',
    bankTransaction: transDate(at).padStart(32, '0'),
    operation: 'debit',
    verdict: 'accepted',
    amount,
    isEuro: true,
    happenedAt: at,
    cardBrand: 'CB',
    cardMasked: '•••• 0055',
    authorisation: fields.get('vads_trans_id') ?? '',
    reason: '',
  }
}

async function findPayer({ db }: Services, organisationId: OrganisationId, family: string) {
  const found = await row<{
    familyId: FamilyId
    adultId: AdultId
    loginId: LoginId
    firstName: string
    lastName: string
    billingUnitId: BillingUnitId
  }>(
    db,
    sql`select f.id as "familyId", a.id as "adultId", l.id as "loginId", a.first_name as "firstName",
          a.last_name as "lastName", u.billing_unit_id as "billingUnitId"
        from family f
        join adult a on a.organisation_id = f.organisation_id and a.family_id = f.id
        join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
        join family_unit u on u.organisation_id = f.organisation_id and u.family_id = f.id
        where f.organisation_id = ${organisationId} and f.external_key = ${family} limit 1`,
  )
  if (!found) return undefined
  const { billingUnitId, ...who } = found
  const actor: FamilyActor = {
    ...who,
    organisationId,
    sessionHash: Buffer.alloc(32),
    familyName: family,
    email: null,
    role: 'payer',
  }
  return { actor, billingUnitId }
}

/** One refund waits for a second person. */
async function prepareOne(
  { db }: Services,
  organisationId: OrganisationId,
  { bankTransaction }: BankFact,
  now: Instant,
): Promise<void> {
  const found = await row<{ captureId: string; invoiceId: InvoiceId; staffId: StaffId; name: string }>(
    db,
    sql`select c.id as "captureId", x.invoice_id as "invoiceId", m.id as "staffId",
        m.first_name || ' ' || m.last_name as name
      from capture c
      join attempt_invoice x on x.organisation_id = c.organisation_id and x.attempt_id = c.attempt_id
      join staff_member m on m.organisation_id = c.organisation_id and m.identifier = 'regie.thonon'
      where c.organisation_id = ${organisationId} and c.bank_transaction = ${bankTransaction}`,
  )
  const { captureId, invoiceId, ...by } = present(found, 'no payment of the demonstration to refund')
  const prepared = await db.transaction((tx) =>
    prepareRefund(
      tx,
      {
        organisationId,
        requestKey: 'demonstration',
        captureId,
        invoiceId,
        amount: cents(1_500),
        reason: 'Mercredi annulé par le centre',
      },
      by,
      now,
    ),
  )
  assert(prepared.ok, `the demonstration's refund`)
}
