import type { OrganisationId } from '../kernel/ids.ts'
import type { ContractMode } from '../organisations/organisation.ts'
import { rows, sql } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import type { EnquireFailure, Transport } from './gateway.ts'
import { openGateway } from './gateways/registry.ts'
import { getContract } from './shops.ts'
import type { ContractId } from '../kernel/ids.ts'

/** silent: nothing can be asked under this contract · sealed: its secrets do not open under SECRET_KEY. */
export type TestedContract = {
  readonly shopNumber: string
  readonly mode: ContractMode
  readonly bankName: string
  readonly outcome: 'answered' | 'silent' | 'sealed' | EnquireFailure
}

/** Asks the bank of each contract whether it knows the shop and its secrets; changes nothing. */
export async function testContracts(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  organisationId: OrganisationId,
  transport: Transport,
): Promise<TestedContract[]> {
  const contracts = await rows<{ id: ContractId } & Omit<TestedContract, 'outcome'>>(
    db,
    sql`select id, shop_number as "shopNumber", mode, bank_name as "bankName" from bank_contract
      where organisation_id = ${organisationId} order by shop_number`,
  )
  const tested: TestedContract[] = []
  for (const { id, ...contract } of contracts) {
    const outcome = await testContract({ db, keys }, organisationId, id, transport)
    tested.push({ ...contract, outcome })
  }
  return tested
}

/** As `testContracts`, for one. */
export async function testContract(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  organisationId: OrganisationId,
  contractId: ContractId,
  transport: Transport,
): Promise<TestedContract['outcome']> {
  const contract = await getContract(db, keys, organisationId, contractId).catch(() => undefined)
  if (!contract) return 'sealed'
  const { testConnection } = openGateway(contract)
  if (testConnection === null) return 'silent'
  const tested = await testConnection(transport)
  return tested.ok ? 'answered' : tested.failure
}
