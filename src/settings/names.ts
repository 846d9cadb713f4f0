// The names of what settings choose by id.
import type { OrganisationId } from '../kernel/ids.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may, mayOnAll } from '../staff/rights.ts'
import type { Names } from './setting.ts'
import { type ContractLine, listContracts } from './store.ts'
import { bankTexts } from './bank-texts.ts'

/**
 * Whether the actor may change a contract, or choose it: a contract belongs to all units that it serves,
 * so the right must hold on each of them; one that serves none is the organisation's.
 */
export const mayChange = (actor: StaffActor, { units }: Pick<ContractLine, 'units'>): boolean =>
  mayOnAll(
    actor.grants,
    'bank.edit',
    units.map(({ id }) => id),
  )

/** Contracts by id, and whether one may be chosen. */
export async function namesFor(
  read: Read,
  organisationId: OrganisationId,
): Promise<{ readonly names: Names; readonly mayUse: (actor: StaffActor, contractId: string) => boolean }> {
  const contracts = await listContracts(read, organisationId)
  return {
    names: new Map(contracts.map((one) => [one.id, bankTexts.contractName(one)])),
    mayUse: (actor, contractId) =>
      contracts.some(
        (one) =>
          one.id === contractId &&
          (may(actor.grants, 'bank.edit', 'organisation') ||
            one.units.some(({ id }) => may(actor.grants, 'bank.edit', { unitId: id }))),
      ),
  }
}
