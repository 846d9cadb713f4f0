import { assert, present } from '../kernel/assert.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import type { InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { negate } from '../kernel/money.ts'
import type { Entry } from '../ledger/ledger.ts'
import { postNewEntries } from '../ledger/post-entry.ts'
import type { BillingUnit, Establishment, Organisation } from '../organisations/organisation.ts'
import { findOrganisation, findUnit, listEstablishments } from '../organisations/store.ts'
import { insertRows, type Read, sql, type Tx } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import { freezeContent } from './content.ts'
import { assertAddsUp, type NewInvoice } from './invoice.ts'
import { findPayerAddresses } from './store.ts'

/** Who issues, as the document says it: read once for many invoices. */
export type Issuer = {
  readonly seller: Organisation
  readonly unit: BillingUnit
  readonly establishment: Establishment
}

/** Finds the issuer of each of these invoices. */
export type IssuerOf = (invoice: Place) => Issuer
type Place = Pick<NewInvoice, 'organisationId' | 'billingUnitId' | 'establishmentId'>

/**
 * Issues an invoice: freezes its content with its hash, and books what the family owes. It counts
 * for the family from `visibleAt`. Throws on a number already taken (23505).
 */
export async function issueInvoice(
  tx: Tx,
  invoice: NewInvoice,
  now: Instant,
  actor: string,
): Promise<InvoiceId> {
  const [invoiceId] = await issueInvoices(tx, [invoice], now, actor)
  return present(invoiceId, 'no invoice')
}

/**
 * Issues invoices of one organisation together, by a few statements for however many; gives their ids,
 * in order. All or none: throws as `issueInvoice` does.
 */
export async function issueInvoices(
  tx: Tx,
  invoices: readonly NewInvoice[],
  now: Instant,
  actor: string,
  issuers?: IssuerOf,
): Promise<readonly InvoiceId[]> {
  const [first] = invoices
  if (!first) return []
  const { organisationId } = first
  for (const invoice of invoices) {
    assertAddsUp(invoice)
    assert(invoice.organisationId === organisationId, 'invoices of two organisations')
  }
  const issuerOf = issuers ?? (await findIssuers(tx, invoices))
  const issued = invoices.map((invoice) => ({ invoice, id: newId<'invoice'>(now) satisfies InvoiceId }))
  await insertInvoices(tx, issued, now)
  await insertLines(tx, issued)
  await keepContents(tx, organisationId, issued, issuerOf)
  await openUnits(tx, invoices, now)
  await postNewEntries(
    tx,
    issued.map((one) => entryOf(one, now, actor)),
  )
  return issued.map(({ id }) => id)
}

type Issued = { readonly invoice: NewInvoice; readonly id: InvoiceId }

function entryOf({ invoice, id: invoiceId }: Issued, now: Instant, actor: string): Entry {
  const { familyId, number, issuedOn, total, purpose } = invoice
  return {
    organisationId: invoice.organisationId,
    billingUnitId: invoice.billingUnitId,
    kind: purpose === 'sale' ? 'invoice' : 'opening',
    sourceKey: number,
    fact: `${number} ${issuedOn} ${total} ${familyId}`,
    accountingOn: parisDay(now),
    valueOn: issuedOn,
    bookedAt: now,
    actor,
    postings: [
      { account: { kind: 'receivable', familyId, invoiceId }, cents: total },
      { account: { kind: purpose === 'sale' ? 'revenue' : 'opening' }, cents: negate(total) },
    ],
  }
}

async function insertInvoices(tx: Tx, issued: readonly Issued[], now: Instant): Promise<void> {
  await insertRows(
    tx,
    'invoice',
    issued.map(({ invoice, id }) => ({
      organisation_id: invoice.organisationId,
      id,
      billing_unit_id: invoice.billingUnitId,
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
    })),
  )
  await insertRows(
    tx,
    'invoice_publication',
    issued.map(({ invoice, id }) => ({
      organisation_id: invoice.organisationId,
      invoice_id: id,
      visible_at: invoice.visibleAt,
    })),
  )
}

async function insertLines(tx: Tx, issued: readonly Issued[]): Promise<void> {
  const lines = issued.flatMap(({ invoice, id }) =>
    invoice.lines.map((line, index) => ({
      organisation_id: invoice.organisationId,
      invoice_id: id,
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
  await insertRows(tx, 'invoice_line', lines)
}

async function openUnits(tx: Tx, invoices: readonly NewInvoice[], now: Instant): Promise<void> {
  await sql`insert into family_unit (organisation_id, family_id, billing_unit_id, since)
    select distinct on (organisation_id, family_id, billing_unit_id)
      organisation_id, family_id, billing_unit_id, ${now}::timestamptz
    from json_populate_recordset(null::family_unit, ${JSON.stringify(
      invoices.map((invoice) => ({
        organisation_id: invoice.organisationId,
        family_id: invoice.familyId,
        billing_unit_id: invoice.billingUnitId,
      })),
    )}::json) order by organisation_id, family_id, billing_unit_id
    on conflict do nothing`.execute(tx)
}

async function keepContents(
  tx: Tx,
  organisationId: OrganisationId,
  issued: readonly Issued[],
  issuerOf: IssuerOf,
): Promise<void> {
  const payers = await findPayerAddresses(
    tx,
    organisationId,
    issued.map(({ invoice }) => invoice.familyId),
  )
  await insertRows(
    tx,
    'invoice_content',
    issued.map(({ invoice, id }) => {
      const { seller, unit, establishment } = issuerOf(invoice)
      const payer = present(payers.get(invoice.familyId), `no family ${invoice.familyId}`)
      const content = JSON.stringify(freezeContent(invoice, seller, establishment, payer, unit))
      return { organisation_id: organisationId, invoice_id: id, content, sha256: sha256(content) }
    }),
  )
}

/** Who issues each of these invoices, read once for each unit and establishment. */
export async function findIssuers(read: Read, invoices: readonly Place[]): Promise<IssuerOf> {
  const keyOf = (one: Place) => `${one.billingUnitId} ${one.establishmentId}`
  const found = new Map<string, Issuer>()
  for (const invoice of invoices)
    if (!found.has(keyOf(invoice))) found.set(keyOf(invoice), await findIssuer(read, invoice))
  return (invoice) => present(found.get(keyOf(invoice)), 'no issuer')
}

/** Who issues the invoices of this unit and establishment. */
export async function findIssuer(read: Read, invoice: Place): Promise<Issuer> {
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
