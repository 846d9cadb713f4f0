import { addDays, type Day, type Instant, parisDay, parisInstant } from '../kernel/dates.ts'
import type { BillingUnitId, FamilyId, InvoiceId, OrganisationId } from '../kernel/ids.ts'
import { planJob } from '../jobs/plan-job.ts'
import { planMail } from '../mail/plan-mail.ts'
import { row, rows, sql, type Db, type Tx } from '../platform/db.ts'
import { applyCredit } from './apply-credit.ts'
import { listPayerAddresses } from './store.ts'

/** Families per transaction and pass: a batch of 100,000 invoices must not hold locks for minutes. */
const BATCH = 100
/** A second batch of one day is announced the next morning: one mail per payer and day. */
const MORNING_HOUR = 8

type Family = { readonly organisationId: OrganisationId; readonly familyId: FamilyId }

/**
 * Invoices that became visible: the unit's credit settles them, and each payer with a mail address
 * hears of them once a day. Invoices that came in settled are announced to nobody.
 * Safe to run twice, or on two machines at once. Gives how many were published.
 */
export async function publishInvoices(db: Db, now: Instant): Promise<number> {
  let published = 0
  for (;;) {
    const count = await db.transaction((tx) => publishBatch(tx, now))
    if (count === 0) return published
    published += count
  }
}

async function publishBatch(tx: Tx, now: Instant): Promise<number> {
  let published = 0
  for (const family of await lockWaitingFamilies(tx, now)) published += await publishFamily(tx, family, now)
  return published
}

/** Families are published whole and one at a time: their mail must find all that it tells of. */
function lockWaitingFamilies(tx: Tx, now: Instant): Promise<Family[]> {
  return rows<Family>(
    tx,
    sql`select organisation_id as "organisationId", id as "familyId" from family
      where (organisation_id, id) in (
        select i.organisation_id, i.family_id
        from (select organisation_id, invoice_id from invoice_publication
          where published_at is null and visible_at <= ${now} order by visible_at limit ${BATCH}) p
        join invoice i on i.organisation_id = p.organisation_id and i.id = p.invoice_id)
      order by organisation_id, id for update`,
  )
}

async function publishFamily(tx: Tx, { organisationId, familyId }: Family, now: Instant): Promise<number> {
  const newly = await rows<{ id: InvoiceId; billingUnitId: BillingUnitId; isUnsettled: boolean }>(
    tx,
    sql`update invoice_publication p set published_at = ${now}
      from invoice i
      join balance b on b.organisation_id = i.organisation_id and b.account_id = i.id
      where i.organisation_id = ${organisationId} and i.family_id = ${familyId}
        and p.organisation_id = i.organisation_id and p.invoice_id = i.id
        and p.published_at is null and p.visible_at <= ${now}
      returning i.id, i.billing_unit_id as "billingUnitId", b.cents > 0 as "isUnsettled"`,
  )
  for (const billingUnitId of new Set(newly.map((one) => one.billingUnitId)))
    await applyCredit(tx, { organisationId, billingUnitId, familyId }, now)
  for (const { id: invoiceId } of newly)
    await planJob(tx, { name: 'draw-invoice', organisationId, invoiceId }, { key: `draw ${invoiceId}` })
  const news = newly.filter((one) => one.isUnsettled).map((one) => one.id)
  if (news.length > 0) await announce(tx, { organisationId, familyId }, news, now)
  return newly.length
}

/** One mail per payer and day: what comes after the day's mail was planned waits for the next morning. */
async function announce(
  tx: Tx,
  { organisationId, familyId }: Family,
  news: readonly InvoiceId[],
  now: Instant,
): Promise<void> {
  const today = parisDay(now)
  const isLate = await hasAnnouncement(tx, { organisationId, familyId }, today)
  const day = isLate ? addDays(today, 1) : today
  await sql`update invoice_publication set announced_on = ${day}
    where organisation_id = ${organisationId} and invoice_id = any(${[...news]}::uuid[])`.execute(tx)
  for (const { id: adultId, email: recipient } of await listPayerAddresses(tx, organisationId, familyId))
    await planMail(
      tx,
      organisationId,
      {
        key: `new-invoices ${adultId} ${day}`,
        recipient,
        plan: { kind: 'new-invoices', adultId, familyId, day },
        ...(isLate ? { notBefore: parisInstant(day, MORNING_HOUR) } : {}),
      },
      now,
    )
}

async function hasAnnouncement(tx: Tx, family: Family, day: Day): Promise<boolean> {
  const known = await row<{ known: number }>(
    tx,
    sql`select 1 as known from invoice_publication p
      join invoice i on i.organisation_id = p.organisation_id and i.id = p.invoice_id
      where i.organisation_id = ${family.organisationId} and i.family_id = ${family.familyId}
        and p.announced_on = ${day} limit 1`,
  )
  return known !== undefined
}
