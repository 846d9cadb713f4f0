// Somebody with the database’s own password: no trigger stops them.
import type { Db } from '../../src/platform/db.ts'
import type { Till } from './till.ts'

/** Runs statements with every trigger silenced, as a superuser may. */
export async function forge(
  db: Db,
  till: Pick<Till, 'organisationId'>,
  ...statements: readonly string[]
): Promise<void> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    for (const statement of statements)
      await client.query(statement.replaceAll('$organisation', `'${till.organisationId}'`))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Makes the balances agree with the postings again. */
export const RIGHT_BALANCES = `update balance b set cents = coalesce((select sum(cents) from posting p
    where p.organisation_id = b.organisation_id and p.account_id = b.account_id), 0)
  where organisation_id = $organisation`

const FROM_SEALS = 'from seal where organisation_id = $organisation and'
/** The entry of a seal, in a statement. */
export const sealed = (sequence: number): string => `(select entry_id ${FROM_SEALS} sequence = ${sequence})`

/** Takes entries and their lines away: those whose seals meet the condition. */
export const removing = (condition: string): readonly string[] => [
  `create temporary table gone on commit drop as select entry_id as id ${FROM_SEALS} ${condition}`,
  'delete from posting where organisation_id = $organisation and entry_id in (select id from gone)',
  'delete from entry where organisation_id = $organisation and id in (select id from gone)',
]
