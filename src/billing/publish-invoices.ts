import { parisDay, parisInstant, addDays, type Instant } from '../kernel/dates.ts'
import type { AdultId, BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { planMail } from '../mail/plan-mail.ts'
import { rows, sql, type Db, type Tx } from '../platform/db.ts'
import { applyCredit } from './apply-credit.ts'

/** Families per transaction and pass: a batch of 100,000 invoices must not hold locks for minutes. */
const BATCH = 100
/** A second batch of one day is announced the next morning: one mail per payer and day. */
const MORNING_HOUR = 8

type Newly = {
  organisation_id: OrganisationId
  id: InvoiceId
  billing_unit_id: BillingUnitId
  family_id: FamilyId
  unsettled: boolean
}

/**
 * Invoices that became visible: the unit's credit settles them, and each payer with a mail address
 * hears of them once a day. Invoices that came in settled are announced to nobody.
 * Safe to run twice, or on two machines at once.
 */
export async function publishInvoices(db: Db, now: Instant): Promise<number> {
  let published = 0
  for (;;) {
    const count = await db.transaction((tx) => publishBatch(tx, now))
    if (count === 0) return published
    published += count
  }
}

const waiting = (now: Instant) => sql`i.visible_at <= ${now} and not exists (
  select from invoice_publication p where p.organisation_id = i.organisation_id and p.invoice_id = i.id)`

/** All that waits for a family at once: its mail must find what it tells of. */
async function publishBatch(tx: Tx, now: Instant): Promise<number> {
  const newly = await rows<Newly>(
    tx,
    sql`insert into invoice_publication (organisation_id, invoice_id, published_at)
      select i.organisation_id, i.id, ${now} from invoice i
      join (select organisation_id, family_id from invoice i where ${waiting(now)}
        group by organisation_id, family_id order by min(visible_at), family_id limit ${BATCH}) f
        on f.organisation_id = i.organisation_id and f.family_id = i.family_id
      where ${waiting(now)}
      order by i.organisation_id, i.id
      on conflict do nothing
      returning organisation_id, invoice_id as id,
        (select billing_unit_id from invoice i where i.organisation_id = invoice_publication.organisation_id and i.id = invoice_id) as billing_unit_id,
        (select family_id from invoice i where i.organisation_id = invoice_publication.organisation_id and i.id = invoice_id) as family_id,
        (select b.cents > 0 from balance b where b.organisation_id = invoice_publication.organisation_id and b.account_id = invoice_id) as unsettled`,
  )
  const accounts = new Map(newly.map((one) => [`${one.family_id} ${one.billing_unit_id}`, one]))
  for (const one of [...accounts.values()].toSorted((a, b) => (a.family_id < b.family_id ? -1 : 1)))
    await applyCredit(
      tx,
      { organisationId: one.organisation_id, billingUnitId: one.billing_unit_id, familyId: one.family_id },
      now,
    )
  const families = new Map(
    newly.filter((one) => one.unsettled).map((one) => [one.family_id, one.organisation_id]),
  )
  for (const [familyId, organisationId] of families) await announce(tx, organisationId, familyId, now)
  return newly.length
}

async function announce(tx: Tx, organisationId: OrganisationId, familyId: FamilyId, now: Instant) {
  const payers = await rows<{ id: AdultId; email: string }>(
    tx,
    sql`select a.id, coalesce(l.email, a.email) as email from adult a
      left join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId}
        and a.role = 'payer' and coalesce(l.email, a.email) is not null`,
  )
  for (const { id: adultId, email: recipient } of payers) {
    const today = parisDay(now)
    const plan = (day: typeof today, notBefore?: Instant) =>
      planMail(
        tx,
        organisationId,
        {
          key: `new-invoices ${adultId} ${day}`,
          recipient,
          plan: { kind: 'new-invoices', adultId, familyId, day },
          ...(notBefore ? { notBefore } : {}),
        },
        now,
      )
    if (!(await plan(today))) {
      const tomorrow = addDays(today, 1)
      await plan(tomorrow, parisInstant(tomorrow, MORNING_HOUR))
    }
  }
}
