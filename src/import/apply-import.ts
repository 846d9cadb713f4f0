import { present } from '../kernel/assert.ts'
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { type Read, row, sql, type Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { checkImport } from './check-import.ts'
import { checkPdfs } from './check-pdfs.ts'
import { importMoney } from './import-money.ts'
import { importPeople, type NewAccess } from './import-people.ts'
import type { Known } from './known.ts'
import { keepPdf } from './keep-pdf.ts'
import { parseRows } from './parse-rows.ts'
import type { Plan } from './plan.ts'
import { readFile } from './read-file.ts'
import { findKnown } from './store.ts'

export type ImportOptions = {
  readonly now: Instant
  /** Whether new adults are sent their activation link; without it they get a login and no word. */
  readonly mailActivation: boolean
  /** The folder of original PDFs, named by number. */
  readonly pdfFolder?: string | undefined
}

export type Imported = { readonly plan: Plan; readonly mails: number; readonly letters: readonly NewAccess[] }
export type ImportFailure =
  | { readonly kind: 'problems'; readonly plan: Plan }
  /** Another import is running in this deployment. */
  | { readonly kind: 'busy' }

/** One import at a time in a deployment: identifiers and opening numbers are drawn under this lock. */
const IMPORT_LOCK = 2012_0412

/** What an import of this file would do. Writes nothing. */
export async function planImport(
  read: Read,
  organisationId: OrganisationId,
  content: string | Uint8Array,
  options: Pick<ImportOptions, 'pdfFolder'>,
): Promise<{ plan: Plan; known: Known }> {
  const file = readFile(content)
  const { records, problems } = parseRows(file.rows)
  const known = await findKnown(read, organisationId, records)
  const plan = checkImport(records, known, [...file.problems, ...problems])
  if (options.pdfFolder !== undefined) await checkPdfs(records.invoices, known, options.pdfFolder, plan)
  return { plan, known }
}

/**
 * Imports a file in one transaction, all or nothing. The same file again changes nothing, a later
 * one adds what is new, and an issued invoice is never altered. `letters` are the accesses of new
 * adults without a mail address, their tokens known to nobody else.
 */
export async function applyImport(
  { db }: Pick<Services, 'db'>,
  organisationId: OrganisationId,
  content: string | Uint8Array,
  options: ImportOptions,
): Promise<Result<Imported, ImportFailure>> {
  return db.transaction(async (tx) => {
    const lock = await row<{ free: boolean }>(
      tx,
      sql`select pg_try_advisory_xact_lock(${IMPORT_LOCK}) as free`,
    )
    if (lock?.free !== true) return fail({ kind: 'busy' } as const)
    // Checking a large file, and the checks that the ledger defers to the commit, take longer than
    // a page's transaction may.
    await sql`set local statement_timeout = 0`.execute(tx)
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    const { plan, known } = await planImport(tx, organisationId, content, options)
    if (plan.problems.length > 0) return fail({ kind: 'problems', plan } as const)
    await claimSeries(tx, organisationId, plan)
    const people = await importPeople(tx, organisationId, plan, known, options)
    const issued = await importMoney(tx, organisationId, plan, known, people, options.now)
    for (const pdf of plan.pdfs) {
      const invoiceId = pdf.invoiceId ?? present(issued.get(pdf.number), `no invoice ${pdf.number}`)
      await keepPdf(tx, organisationId, invoiceId, pdf.file, options.now)
    }
    return ok({ plan, mails: people.mails, letters: people.letters })
  })
}

/** From its first imported invoice on, a series is numbered by the other software. */
async function claimSeries(tx: Tx, organisationId: OrganisationId, plan: Plan): Promise<void> {
  const codes = [...new Set(plan.invoices.created.map(({ record }) => record.unit))]
  if (codes.length === 0) return
  await sql`update billing_unit set series_source = 'import'
    where organisation_id = ${organisationId} and code = any(${codes}) and series_source is null`.execute(tx)
}
