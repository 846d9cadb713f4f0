import { assert, present } from '../kernel/assert.ts'
import type { Day } from '../kernel/dates.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { AccountId, BillingUnitId, EntryId, OrganisationId } from '../kernel/ids.ts'
import { sql, type Tx } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import { type AccountName, type Entry, accountKey, assertBalanced, receivableAccountId } from './ledger.ts'
import { shareFamily } from './store.ts'

/**
 * Books an entry once. The same fact again gives `exists` and books nothing; the same key with
 * another content is a failure, never silently dropped (tigerbeetle's rule, L3). An accounting day
 * that is closed gives way to the first open day; the value day stays what it was (F74).
 */
export async function postEntry(
  tx: Tx,
  entry: Entry,
): Promise<Result<{ entryId: EntryId; booked: boolean }, 'exists-with-other-content'>> {
  assertBalanced(entry.postings)
  const { organisationId, billingUnitId } = entry
  const entryId = newId<'entry'>(entry.bookedAt)
  const content = sha256(entry.fact)
  const inserted = await tx
    .insertInto('entry')
    .values({
      organisation_id: organisationId,
      id: entryId,
      billing_unit_id: billingUnitId,
      kind: entry.kind,
      source_key: entry.sourceKey,
      content_sha256: content,
      accounting_on: firstOpenDay(entry),
      value_on: entry.valueOn,
      booked_at: entry.bookedAt,
      actor: entry.actor,
      reverses: entry.reverses ?? null,
      reason: entry.reason ?? null,
    })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'billing_unit_id', 'kind', 'source_key']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return existingEntry(tx, entry, content)
  const accounts: AccountId[] = []
  for (const { account } of entry.postings)
    accounts.push(await openAccount(tx, organisationId, billingUnitId, account, entry.bookedAt))
  await sql`insert into posting (organisation_id, entry_id, line, account_id, cents)
    select ${organisationId}, ${entryId}, line, account_id, cents
    from unnest(${accounts}::uuid[], ${entry.postings.map((posting) => posting.cents)}::bigint[])
      with ordinality as one (account_id, cents, line)
    order by account_id`.execute(tx)
  return ok({ entryId, booked: true })
}

/** The entry's accounting day, or the first day still open; shared, so that no closing overtakes it. */
const firstOpenDay = ({ organisationId, accountingOn }: Entry) =>
  sql<Day>`coalesce((select greatest(${accountingOn}::date, closed_through + 1) from books
    where organisation_id = ${organisationId} for share), ${accountingOn}::date)`

async function existingEntry(tx: Tx, entry: Entry, content: Buffer) {
  const known = await tx
    .selectFrom('entry')
    .select(['id', 'content_sha256'])
    .where('organisation_id', '=', entry.organisationId)
    .where('billing_unit_id', '=', entry.billingUnitId)
    .where('kind', '=', entry.kind)
    .where('source_key', '=', entry.sourceKey)
    .executeTakeFirst()
  const found = present(known, `entry ${entry.kind} ${entry.sourceKey} is neither new nor there`)
  if (!found.content_sha256.equals(content)) return fail('exists-with-other-content' as const)
  return ok({ entryId: found.id as EntryId, booked: false })
}

async function openAccount(
  tx: Tx,
  organisationId: OrganisationId,
  billingUnitId: BillingUnitId,
  account: AccountName,
  now: Date,
): Promise<AccountId> {
  const { invoiceId, ...key } = accountKey(account)
  // A family's credit is one account, also once its file was merged into another. An invoice keeps its
  // own, under the file it was made out to, whoever pays it.
  const familyId =
    account.kind === 'credit' ? await shareFamily(tx, organisationId, account.familyId) : key.familyId
  const find = () =>
    tx
      .selectFrom('account')
      .select('id')
      .where('organisation_id', '=', organisationId)
      .where('billing_unit_id', '=', billingUnitId)
      .where('kind', '=', account.kind)
      .$if(invoiceId === null, (query) =>
        query.where('family_id', familyId === null ? 'is' : '=', familyId).where('invoice_id', 'is', null),
      )
      .$if(invoiceId !== null, (query) => query.where('id', '=', invoiceId))
      .executeTakeFirst()
  const known = await find()
  if (known) return known.id as AccountId
  const id = account.kind === 'receivable' ? receivableAccountId(account.invoiceId) : newId<'account'>(now)
  const opened = await tx
    .insertInto('account')
    .values({
      organisation_id: organisationId,
      id,
      billing_unit_id: billingUnitId,
      kind: account.kind,
      family_id: familyId,
      invoice_id: invoiceId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  const found = opened ?? (await find())
  assert(found, `no account ${account.kind}`)
  return found.id as AccountId
}
