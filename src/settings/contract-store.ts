// One contract as its page shows it: what is set, which secrets there are, and what lately happened.
import { createHash } from 'node:crypto'
import type { Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import { type Read, row, sql } from '../platform/db.ts'
import { type ContractLine, listContracts } from './store.ts'

export type Contract = ContractLine & {
  readonly settings: { readonly [name: string]: string | null }
  /** Names of the secrets that are kept. */
  readonly secrets: readonly string[]
  /** Changes with anything of the contract. */
  readonly version: string
}

type Kept = {
  readonly settings: Contract['settings']
  readonly sealed: { readonly [name: string]: string }
}

/** The contract; undefined: the organisation has no such one. */
export async function findContract(
  read: Read,
  organisationId: OrganisationId,
  id: ContractId,
): Promise<Contract | undefined> {
  const line = (await listContracts(read, organisationId)).find((one) => one.id === id)
  const kept = await row<Kept>(
    read,
    sql`select settings, sealed_secrets as sealed from bank_contract
      where organisation_id = ${organisationId} and id = ${id}`,
  )
  if (!line || !kept) return undefined
  const { bankName, mode } = line
  const version = createHash('sha256')
    .update(JSON.stringify([bankName, mode, sorted(kept.settings), sorted(kept.sealed)]))
    .digest('base64url')
    .slice(0, 22)
  return { ...line, settings: kept.settings, secrets: Object.keys(kept.sealed), version }
}

const sorted = (from: object) => Object.entries(from).toSorted(([a], [b]) => (a < b ? -1 : 1))

export type Heard = { readonly notifiedAt: Instant | null; readonly capturedAt: Instant | null }

/** When the bank was last heard, and when money last came by it. */
export async function findHeard(read: Read, organisationId: OrganisationId, id: ContractId): Promise<Heard> {
  const found = await row<Heard>(
    read,
    sql`select
      (select received_at from bank_message
        where organisation_id = ${organisationId} and contract_id = ${id} and brought_by = 'notification'
        order by received_at desc limit 1) as "notifiedAt",
      (select captured_at from capture where organisation_id = ${organisationId} and contract_id = ${id}
        order by captured_at desc limit 1) as "capturedAt"`,
  )
  return found ?? { notifiedAt: null, capturedAt: null }
}

/** Whether a shop is known already, whoever's it is. */
export async function isShopKnown(
  read: Read,
  shop: { readonly gateway: string; readonly host: string; readonly shopNumber: string },
): Promise<boolean> {
  const found = await row(
    read,
    sql`select 1 from gateway_shop where gateway = ${shop.gateway} and host = ${shop.host}
      and shop_number = ${shop.shopNumber}`,
  )
  return found !== undefined
}
