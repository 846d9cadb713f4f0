import { assert, present } from '../kernel/assert.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { AccountId, BillingUnitId, EntryId, OrganisationId } from '../kernel/ids.ts'
import { rows, sql, type Tx } from '../platform/db.ts'
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
  const header = headerOf(entry)
  const inserted = await insertHeaders(tx, [header])
  if (inserted === 0) return existingEntry(tx, entry, header.content)
  const accounts: AccountId[] = []
  for (const { account } of entry.postings)
    accounts.push(await openAccount(tx, entry.organisationId, entry.billingUnitId, account, entry.bookedAt))
  await insertPostings(tx, [{ header, accounts }])
  return ok({ entryId: header.entryId, booked: true })
}

/**
 * Books entries of one organisation that are all new, together, by the rules of `postEntry`: a few
 * statements for however many. Throws when one of them was booked before.
 */
export async function postNewEntries(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const headers = entries.map(headerOf)
  const inserted = await insertHeaders(tx, headers)
  assert(
    inserted === entries.length,
    `${entries.length - inserted} of ${entries.length} entries were booked before`,
  )
  await openReceivables(tx, entries)
  const opened = new Map<string, AccountId>()
  const lines: { header: Header; accounts: AccountId[] }[] = []
  for (const header of headers) {
    const { organisationId, billingUnitId, postings, bookedAt } = header.entry
    const accounts: AccountId[] = []
    for (const { account } of postings) {
      const key = [billingUnitId, account.kind, 'familyId' in account ? account.familyId : ''].join(' ')
      const known = account.kind === 'receivable' ? receivableAccountId(account.invoiceId) : opened.get(key)
      const id = known ?? (await openAccount(tx, organisationId, billingUnitId, account, bookedAt))
      if (account.kind !== 'receivable') opened.set(key, id)
      accounts.push(id)
    }
    lines.push({ header, accounts })
  }
  await insertPostings(tx, lines)
}

type Header = { readonly entry: Entry; readonly entryId: EntryId; readonly content: Buffer }

function headerOf(entry: Entry): Header {
  assertBalanced(entry.postings)
  return { entry, entryId: newId<'entry'>(entry.bookedAt), content: sha256(entry.fact) }
}

/**
 * Inserts what is new of these; gives how many. Each accounting day is the entry's, or the first day
 * still open; shared, so that no closing overtakes it.
 */
async function insertHeaders(tx: Tx, headers: readonly Header[]): Promise<number> {
  const lines = headers.map(({ entry, entryId, content }) => ({
    organisation_id: entry.organisationId,
    id: entryId,
    billing_unit_id: entry.billingUnitId,
    kind: entry.kind,
    source_key: entry.sourceKey,
    content_sha256: `\\x${content.toString('hex')}`,
    accounting_on: entry.accountingOn,
    value_on: entry.valueOn,
    booked_at: entry.bookedAt,
    actor: entry.actor,
    reverses: entry.reverses ?? null,
    reason: entry.reason ?? null,
  }))
  const inserted = await rows(
    tx,
    sql`insert into entry (organisation_id, id, billing_unit_id, kind, source_key, content_sha256,
        accounting_on, value_on, booked_at, actor, reverses, reason)
      select organisation_id, id, billing_unit_id, kind, source_key, content_sha256,
        coalesce((select greatest(e.accounting_on, b.closed_through + 1) from books b
          where b.organisation_id = e.organisation_id for share), e.accounting_on),
        value_on, booked_at, actor, reverses, reason
      from json_populate_recordset(null::entry, ${JSON.stringify(lines)}::json) e
      on conflict (organisation_id, billing_unit_id, kind, source_key) do nothing returning id`,
  )
  return inserted.length
}

/** Locks balances in the order of the accounts' ids (reliability.md 3.5). */
async function insertPostings(
  tx: Tx,
  entries: readonly { readonly header: Header; readonly accounts: readonly AccountId[] }[],
): Promise<void> {
  const lines = entries.flatMap(({ header: { entry, entryId }, accounts }) =>
    entry.postings.map(({ cents }, index) => ({
      organisation_id: entry.organisationId,
      entry_id: entryId,
      line: index + 1,
      account_id: accounts[index],
      cents,
    })),
  )
  await sql`insert into posting (organisation_id, entry_id, line, account_id, cents)
    select organisation_id, entry_id, line, account_id, cents
    from json_populate_recordset(null::posting, ${JSON.stringify(lines)}::json)
    order by account_id`.execute(tx)
}

/** The accounts of invoices that have none yet. */
async function openReceivables(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const accounts = entries.flatMap(({ organisationId, billingUnitId, postings }) =>
    postings.flatMap(({ account }) =>
      account.kind === 'receivable'
        ? {
            organisation_id: organisationId,
            id: receivableAccountId(account.invoiceId),
            billing_unit_id: billingUnitId,
            kind: account.kind,
            family_id: account.familyId,
            invoice_id: account.invoiceId,
          }
        : [],
    ),
  )
  await sql`insert into account (organisation_id, id, billing_unit_id, kind, family_id, invoice_id)
    select organisation_id, id, billing_unit_id, kind, family_id, invoice_id
    from json_populate_recordset(null::account, ${JSON.stringify(accounts)}::json)
    on conflict do nothing`.execute(tx)
}

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
