// What the ledger knows of a family. Amounts due are positive; a credit in the family's favour too.
import type { BillingUnitId, EntryId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { present } from '../kernel/assert.ts'
import { type Cents, ZERO, cents, negate, subtract } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { AccountName, EntryKind, InternalKind, Posting } from './ledger.ts'

/** Of whom credit and invoices are locked: one family at one unit. */
export type FamilyAccounts = {
  readonly organisationId: OrganisationId
  readonly billingUnitId: BillingUnitId
  readonly familyId: FamilyId
}

/**
 * What is due on the family's invoices of a unit, locked until the transaction ends, oldest first.
 * Locks in the order of ids (reliability.md 3.5), then the family's credit.
 */
export async function lockDues(
  tx: Tx,
  organisationId: OrganisationId,
  billingUnitId: BillingUnitId,
  familyId: FamilyId,
): Promise<{ dues: ReadonlyMap<InvoiceId, Cents>; credit: Cents }> {
  return lockBalances(tx, { organisationId, billingUnitId, familyId }, false)
}

/** The same, with the settled invoices too: for what may reopen them. */
export const lockAccounts = (tx: Tx, family: FamilyAccounts): ReturnType<typeof lockDues> =>
  lockBalances(tx, family, true)

async function lockBalances(
  tx: Tx,
  { organisationId, billingUnitId, familyId }: FamilyAccounts,
  settledToo: boolean,
): ReturnType<typeof lockDues> {
  await shareFamily(tx, organisationId, familyId)
  const locked = await rows<{ kind: string; invoice_id: InvoiceId | null; cents: Cents }>(
    tx,
    sql`select b.kind, a.invoice_id, b.cents
      from account a
      join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      where a.organisation_id = ${organisationId}
        and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and a.billing_unit_id = ${billingUnitId}
        and (b.kind = 'credit' or b.cents <> 0 or ${settledToo}::boolean)
      order by b.account_id for update of b`,
  )
  const dues = new Map<InvoiceId, Cents>()
  let credit = ZERO
  for (const one of locked)
    if (one.invoice_id === null) credit = subtract(credit, cents(one.cents))
    else dues.set(one.invoice_id, one.cents)
  return { dues, credit }
}

/**
 * Whose credit this family's is: its own, or that of the file into which it was merged. Nobody merges
 * the family until the transaction ends; families are locked before balances, as a merge does.
 */
export async function shareFamily(
  tx: Tx,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<FamilyId> {
  const found = await row<{ holder: FamilyId }>(
    tx,
    sql`select coalesce(merged_into, id) as holder from family
      where organisation_id = ${organisationId} and id = ${familyId} for share`,
  )
  return present(found, `no family ${familyId}`).holder
}

/** The credit a family holds at a unit, zero when it has none. */
export async function creditOf(
  read: Read,
  organisationId: OrganisationId,
  billingUnitId: BillingUnitId,
  familyId: FamilyId,
): Promise<Cents> {
  const found = await rows<{ cents: Cents }>(
    read,
    sql`select coalesce(sum(b.cents), 0)::bigint as cents from account a
      join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      where a.organisation_id = ${organisationId}
        and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and a.billing_unit_id = ${billingUnitId} and a.kind = 'credit'`,
  )
  return negate(cents(found[0]?.cents ?? 0))
}

export type KnownEntry = {
  readonly id: EntryId
  readonly kind: EntryKind
  readonly billingUnitId: BillingUnitId
  /** Undone by another entry. */
  readonly reversed: boolean
  /** In the order in which they were booked. */
  readonly postings: readonly Posting[]
}

/** An entry with its lines; undefined when the organisation has none of this id. */
export async function findEntry(
  read: Read,
  organisationId: OrganisationId,
  entryId: EntryId,
): Promise<KnownEntry | undefined> {
  const header = await row<Omit<KnownEntry, 'postings'>>(
    read,
    sql`select e.id, e.kind, e.billing_unit_id as "billingUnitId", exists (select 1 from entry r
        where r.organisation_id = e.organisation_id and r.reverses = e.id) as reversed
      from entry e where e.organisation_id = ${organisationId} and e.id = ${entryId}`,
  )
  if (!header) return undefined
  const lines = await rows<AccountRow & { cents: Cents }>(
    read,
    sql`select a.kind, a.family_id as "familyId", a.invoice_id as "invoiceId", p.cents from posting p
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      where p.organisation_id = ${organisationId} and p.entry_id = ${entryId} order by p.line`,
  )
  return { ...header, postings: lines.map((line) => ({ account: nameAccount(line), cents: line.cents })) }
}

type AccountRow = {
  readonly kind: InternalKind | 'receivable' | 'credit'
  readonly familyId: FamilyId | null
  readonly invoiceId: InvoiceId | null
}

function nameAccount({ kind, familyId, invoiceId }: AccountRow): AccountName {
  if (kind === 'receivable')
    return {
      kind,
      familyId: present(familyId, 'a receivable of no family'),
      invoiceId: present(invoiceId, 'a receivable of no invoice'),
    }
  return kind === 'credit' ? { kind, familyId: present(familyId, 'a credit of no family') } : { kind }
}

/**
 * What credit settled and took back on the family's invoices, newest first: settled is positive. Of one
 * instant, what was taken back came first: credit is freed, then spent again.
 */
export async function listCreditMoves(
  read: Read,
  { organisationId, billingUnitId, familyId }: FamilyAccounts,
): Promise<{ invoiceId: InvoiceId; settled: Cents }[]> {
  return rows<{ invoiceId: InvoiceId; settled: Cents }>(
    read,
    sql`select a.invoice_id as "invoiceId", -p.cents as settled
      from account a
      join posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
      join entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
      where a.organisation_id = ${organisationId}
        and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and a.billing_unit_id = ${billingUnitId} and a.kind = 'receivable'
        and e.kind in ('allocation', 'release')
      order by e.booked_at desc, e.kind, e.id desc, p.line desc`,
  )
}
