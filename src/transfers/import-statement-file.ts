import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Result, ok } from '../kernel/result.ts'
import { row, sql } from '../platform/db.ts'
import { newId, sha256 } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { importStatement, type StatementFailure, type StatementReport } from './import-statement.ts'

type FirstRead = { readonly name: string; readonly by: string; readonly at: Instant }

/**
 * Reads a statement of account that a person brought, once: the same file again gives `firstRead` and
 * is not read. What was read of it by another way counts once all the same.
 */
export async function importStatementFile(
  services: Services,
  file: { readonly name: string; readonly content: Uint8Array },
  by: { readonly organisationId: OrganisationId; readonly name: string },
  accepts: (iban: string) => boolean,
): Promise<Result<{ report?: StatementReport; firstRead?: FirstRead }, StatementFailure>> {
  const { db, clock } = services
  const { organisationId } = by
  const hash = sha256(file.content)
  const firstRead = await row<FirstRead>(
    db,
    sql`select name, read_name as by, read_at as at from statement_file
      where organisation_id = ${organisationId} and sha256 = ${hash}`,
  )
  if (firstRead) return ok({ firstRead })
  const read = await importStatement(
    services,
    file.content,
    (holder, iban) => holder === organisationId && accepts(iban),
  )
  if (!read.ok) return read
  const now = clock.now()
  // After the lines, so that a reading cut short goes on with the same file.
  await db.transaction((tx) =>
    tx
      .insertInto('statement_file')
      .values({
        organisation_id: organisationId,
        id: newId<'statementFile'>(now),
        name: file.name,
        sha256: hash,
        read_name: by.name,
        read_at: now,
      })
      .onConflict((conflict) => conflict.columns(['organisation_id', 'sha256']).doNothing())
      .execute(),
  )
  return ok({ report: read.value })
}
