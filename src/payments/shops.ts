// The shops a message may be for, kept in memory: a message that nobody signed costs the database
// nothing.
import { present } from '../kernel/assert.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/dates.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
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
  /** Whether this contract was known; reads the shops again when it was not. */
  readonly knows: (contractId: ContractId, now: Instant) => Promise<boolean>
  readonly refresh: (now: Instant) => Promise<void>
  /** Counts notifications that claimed this shop with a wrong signature, in memory alone. */
  readonly countRefused: (contract: RefusedShop, count?: number) => void
  /** What was counted since it was last taken. */
  readonly takeRefused: () => readonly { readonly contract: RefusedShop; readonly count: number }[]
}

type RefusedShop = Pick<OpenContract, 'organisationId' | 'id' | 'shopNumber'>

/**
 * Reads the shops when needed and keeps them. Keys stay sealed until a message asks for its shop's:
 * a key that does not open stops that shop alone.
 */
export function createShops(read: Read, keys: Keys): Shops {
  let known: readonly SealedContract[] = []
  let origins: readonly string[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  let refused = new Map<ContractId, { contract: RefusedShop; count: number }>()
  const readAll = async (now: Instant) => {
    known = await rows<SealedContract>(read, CONTRACT)
    origins = [...new Set(known.map((contract) => new URL(contract.formUrl).origin))]
    readAt = now.getTime()
  }
  // However many messages ask at once, the database is asked once.
  const refresh = (now: Instant) =>
    (reading ??= readAll(now).finally(() => {
      reading = undefined
    }))
  return {
    byNumber: async (shopNumber, now) => {
      const find = () => known.filter((contract) => contract.shopNumber === shopNumber)
      const age = now.getTime() - readAt
      if (age > FRESH_MS || (find().length === 0 && age > RETRY_MS)) await refresh(now)
      return find().map((contract) => open(contract, keys))
    },
    formOrigins: () => origins,
    knows: async (contractId, now) => {
      if (known.some((contract) => contract.id === contractId)) return true
      await refresh(now)
      return false
    },
    refresh,
    countRefused: ({ organisationId, id, shopNumber }, count = 1) => {
      const before = refused.get(id)?.count ?? 0
      refused.set(id, { contract: { organisationId, id, shopNumber }, count: before + count })
    },
    takeRefused: () => {
      const taken = [...refused.values()]
      refused = new Map()
      return taken
    },
  }
}

type SealedContract = Omit<OpenContract, 'key' | 'rest'> & {
  readonly sealedKey: string
  readonly restUrl: string | null
  readonly sealedRestPassword: string | null
}

const CONTRACT = sql<SealedContract>`select organisation_id as "organisationId", id, mode,
  form_url as "formUrl", shop_number as "shopNumber", sealed_key as "sealedKey", bank_name as "bankName",
  rest_url as "restUrl", sealed_rest_password as "sealedRestPassword"
  from bank_contract`

function open(
  { sealedKey, restUrl, sealedRestPassword, ...contract }: SealedContract,
  keys: Keys,
): OpenContract {
  const rest =
    restUrl === null || sealedRestPassword === null
      ? null
      : { url: restUrl, password: keys.open(sealedRestPassword) }
  return { ...contract, key: keys.open(sealedKey), rest }
}

/** One contract, with its key opened. */
export async function getContract(
  read: Read,
  keys: Keys,
  organisationId: OrganisationId,
  contractId: ContractId,
): Promise<OpenContract> {
  const contract = await row<SealedContract>(
    read,
    sql`${CONTRACT} where organisation_id = ${organisationId} and id = ${contractId}`,
  )
  return open(present(contract, `no contract ${contractId}`), keys)
}
