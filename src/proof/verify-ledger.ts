import type { OrganisationId } from '../kernel/ids.ts'
import { type Db, sql, type Tx } from '../platform/db.ts'
import { openCheck } from './check.ts'
import { findBrokenRules, findWrongBalances } from './rules-store.ts'
import { countUnsealed, listClosings, streamSeals } from './store.ts'
import type { Verdict } from './verdict.ts'

/** Beyond every sequence. */
const END = Number.MAX_SAFE_INTEGER

/**
 * Recomputes every seal, closing and balance of an organisation from its rows, in one snapshot, and
 * compares what must agree. With a head recorded earlier, a chain that was cut is seen too.
 */
export function verifyLedger(
  db: Db,
  organisationId: OrganisationId,
  recordedHead: string | undefined,
): Promise<Verdict> {
  return readSnapshot(db, async (tx) => {
    const closings = await listClosings(tx, organisationId)
    const check = openCheck(organisationId, closings, recordedHead)
    await streamSeals(tx, organisationId, 1, END, (seals) => {
      for (const one of seals) check.seal(one.sequence, one.sha256, one.entryId === null ? undefined : one)
    })
    const { findings, seals, head } = check.finish()
    return {
      seals,
      head,
      unsealed: await countUnsealed(tx, organisationId),
      closings: closings.length,
      closedThrough: closings.at(-1)?.toOn,
      findings: [
        ...findings,
        ...(await findWrongBalances(tx, organisationId)),
        ...(await findBrokenRules(tx, organisationId)),
      ],
    }
  })
}

/** Reads the whole ledger as it stands at one moment, however long it takes; writes nothing. */
export function readSnapshot<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx)
    await sql`set local statement_timeout = 0`.execute(tx)
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    // Sums of every account: of millions, they would go to disk again and again in the usual 4 MB.
    await sql`set local work_mem = '64MB'`.execute(tx)
    return work(tx)
  })
}
