import { rows, sql, type Tx } from '../platform/db.ts'
import type { Keys } from '../platform/secrets.ts'

type Kept = {
  readonly organisationId: string
  readonly id: string
  readonly secrets: { readonly [name: string]: string }
}

/**
 * Seals every secret of every contract under another key: all of them or none. Gives how many. Throws
 * when one does not open under `from`: a database half under one key, half under another, is no use.
 */
export async function resealSecrets(tx: Tx, from: Keys, to: Keys): Promise<number> {
  const contracts = await rows<Kept>(
    tx,
    sql`select organisation_id as "organisationId", id, sealed_secrets as secrets from bank_contract
      order by organisation_id, id for update`,
  )
  let count = 0
  for (const { organisationId, id, secrets } of contracts) {
    const resealed = Object.entries(secrets).map(([name, sealed]) => [name, to.seal(from.open(sealed))])
    await tx
      .updateTable('bank_contract')
      .set({ sealed_secrets: JSON.stringify(Object.fromEntries(resealed)) })
      .where('organisation_id', '=', organisationId)
      .where('id', '=', id)
      .execute()
    count += resealed.length
  }
  return count
}
