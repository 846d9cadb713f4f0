// What corrects an invoice, and what it corrects, in SQL.
import type { Day, Instant } from '../kernel/dates.ts'
import type { InvoiceId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, rows, sql } from '../platform/db.ts'

export type Related = {
  /** The invoice that this one replaces, and the one that replaces it. */
  readonly replaces: string | null
  readonly replacedBy: string | null
  readonly notes: readonly { readonly number: string; readonly amount: Cents; readonly issuedOn: Day }[]
}

/**
 * For each of these invoices that is corrected or corrects: the others. With `visibleAt`, only those
 * that a family sees by then.
 */
export async function listRelated(
  read: Read,
  organisationId: OrganisationId,
  invoiceIds: readonly InvoiceId[],
  visibleAt?: Instant,
): Promise<ReadonlyMap<InvoiceId, Related>> {
  const seen = visibleAt === undefined ? sql`true` : sql`o.visible_at <= ${visibleAt}`
  const found = await rows<Related & { id: InvoiceId }>(
    read,
    sql`select * from (
        select i.id,
          (select o.number from invoice o where o.organisation_id = i.organisation_id
            and o.id = i.replaces_invoice_id and ${seen}) as replaces,
          (select max(o.number) from invoice o where o.organisation_id = i.organisation_id
            and o.replaces_invoice_id = i.id and ${seen}) as "replacedBy",
          coalesce((select jsonb_agg(jsonb_build_object('number', n.number, 'amount', n.amount_cents,
              'issuedOn', n.issued_on) order by n.number)
            from credit_note n where n.organisation_id = i.organisation_id and n.invoice_id = i.id), '[]') as notes
        from invoice i
        where i.organisation_id = ${organisationId} and i.id = any(${[...invoiceIds]}::uuid[])
      ) related where replaces is not null or "replacedBy" is not null or jsonb_array_length(notes) > 0`,
  )
  return new Map(found.map((one) => [one.id, one]))
}
