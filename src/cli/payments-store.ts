// Every movement of money of a period, as the ledger booked it.
import type { Day } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, rows, sql } from '../platform/db.ts'

/** A part of a payment: what it settled on one invoice, or what it left as credit; negative when it is undone. */
export type PaymentPart = {
  readonly paidOn: Day
  readonly receipt: string | null
  readonly reference: string | null
  readonly bankTransaction: string
  readonly family: string | null
  readonly familyKey: string | null
  readonly unit: string
  /** receivable, credit, suspense, refund_payable or write_off: the account the part was booked to. */
  readonly account: string
  readonly invoice: string | null
  readonly amount: Cents
  readonly means: string
  /** The kind of the entry; elsewhere for what was taken over. */
  readonly operation: string
}

/**
 * Every part of every payment of a period of Paris days, online and at the desk, and of what undid or
 * gave back one: cancelled by the bank, disputed and lost, refunded, bounced, undone, given its place.
 * What it lists sums to what moved on clearing, bank, till and disputes, deposits apart, which move
 * money among these.
 */
export const listPaymentParts = (
  read: Read,
  organisationId: OrganisationId,
  from: Day,
  to: Day,
): Promise<PaymentPart[]> =>
  rows(
    read,
    sql<PaymentPart>`select e.value_on as "paidOn", coalesce(r.number, dr.number) as receipt, pr.reference,
        case when e.kind = 'refund_paid' then substring(e.source_key from position(' ' in e.source_key) + 1)
          else coalesce(g.bank_transaction, s.transfer, c.bank_transaction, '') end as "bankTransaction",
        f.name as family, f.external_key as "familyKey", u.code as unit, a.kind as account,
        i.number as invoice, -p.cents as amount,
        coalesce(d.method, trim(c.card_brand || ' ' || c.card_masked), '') as means, e.kind as operation
      from entry e
      join billing_unit u on u.organisation_id = e.organisation_id and u.id = e.billing_unit_id
      join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
        and a.kind not in ('clearing', 'disputed', 'cash', 'cheques', 'bank')
      left join entry n on n.organisation_id = e.organisation_id and n.id = e.reverses
      left join desk_payment d on d.organisation_id = e.organisation_id and d.entry_id = coalesce(e.reverses, e.id)
      left join capture own on own.organisation_id = e.organisation_id and own.entry_id = e.id
      left join capture_cancellation k on k.organisation_id = e.organisation_id and k.entry_id = e.id
      left join bank_refund g on g.organisation_id = e.organisation_id and g.entry_id = e.id
      left join suspense_resolution s on s.organisation_id = e.organisation_id and s.entry_id = e.id
      left join transfer_file_line tl on tl.organisation_id = e.organisation_id
        and tl.end_to_end = substring(coalesce(n.source_key, e.source_key) from '^transfer (.*)$')
      left join refund sent on sent.organisation_id = tl.organisation_id and sent.id = tl.refund_id
      left join refund w on w.organisation_id = e.organisation_id and w.settlement_key = e.source_key
        and e.kind = 'refund_paid'
      left join chargeback h on h.organisation_id = e.organisation_id and h.dispute = e.source_key
        and e.kind = 'chargeback_lost'
      left join capture c on c.organisation_id = e.organisation_id
        and c.id = coalesce(own.id, k.capture_id, g.capture_id, s.capture_id, sent.capture_id, w.capture_id, h.capture_id)
      left join receipt r on r.organisation_id = c.organisation_id and r.capture_id = c.id
      left join receipt dr on dr.organisation_id = d.organisation_id and dr.desk_payment_id = d.id
      left join payment_reference pr on pr.organisation_id = c.organisation_id and pr.attempt_id = c.attempt_id
      left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
      left join family f on f.organisation_id = e.organisation_id
        and f.id = coalesce(a.family_id, c.family_id, d.family_id, s.family_id)
      where e.organisation_id = ${organisationId} and e.value_on between ${from} and ${to}
        and (e.kind in ('capture', 'desk', 'cancellation', 'chargeback_lost', 'refund_paid', 'bank_refund',
            'bounced', 'suspense_resolved') or e.kind = 'reversal' and n.kind in ('desk', 'refund_paid'))
      order by e.value_on, e.booked_at, e.id, p.line`,
  )

/** The same for payments received elsewhere and taken over by imports: no money of these books. */
export const listElsewhereParts = (
  read: Read,
  organisationId: OrganisationId,
  from: Day,
  to: Day,
): Promise<PaymentPart[]> =>
  rows(
    read,
    sql<PaymentPart>`select e.received_on as "paidOn", null as receipt, e.external_key as reference,
        '' as "bankTransaction", f.name as family, f.external_key as "familyKey", u.code as unit,
        a.kind as account, i.number as invoice, -p.cents as amount, e.method as means, 'elsewhere' as operation
      from elsewhere_payment e
      join billing_unit u on u.organisation_id = e.organisation_id and u.id = e.billing_unit_id
      join family f on f.organisation_id = e.organisation_id and f.id = e.family_id
      join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.entry_id and p.cents < 0
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
      where e.organisation_id = ${organisationId} and e.received_on between ${from} and ${to}
      order by e.received_on, e.external_key, p.line`,
  )
