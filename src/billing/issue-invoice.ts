import { assert, present } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { negate } from '../kernel/money.ts'
import { postEntry } from '../ledger/post-entry.ts'
import type { BillingUnit, Establishment, Organisation } from '../organisations/organisation.ts'
import { findOrganisation, findUnit, listEstablishments } from '../organisations/store.ts'
import type { Read, Tx } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import { freezeContent } from './content.ts'
import { assertAddsUp, type NewInvoice } from './invoice.ts'
import { findPayerAddress } from './store.ts'

/** Who issues, as the document says it: read once for many invoices. */
export type Issuer = {
  readonly seller: Organisation
  readonly unit: BillingUnit
  readonly establishment: Establishment
}

/**
 * Issues an invoice: freezes its content with its hash, and books what the family owes. It counts
 * for the family from `visibleAt`. Throws on a number already taken (23505).
 */
export async function issueInvoice(
  tx: Tx,
  invoice: NewInvoice,
  now: Instant,
  actor: string,
  issuer?: Issuer,
): Promise<InvoiceId> {
  assertAddsUp(invoice)
  const { organisationId, billingUnitId } = invoice
  const invoiceId = newId<'invoice'>(now) satisfies InvoiceId
  await tx
    .insertInto('invoice')
    .values({
      organisation_id: organisationId,
      id: invoiceId,
      billing_unit_id: billingUnitId,
      establishment_id: invoice.establishmentId,
      family_id: invoice.familyId,
      number: invoice.number,
      external_key: invoice.externalKey ?? null,
      issued_on: invoice.issuedOn,
      issued_at: now,
      visible_at: invoice.visibleAt,
      due_on: invoice.dueOn ?? null,
      online_until: invoice.onlineUntil ?? null,
      desk_until: invoice.deskUntil ?? null,
      replaces_invoice_id: invoice.replaces?.id ?? null,
      period_from: invoice.period?.from ?? null,
      period_to: invoice.period?.to ?? null,
      beneficiary: invoice.beneficiary,
      activity: invoice.activity,
      referent: invoice.referent,
      total_cents: invoice.total,
      purpose: invoice.purpose,
    })
    .execute()
  await tx
    .insertInto('invoice_publication')
    .values({ organisation_id: organisationId, invoice_id: invoiceId, visible_at: invoice.visibleAt })
    .execute()
  await insertLines(tx, invoice, invoiceId)
  await keepContent(tx, invoice, invoiceId, issuer ?? (await findIssuer(tx, invoice)))
  await tx
    .insertInto('family_unit')
    .values({
      organisation_id: organisationId,
      family_id: invoice.familyId,
      billing_unit_id: billingUnitId,
      since: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const booked = await postEntry(tx, {
    organisationId,
    billingUnitId,
    kind: invoice.purpose === 'sale' ? 'invoice' : 'opening',
    sourceKey: invoice.number,
    fact: `${invoice.number} ${invoice.issuedOn} ${invoice.total} ${invoice.familyId}`,
    accountingOn: parisDay(now),
    valueOn: invoice.issuedOn,
    bookedAt: now,
    actor,
    postings: [
      { account: { kind: 'receivable', familyId: invoice.familyId, invoiceId }, cents: invoice.total },
      {
        account: { kind: invoice.purpose === 'sale' ? 'revenue' : 'opening' },
        cents: negate(invoice.total),
      },
    ],
  })
  assert(booked.ok && booked.value.booked, `invoice ${invoice.number} was booked before`)
  return invoiceId
}

async function insertLines(tx: Tx, invoice: NewInvoice, invoiceId: InvoiceId): Promise<void> {
  if (invoice.lines.length === 0) return
  await tx
    .insertInto('invoice_line')
    .values(
      invoice.lines.map((line, index) => ({
        organisation_id: invoice.organisationId,
        invoice_id: invoiceId,
        line: index + 1,
        child_id: line.childId ?? null,
        child_name: line.childName,
        happened_on: line.happenedOn ?? null,
        label: line.label,
        quantity_thousandths: line.quantityThousandths,
        unit_cents: line.unit,
        amount_cents: line.amount,
        rate_note: line.rateNote,
        vat: line.vat ?? null,
        account_code: line.accountCode ?? null,
      })),
    )
    .execute()
}

/** Who issues the invoices of this unit and establishment. */
export async function findIssuer(
  read: Read,
  invoice: Pick<NewInvoice, 'organisationId' | 'billingUnitId' | 'establishmentId'>,
): Promise<Issuer> {
  const { organisationId } = invoice
  const establishments = await listEstablishments(read, organisationId)
  return {
    seller: present(await findOrganisation(read, organisationId), 'no organisation'),
    unit: present(await findUnit(read, organisationId, invoice.billingUnitId), 'no billing unit'),
    establishment: present(
      establishments.find((one) => one.id === invoice.establishmentId),
      'no establishment',
    ),
  }
}

async function keepContent(
  tx: Tx,
  invoice: NewInvoice,
  invoiceId: InvoiceId,
  { seller, unit, establishment }: Issuer,
): Promise<void> {
  const { organisationId } = invoice
  const payer = await findPayerAddress(tx, organisationId, invoice.familyId)
  const content = JSON.stringify(freezeContent(invoice, seller, establishment, payer, unit))
  await tx
    .insertInto('invoice_content')
    .values({ organisation_id: organisationId, invoice_id: invoiceId, content, sha256: sha256(content) })
    .execute()
}
