// The shops a message may be for, with their keys opened, kept in memory: a message that nobody
// signed costs the database nothing.
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/dates.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import type { Keys } from '../platform/secrets.ts'
import type { OpenContract } from './gateway.ts'

/** A list older than this is read again; an unknown shop asks for a new one at most this often. */
const FRESH_MS = 60_000
const RETRY_MS = 5_000

export type Shops = {
  /** Every contract under this shop number: on two platforms one number may name two shops. */
  readonly byNumber: (shopNumber: string, now: Instant) => Promise<readonly OpenContract[]>
  /** The origins that forms are posted to, for the Content-Security-Policy. */
  readonly formOrigins: () => readonly string[]
  readonly refresh: (now: Instant) => Promise<void>
}

/** Reads the shops when needed and keeps them. */
export function createShops(read: Read, keys: Keys): Shops {
  let known: readonly OpenContract[] = []
  let readAt = Number.NEGATIVE_INFINITY
  const refresh = async (now: Instant) => {
    known = await listContracts(read, keys)
    readAt = now.getTime()
  }
  return {
    byNumber: async (shopNumber, now) => {
      const find = () => known.filter((contract) => contract.shopNumber === shopNumber)
      const age = now.getTime() - readAt
      if (age > FRESH_MS || (find().length === 0 && age > RETRY_MS)) await refresh(now)
      return find()
    },
    formOrigins: () => [...new Set(known.map((contract) => new URL(contract.formUrl).origin))],
    refresh,
  }
}

type ContractRow = Omit<OpenContract, 'key'> & { sealedKey: string }

async function listContracts(read: Read, keys: Keys): Promise<OpenContract[]> {
  const found = await rows<ContractRow>(
    read,
    sql`select organisation_id as "organisationId", id, mode, form_url as "formUrl",
      shop_number as "shopNumber", sealed_key as "sealedKey", bank_name as "bankName" from bank_contract`,
  )
  return found.map(({ sealedKey, ...contract }) => ({ ...contract, key: keys.open(sealedKey) }))
}

/** One contract, with its key opened. */
export async function getContract(
  read: Read,
  keys: Keys,
  organisationId: OrganisationId,
  contractId: ContractId,
): Promise<OpenContract> {
  const contract = (await listContracts(read, keys)).find(
    (one) => one.organisationId === organisationId && one.id === contractId,
  )
  if (!contract) throw new Error(`no contract ${contractId}`)
  return contract
}
