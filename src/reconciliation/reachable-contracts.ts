import { readId } from '../kernel/ids.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { reaches, reachOf, type Right } from '../staff/rights.ts'
import { type CheckedContract, listCheckedContracts } from './store.ts'

/** The contracts that serve a unit where this right is held. */
export async function reachableContracts(
  read: Read,
  actor: StaffActor,
  right: Right,
): Promise<readonly CheckedContract[]> {
  const reach = reachOf(actor.grants, right)
  const found = await listCheckedContracts(read, actor.organisationId)
  return found.filter(({ units }) => units.some(({ id }) => reaches(reach, id)))
}

/** The contract asked for, the first one when none is; undefined when it is out of reach. */
export async function requireContract(
  read: Read,
  actor: StaffActor,
  right: Right,
  asked: string | undefined,
): Promise<CheckedContract | undefined> {
  const contracts = await reachableContracts(read, actor, right)
  if (asked === undefined) return contracts[0]
  return contracts.find(({ id }) => id === readId<'contract'>(asked))
}
