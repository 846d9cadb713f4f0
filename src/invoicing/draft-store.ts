// Drafts and what they are read against, in SQL. Staff's reads: the organisation comes first.
import type { InvoiceLine } from '../billing/invoice.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import type {
  BillingUnitId,
  ChildId,
  EstablishmentId,
  FamilyId,
  InvoiceId,
  OrganisationId,
} from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'
import type { Reach } from '../staff/rights.ts'
import { listItems } from './catalogue-store.ts'
import type { DraftContext, ReadDraft, TypedDraft } from './draft.ts'

export type Draft = {
  readonly id: string
  readonly unitId: BillingUnitId
  readonly establishmentId: EstablishmentId
  readonly familyId: FamilyId
  readonly familyName: string
  readonly state: 'draft' | 'checked' | 'issued' | 'dropped'
  readonly version: number
  readonly typed: TypedDraft
  readonly faultCount: number
  readonly total: Cents
  readonly replaces: InvoiceId | null
  readonly replacesNumber: string | null
  readonly invoiceNumber: string | null
  readonly savedAt: Instant
  readonly savedBy: string
}

const DRAFT = sql`select d.id, d.billing_unit_id as "unitId", d.establishment_id as "establishmentId",
    d.family_id as "familyId", f.name as "familyName", d.state, d.version, d.typed,
    d.fault_count as "faultCount", d.total_cents as total, d.replaces_invoice_id as replaces,
    r.number as "replacesNumber", i.number as "invoiceNumber",
    d.saved_at as "savedAt", d.saved_by as "savedBy"
  from invoice_draft d
  join family f on f.organisation_id = d.organisation_id and f.id = d.family_id
  left join invoice r on r.organisation_id = d.organisation_id and r.id = d.replaces_invoice_id
  left join invoice i on i.organisation_id = d.organisation_id and i.id = d.invoice_id`

export const findDraft = (
  read: Read,
  organisationId: OrganisationId,
  id: string,
): Promise<Draft | undefined> =>
  row<Draft>(read, sql`${DRAFT} where d.organisation_id = ${organisationId} and d.id = ${id}`)

/** These drafts, locked until the transaction ends, in the order of their ids. */
export const lockDrafts = (
  tx: Tx,
  organisationId: OrganisationId,
  ids: readonly string[],
): Promise<Draft[]> =>
  rows<Draft>(
    tx,
    sql`${DRAFT} where d.organisation_id = ${organisationId} and d.id = any(${[...ids]}::uuid[])
      order by d.id for update of d`,
  )

/** What lists ask for: only what this reach shows. */
export const reached = (reach: Reach, of: 'd' | 'i') =>
  reach === 'all'
    ? sql`true`
    : sql`(${sql.ref(`${of}.billing_unit_id`)} = any(${[...reach.unitIds]}::uuid[])
        or ${sql.ref(`${of}.establishment_id`)} = any(${[...reach.establishmentIds]}::uuid[]))`

/** Drafts not yet issued, the latest saved first. */
export const listOpenDrafts = (
  read: Read,
  organisationId: OrganisationId,
  reach: Reach,
  limit: number,
): Promise<Draft[]> =>
  rows<Draft>(
    read,
    sql`${DRAFT} where d.organisation_id = ${organisationId} and d.state in ('draft', 'checked')
      and ${reached(reach, 'd')} order by d.saved_at desc, d.id limit ${limit}`,
  )

type DraftHead = Pick<Draft, 'id' | 'unitId' | 'establishmentId' | 'familyId' | 'version' | 'typed'> & {
  readonly replaces?: InvoiceId | undefined
}

/** Keeps a draft as typed, with what was read of it; it is then unchecked. */
export async function writeDraft(
  tx: Tx,
  organisationId: OrganisationId,
  draft: DraftHead,
  read: ReadDraft,
  by: string,
  now: Instant,
): Promise<void> {
  const { id, unitId, establishmentId, familyId, version, typed } = draft
  const { total, period } = read
  await sql`insert into invoice_draft (organisation_id, id, billing_unit_id, establishment_id, family_id,
      state, version, typed, fault_count, has_double, total_cents, period_from, period_to,
      replaces_invoice_id, created_at, saved_at, saved_by)
    values (${organisationId}, ${id}, ${unitId}, ${establishmentId}, ${familyId}, 'draft', ${version},
      ${JSON.stringify(typed)}::jsonb, ${read.faults.length}, ${read.doubles.length > 0}, ${total},
      ${period?.from ?? null}, ${period?.to ?? null}, ${draft.replaces ?? null}, ${now}, ${now}, ${by})
    on conflict (organisation_id, id) do update set billing_unit_id = excluded.billing_unit_id,
      establishment_id = excluded.establishment_id, state = 'draft', version = excluded.version,
      typed = excluded.typed, fault_count = excluded.fault_count, has_double = excluded.has_double,
      total_cents = excluded.total_cents, period_from = excluded.period_from,
      period_to = excluded.period_to, saved_at = excluded.saved_at, saved_by = excluded.saved_by`.execute(tx)
}

export async function moveDraft(
  tx: Tx,
  organisationId: OrganisationId,
  id: string,
  state: 'checked' | 'dropped',
): Promise<void> {
  await sql`update invoice_draft set state = ${state}
    where organisation_id = ${organisationId} and id = ${id}`.execute(tx)
}

/** Notes which invoice each of these drafts became. */
export async function markIssued(
  tx: Tx,
  organisationId: OrganisationId,
  issued: readonly { readonly id: string; readonly invoiceId: InvoiceId }[],
): Promise<void> {
  await sql`update invoice_draft d set state = 'issued', invoice_id = one.invoice_id
    from unnest(${issued.map((one) => one.id)}::uuid[], ${issued.map((one) => one.invoiceId)}::uuid[])
      as one (id, invoice_id)
    where d.organisation_id = ${organisationId} and d.id = one.id`.execute(tx)
}

export type DraftFamily = {
  readonly id: FamilyId
  readonly name: string
  readonly payer: string
  readonly children: DraftContext['children']
}

/** The family an invoice would be for, its first payer and its children; another organisation's is not found. */
export async function findDraftFamily(
  read: Read,
  organisationId: OrganisationId,
  id: FamilyId,
): Promise<DraftFamily | undefined> {
  const found = await row<Omit<DraftFamily, 'children'>>(
    read,
    sql`select f.id, f.name, coalesce((select trim(a.last_name || ' ' || a.first_name) from adult a
        where a.organisation_id = f.organisation_id and a.family_id = f.id and a.role = 'payer'
          and a.left_on is null
        order by a.created_at, a.id limit 1), '') as payer
      from family f where f.organisation_id = ${organisationId} and f.id = ${id}`,
  )
  return found && { ...found, children: (await listChildren(read, organisationId, [id])).get(id) ?? [] }
}

/** The children of these families, by family: their own, and those that another payer's file shares. */
async function listChildren(
  read: Read,
  organisationId: OrganisationId,
  familyIds: readonly FamilyId[],
): Promise<Map<FamilyId, { id: ChildId; name: string }[]>> {
  const found = await rows<{ familyId: FamilyId; id: ChildId; name: string }>(
    read,
    sql`select mine."familyId", c.id, trim(c.last_name || ' ' || c.first_name) as name
      from (select family_id as "familyId", id from child
          where organisation_id = ${organisationId} and family_id = any(${[...familyIds]}::uuid[])
        union select family_id, child_id from child_dossier
          where organisation_id = ${organisationId} and family_id = any(${[...familyIds]}::uuid[])) mine
      join child c on c.organisation_id = ${organisationId} and c.id = mine.id
      order by c.first_name, c.last_name`,
  )
  return Map.groupBy(found, (one) => one.familyId)
}

/** What each of these drafts is read against: two reads for all of them. */
export async function readContexts(
  read: Read,
  organisationId: OrganisationId,
  drafts: readonly Pick<Draft, 'familyId' | 'establishmentId'>[],
): Promise<(draft: Pick<Draft, 'familyId' | 'establishmentId'>) => DraftContext> {
  const families = [...new Set(drafts.map((one) => one.familyId))]
  const establishments = [...new Set(drafts.map((one) => one.establishmentId))]
  const children = await listChildren(read, organisationId, families)
  const items = Map.groupBy(
    await listItems(read, organisationId, establishments),
    (one) => one.establishmentId,
  )
  return ({ familyId, establishmentId }) => ({
    children: children.get(familyId) ?? [],
    items: items.get(establishmentId) ?? [],
  })
}

/** The day as the editor shows it. */
const frenchDay = (day: Day | null): string =>
  day === null ? '' : `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** An issued invoice as it would be typed again. */
export async function retype(
  read: Read,
  organisationId: OrganisationId,
  invoiceId: InvoiceId,
): Promise<TypedDraft> {
  const head = await row<{
    establishment: EstablishmentId
    activity: string
    beneficiary: string
    referent: string
    periodFrom: Day | null
    periodTo: Day | null
    dueOn: Day | null
    onlineUntil: Day | null
    deskUntil: Day | null
  }>(
    read,
    sql`select establishment_id as establishment, activity, beneficiary, referent, period_from as "periodFrom",
        period_to as "periodTo", due_on as "dueOn", online_until as "onlineUntil", desk_until as "deskUntil"
      from invoice where organisation_id = ${organisationId} and id = ${invoiceId}`,
  )
  const lines = await rows<
    Pick<InvoiceLine, 'label' | 'quantityThousandths' | 'unit'> & { child: ChildId | null; day: Day | null }
  >(
    read,
    sql`select child_id as child, happened_on as day, label, quantity_thousandths as "quantityThousandths",
        unit_cents as unit
      from invoice_line where organisation_id = ${organisationId} and invoice_id = ${invoiceId} order by line`,
  )
  const decimal = (value: number, digits: number) => String(value / 10 ** digits).replace('.', ',')
  return {
    establishment: head?.establishment ?? '',
    activity: head?.activity ?? '',
    beneficiary: head?.beneficiary ?? '',
    referent: head?.referent ?? '',
    periodFrom: frenchDay(head?.periodFrom ?? null),
    periodTo: frenchDay(head?.periodTo ?? null),
    dueOn: frenchDay(head?.dueOn ?? null),
    onlineUntil: frenchDay(head?.onlineUntil ?? null),
    deskUntil: frenchDay(head?.deskUntil ?? null),
    lines: lines.map((line) => ({
      child: line.child ?? '',
      day: frenchDay(line.day),
      label: line.label,
      quantity: decimal(line.quantityThousandths, 3),
      price: decimal(line.unit, 2),
    })),
  }
}
