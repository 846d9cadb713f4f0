import { assert, present } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId, ReceiptId } from '../kernel/ids.ts'
import { type Cents, subtract } from '../kernel/money.ts'
import type { ReceiptContent } from '../documents/receipt-document.ts'
import type { Share } from '../ledger/allocation.ts'
import { planMail } from '../mail/plan-mail.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import { row, rows, sql, type Tx } from '../platform/db.ts'
import { newId } from '../platform/secrets.ts'
import type { BankFact, OpenContract } from './gateway.ts'
import type { Attempt } from './payment.ts'
import { cardPayment, directDebit } from './texts.ts'

type Settled = {
  readonly shares: readonly Share<InvoiceId>[]
  readonly debts: readonly { readonly key: InvoiceId; readonly due: Cents }[]
  readonly rest: Cents
}

type Received = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
  readonly source: { readonly captureId: string } | { readonly deskPaymentId: string }
  readonly settled: Settled
  /** What the receipt says of the payment itself. */
  readonly said: Omit<ReceiptContent, 'version' | 'number' | 'payee' | 'lines' | 'creditCents'>
}

/** Issues the receipt of a capture and plans its mail. */
export async function issueReceipt(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  attempt: Attempt,
  booked: Settled & { readonly captureId: string },
  now: Instant,
): Promise<void> {
  const { organisationId, billingUnitId, familyId, id: attemptId } = attempt
  const receiptId = await keepReceipt(
    tx,
    {
      organisationId,
      billingUnitId,
      familyId,
      source: { captureId: booked.captureId },
      settled: booked,
      said: {
        reference: attempt.reference,
        paidAt: fact.happenedAt.toISOString(),
        payer: { name: await payerName(tx, attempt) },
        purpose: attempt.purpose,
        mode: fact.means === 'direct-debit' ? directDebit : cardPayment,
        cardBrand: fact.cardBrand,
        cardMasked: fact.cardMasked,
        authorisation: fact.authorisation,
        bankTransaction: fact.bankTransaction,
        bankName: contract.bankName,
        amountCents: fact.amount,
      },
    },
    now,
  )
  if (attempt.receiptEmail === null) return
  await planMail(
    tx,
    organisationId,
    {
      key: `receipt ${receiptId}`,
      recipient: attempt.receiptEmail,
      plan: { kind: 'receipt', receiptId, attemptId, billingUnitId },
    },
    now,
  )
}

/** Keeps the receipt of money received, numbered without a gap per unit series and year. */
export async function keepReceipt(tx: Tx, received: Received, now: Instant): Promise<ReceiptId> {
  const { organisationId, source, settled, said } = received
  const unit = present(await findUnit(tx, organisationId, received.billingUnitId), 'no billing unit')
  const seller = present(await findOrganisation(tx, organisationId), 'no organisation')
  const number = await nextReceiptNumber(tx, organisationId, unit.series, now)
  const content: ReceiptContent = {
    version: 1,
    number,
    reference: said.reference,
    paidAt: said.paidAt,
    payer: said.payer,
    payee: {
      organisation: seller.name,
      siret: seller.siret,
      unit: unit.name,
      address: seller.address,
      phone: seller.phone,
      email: seller.email,
    },
    purpose: said.purpose,
    mode: said.mode,
    cardBrand: said.cardBrand,
    cardMasked: said.cardMasked,
    authorisation: said.authorisation,
    bankTransaction: said.bankTransaction,
    bankName: said.bankName,
    amountCents: said.amountCents,
    lines: await linesOf(tx, organisationId, settled),
    creditCents: settled.rest,
  }
  const receiptId = newId<'receipt'>(now) satisfies ReceiptId
  await tx
    .insertInto('receipt')
    .values({
      organisation_id: organisationId,
      id: receiptId,
      number,
      capture_id: 'captureId' in source ? source.captureId : null,
      desk_payment_id: 'deskPaymentId' in source ? source.deskPaymentId : null,
      family_id: received.familyId,
      issued_at: now,
      content: JSON.stringify(content),
    })
    .execute()
  return receiptId
}

async function nextReceiptNumber(
  tx: Tx,
  organisationId: OrganisationId,
  series: string,
  now: Instant,
): Promise<string> {
  const year = parisDay(now).slice(0, 4)
  const next = await row<{ last: number }>(
    tx,
    sql`insert into number_series (organisation_id, name, last)
      values (${organisationId}, ${`receipt ${series} ${year}`}, 1)
      on conflict (organisation_id, name) do update set last = number_series.last + 1
      returning last`,
  )
  assert(next, 'no receipt number')
  return `R-${series}-${year}-${String(next.last).padStart(6, '0')}`
}

async function payerName(tx: Tx, attempt: Attempt): Promise<string> {
  const payer = await tx
    .selectFrom('adult')
    .select(['first_name', 'last_name'])
    .where('organisation_id', '=', attempt.organisationId)
    .where('id', '=', attempt.adultId)
    .executeTakeFirstOrThrow()
  return `${payer.last_name} ${payer.first_name}`.trim()
}

async function linesOf(
  tx: Tx,
  organisationId: OrganisationId,
  booked: Settled,
): Promise<ReceiptContent['lines']> {
  const ids = booked.shares.map((share) => share.key)
  const invoices = await rows<{ id: InvoiceId; number: string; activity: string }>(
    tx,
    sql`select id, number, activity from invoice
      where organisation_id = ${organisationId} and id = any(${ids}::uuid[])`,
  )
  const known = new Map(invoices.map((invoice) => [invoice.id, invoice]))
  const due = new Map(booked.debts.map((debt) => [debt.key, debt.due]))
  return booked.shares.map(({ key, cents }) => {
    const invoice = present(known.get(key), 'a share of no invoice')
    return {
      invoiceNumber: invoice.number,
      label: invoice.activity,
      settledCents: cents,
      dueAfterCents: subtract(due.get(key) ?? cents, cents),
    }
  })
}
