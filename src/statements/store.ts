// What families may read of their accounts. Every read takes the organisation and the family first,
// and an invoice counts from the moment it is visible.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId, ChildId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import { type OperationRow, toOperation } from './operation-row.ts'
import type { Operation } from './operation.ts'

/**
 * The family's operations, newest first, at most `limit` when it is given. They are the entries of
 * the ledger that moved the family's credit or its visible invoices, so that their amounts sum to
 * its balance, unit by unit; credit that settles an invoice moves nothing and is no operation. Neither
 * is the credit that a merge of files moved, nor its way back: with the file, both are the family's own.
 */
export async function listOperations(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  now: Instant,
  limit?: number,
): Promise<Operation[]> {
  const found = await rows<OperationRow>(
    read,
    sql`with moved as (
      select p.entry_id, -sum(p.cents)::bigint as amount
      from account a
      join posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
      left join invoice v on v.organisation_id = a.organisation_id and v.id = a.invoice_id
      where a.organisation_id = ${organisationId} and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and (a.invoice_id is null or v.visible_at <= ${now})
      group by p.entry_id having sum(p.cents) <> 0
    ), newest as (
      select e.*, m.amount from moved m
      join entry e on e.organisation_id = ${organisationId} and e.id = m.entry_id
      left join entry u on u.organisation_id = e.organisation_id and u.id = e.reverses
      where e.kind <> 'merge' and u.kind is distinct from 'merge'
      order by e.value_on desc, e.booked_at desc, e.id desc limit ${limit ?? null}::integer
    )
    select e.id, e.kind, e.billing_unit_id, e.value_on, e.amount,
      i.id as invoice_id, i.number, s.id as establishment_id, s.name as establishment, i.activity, i.total_cents as total, b.cents as due,
      exists (select 1 from attempt_invoice n
        join payment_attempt t on t.organisation_id = n.organisation_id and t.id = n.attempt_id
        where n.organisation_id = i.organisation_id and n.invoice_id = i.id and t.state = any('{redirected,awaited}')) as pending,
      t.purpose, coalesce(r.id, dr.id) as receipt_id, coalesce(r.number, dr.number) as receipt_number,
      coalesce(x.method, d.method) as method, u.kind as undone, n.number as note_number, ni.number as noted_invoice
    from newest e
    left join invoice i on i.organisation_id = e.organisation_id and i.number = e.source_key
      and e.kind in ('invoice', 'opening') and e.amount < 0
    left join establishment s on s.organisation_id = i.organisation_id and s.id = i.establishment_id
    left join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
    left join capture c on c.organisation_id = e.organisation_id and c.entry_id = e.id
    left join payment_attempt t on t.organisation_id = c.organisation_id and t.id = c.attempt_id
    left join receipt r on r.organisation_id = c.organisation_id and r.capture_id = c.id
    left join elsewhere_payment x on x.organisation_id = e.organisation_id and x.entry_id = e.id
    left join desk_payment d on d.organisation_id = e.organisation_id and d.entry_id = e.id
    left join receipt dr on dr.organisation_id = d.organisation_id and dr.desk_payment_id = d.id
    left join entry u on u.organisation_id = e.organisation_id and u.id = e.reverses
    left join credit_note n on n.organisation_id = e.organisation_id and n.entry_id = e.id
    left join invoice ni on ni.organisation_id = n.organisation_id and ni.id = n.invoice_id
    order by e.value_on desc, e.booked_at desc, e.id desc`,
  )
  return found.map(toOperation)
}

export type Standing = {
  readonly unitId: BillingUnitId
  /** What the association holds for the family, positive. */
  readonly credit: Cents
  /** What is due on its visible invoices. */
  readonly due: Cents
  readonly unsettled: number
}

/** How the family stands with each of its billing units; nothing is summed over them. */
export async function listStandings(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  now: Instant,
): Promise<Standing[]> {
  return rows<Standing>(
    read,
    sql`select f.billing_unit_id as "unitId",
        coalesce(-sum(b.cents) filter (where a.kind = 'credit'), 0)::bigint as credit,
        coalesce(sum(b.cents) filter (where v.visible_at <= ${now}), 0)::bigint as due,
        (count(*) filter (where v.visible_at <= ${now} and b.cents > 0))::integer as unsettled
      from family_unit f
      left join account a on a.organisation_id = f.organisation_id
        and a.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and a.billing_unit_id = f.billing_unit_id
      left join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
      left join invoice v on v.organisation_id = a.organisation_id and v.id = a.invoice_id
      where f.organisation_id = ${organisationId} and f.family_id = ${familyId}
      group by f.billing_unit_id`,
  )
}

export type PendingPayment = { readonly reference: string; readonly sentAt: Instant; readonly amount: Cents }

/** The family's payments that are at the bank, oldest first. */
export async function listPendingPayments(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<PendingPayment[]> {
  return rows<PendingPayment>(
    read,
    sql`select reference, coalesce(sent_at, created_at) as "sentAt", amount_cents as amount
      from payment_attempt
      where organisation_id = ${organisationId} and family_id = any(dossiers_of(${organisationId}, ${familyId}))
        and state = any('{redirected,awaited}')
      order by created_at`,
  )
}

export type ChildName = { readonly id: ChildId; readonly name: string }

/** The family's children who are on one of its invoices. */
export async function listInvoicedChildren(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<ChildName[]> {
  return rows<ChildName>(
    read,
    sql`select c.id, trim(c.first_name || ' ' || c.last_name) as name from child c
      where c.organisation_id = ${organisationId} and (c.family_id = any(dossiers_of(${organisationId}, ${familyId}))
        or exists (select from child_dossier d where d.organisation_id = c.organisation_id
          and d.child_id = c.id and d.family_id = ${familyId})) and exists (
        select 1 from invoice_line l join invoice i on i.organisation_id = l.organisation_id and i.id = l.invoice_id
          where l.organisation_id = c.organisation_id and l.child_id = c.id
            and i.family_id = any(dossiers_of(${organisationId}, ${familyId})))
      order by c.first_name, c.last_name`,
  )
}

/** The family's invoices that have a line of this child. */
export async function listInvoicesOfChild(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
  childId: ChildId,
): Promise<InvoiceId[]> {
  const found = await rows<{ id: InvoiceId }>(
    read,
    sql`select distinct i.id from invoice_line l
      join invoice i on i.organisation_id = l.organisation_id and i.id = l.invoice_id
      where l.organisation_id = ${organisationId} and l.child_id = ${childId} and i.family_id = any(dossiers_of(${organisationId}, ${familyId}))`,
  )
  return found.map((one) => one.id)
}

/** The lines of the family's postal address. */
export async function findAddressee(
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<string[]> {
  const found = await row<{ name: string; address: string; postal_code: string; city: string }>(
    read,
    sql`select name, address, postal_code, city from family
      where organisation_id = ${organisationId} and id = ${familyId}`,
  )
  if (!found) return []
  const { name, address, postal_code: postalCode, city } = found
  return [name, ...address.split('\n'), `${postalCode} ${city}`].filter((line) => line.trim() !== '')
}
