// The shops a message may be for, kept in memory: a message that nobody signed costs the database
// nothing.
import { present } from '../kernel/assert.ts'
import type { AttemptId, ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/dates.ts'
import { type Read, row, rows, sql } from '../platform/db.ts'
import type { Keys } from '../platform/secrets.ts'
import type { GatewayName, Gateways } from '../organisations/contract.ts'
import type { ContractMode } from '../organisations/organisation.ts'
import type { OpenContract, Transport } from './gateway.ts'
import { askBank } from './gateways/ask-bank.ts'
import { adapterOf } from './gateways/registry.ts'
import { createLines, type Lines } from './gateways/spare-bank.ts'

/** A list older than this is read again; an unknown shop asks for a new one at most this often. */
const FRESH_MS = 60_000
const RETRY_MS = 5_000
/** Strangers may call: one question about one payment in so long. */
const ASK_AGAIN_MS = 2_000
/** However many messages are refused, the log says it once in so long. */
const TELL_AGAIN_MS = 60_000

export type Shops = {
  /** Every contract under this shop number: on two platforms one number may name two shops. */
  readonly byNumber: (
    gateway: GatewayName,
    shopNumber: string,
    now: Instant,
  ) => Promise<readonly OpenContract[]>
  /** The contract whose own address was called; none or one. */
  readonly byId: (gateway: GatewayName, contractId: string, now: Instant) => Promise<readonly OpenContract[]>
  /** The origins that families are led to, for the Content-Security-Policy. */
  readonly formOrigins: () => readonly string[]
  /** Whether this contract was known; reads the shops again when it was not. */
  readonly knows: (contractId: ContractId, now: Instant) => Promise<boolean>
  readonly refresh: (now: Instant) => Promise<void>
  /** Counts notifications that claimed this shop with a wrong signature, in memory alone. */
  readonly countRefused: (contract: RefusedShop, count?: number) => void
  /** What was counted since it was last taken. */
  readonly takeRefused: () => readonly { readonly contract: RefusedShop; readonly count: number }[]
  /** The way to a contract's bank, which is left alone for a while when it fails. */
  readonly lineTo: Lines['lineTo']
  readonly restsUntil: Lines['restsUntil']
  /** The way to any bank, whatever it did before: for a person who tries it. */
  readonly direct: Transport
  /** Whether the bank may be asked about this attempt now, outside its ladder: once in a while. */
  readonly mayAsk: (attemptId: AttemptId, now: Instant) => boolean
  /** Whether the log may say now that messages are refused, and why: once in a while. */
  readonly mayTell: (what: string, now: Instant) => boolean
  /** Whether a bank of this organisation is in its test mode. */
  readonly isTesting: (organisationId: OrganisationId) => boolean
}

type RefusedShop = Pick<OpenContract, 'organisationId' | 'id' | 'shopNumber'>

/**
 * Reads the shops when needed and keeps them. Keys stay sealed until a message asks for its shop's,
 * then open until the shops are read again: a key that does not open stops that shop alone.
 */
export function createShops(read: Read, keys: Keys, transport: Transport = askBank()): Shops {
  let known: readonly SealedContract[] = []
  let opened = new Map<SealedContract, OpenContract>()
  let origins: readonly string[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  let refused = new Map<ContractId, { contract: RefusedShop; count: number }>()
  const readAll = async (now: Instant) => {
    known = await rows<SealedContract>(read, CONTRACT)
    opened = new Map()
    origins = [...new Set(known.map(originOf))]
    readAt = now.getTime()
  }
  // However many messages ask at once, the database is asked once.
  const refresh = (now: Instant) =>
    (reading ??= readAll(now).finally(() => {
      reading = undefined
    }))
  const find = async (isWanted: (contract: SealedContract) => boolean, now: Instant) => {
    const age = now.getTime() - readAt
    if (age > FRESH_MS || (!known.some(isWanted) && age > RETRY_MS)) await refresh(now)
    return known.filter(isWanted).map((sealed) => {
      const contract = opened.get(sealed) ?? open(sealed, keys)
      opened.set(sealed, contract)
      return contract
    })
  }
  return {
    byNumber: (gateway, shopNumber, now) =>
      find((one) => one.gateway === gateway && one.shopNumber === shopNumber, now),
    byId: (gateway, contractId, now) => find((one) => one.gateway === gateway && one.id === contractId, now),
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
    ...createLines(transport),
    direct: transport,
    mayAsk: createPacer(ASK_AGAIN_MS),
    mayTell: createPacer(TELL_AGAIN_MS),
    isTesting: (organisationId) =>
      known.some((one) => one.organisationId === organisationId && one.mode === 'TEST'),
  }
}

/** Lets each key pass once in so many milliseconds; what is older is forgotten. */
function createPacer(pauseMs: number): (key: string, now: Instant) => boolean {
  const passed = new Map<string, number>()
  return (key, now) => {
    const at = now.getTime()
    for (const [known, last] of passed) {
      if (at - last < pauseMs) break
      passed.delete(known)
    }
    if (passed.has(key)) return false
    passed.set(key, at)
    return true
  }
}

/** A row of the table: its settings are those of its gateway, and its secrets are sealed one by one. */
type SealedContract = {
  readonly organisationId: OrganisationId
  readonly id: ContractId
  readonly gateway: GatewayName
  readonly mode: ContractMode
  readonly shopNumber: string
  readonly bankName: string
  readonly settings: Gateways[GatewayName]['settings']
  readonly sealedSecrets: { readonly [name: string]: string }
}

const CONTRACT = sql<SealedContract>`select organisation_id as "organisationId", id, gateway, mode,
  shop_number as "shopNumber", bank_name as "bankName", settings, sealed_secrets as "sealedSecrets"
  from bank_contract`

const originOf = ({ gateway, settings }: SealedContract): string => adapterOf(gateway).pageOrigin(settings)

function open({ sealedSecrets, ...contract }: SealedContract, keys: Keys): OpenContract {
  const opened = Object.entries(sealedSecrets).map(([name, sealed]) => [name, keys.open(sealed)])
  // The table keeps, for each gateway, what its description gave.
  return { ...contract, secrets: Object.fromEntries(opened) } as OpenContract
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
