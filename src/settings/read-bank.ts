// How a unit stands with its bank: its contract, what was heard of it, and what is left to do.
import type { Instant } from '../kernel/dates.ts'
import type { BillingUnitId } from '../kernel/ids.ts'
import type { Shops } from '../payments/shops.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import { type Contract, findContract, findHeard, type Heard } from './contract-store.ts'
import { mayChange } from './names.ts'
import { type ContractLine, countUnderWay, listContracts } from './store.ts'

export type ContractState = Heard & {
  readonly contract: Contract
  readonly notificationUrl: string
  readonly underWay: number
  /** Until when the bank is left alone. */
  readonly restsUntil: Instant | undefined
  readonly mayChange: boolean
  readonly inDemo: boolean
}

export type Bank = {
  readonly state: ContractState | undefined
  /** The organisation's contracts, for who has the right on the whole of it. */
  readonly all: readonly ContractLine[]
  readonly mayCreate: boolean
}

export async function readContractState(
  { db, config }: Services,
  shops: Shops,
  actor: StaffActor,
  id: ContractLine['id'],
  now: Instant,
): Promise<ContractState | undefined> {
  const { organisationId } = actor
  const contract = await findContract(db, organisationId, id)
  if (!contract) return undefined
  const path =
    contract.gateway === 'systempay'
      ? paths.bankNotification
      : paths.contractNotification(contract.gateway, contract.id)
  return {
    contract,
    ...(await findHeard(db, organisationId, id)),
    notificationUrl: config.publicUrl + path,
    underWay: await countUnderWay(db, organisationId, { contractId: id }),
    restsUntil: shops.restsUntil(id, now),
    mayChange: mayChange(actor, contract),
    inDemo: config.mode === 'demo',
  }
}

export async function readBank(
  services: Services,
  shops: Shops,
  actor: StaffActor,
  unitId: BillingUnitId,
  now: Instant,
): Promise<Bank> {
  const contracts = await listContracts(services.db, actor.organisationId)
  const own = contracts.find(({ units }) => units.some(({ id }) => id === unitId))
  const mayCreate = may(actor.grants, 'bank.edit', 'organisation')
  return {
    state: own && (await readContractState(services, shops, actor, own.id, now)),
    all: mayCreate ? contracts : [],
    mayCreate,
  }
}
