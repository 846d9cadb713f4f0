import type { Instant } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { listFamilyUnits } from '../organisations/store.ts'
import type { Tx } from '../platform/db.ts'
import { finishTask } from '../tasks/finish-task.ts'
import { taskKey } from './import-statement.ts'
import { dismissTransfer, type Owner, recordTransfer } from './record-transfer.ts'
import { listPayable, lockWaiting } from './store.ts'

type Decision = {
  readonly organisationId: OrganisationId
  readonly transferId: string
  readonly now: Instant
  readonly actor: string
}

/** Whose it is, by an invoice's number, or by a family and the code of one of its units (credit). */
export type Claim =
  | { readonly kind: 'invoice'; readonly number: string }
  | {
      readonly kind: 'family'
      readonly family: { readonly id: FamilyId; readonly name: string }
      readonly unitCode: string
    }

export type AssignFailure = 'unknown-transfer' | 'unknown-invoice' | 'unknown-unit'

/**
 * Books a waiting transfer on an invoice, or as credit of a family at a unit, as a person said. One
 * that waits no longer is unknown: two people cannot both assign it.
 */
export async function assignTransfer(
  tx: Tx,
  { organisationId, transferId, now, actor }: Decision,
  claim: Claim,
): Promise<Result<Owner, AssignFailure>> {
  const transfer = await lockWaiting(tx, organisationId, transferId)
  if (!transfer) return fail('unknown-transfer')
  const owner = await ownerOf(tx, organisationId, claim)
  if (typeof owner === 'string') return fail(owner)
  await recordTransfer(tx, owner, transfer, now, actor)
  await finishTask(tx, organisationId, taskKey(transfer.id), now)
  return ok(owner)
}

async function ownerOf(
  tx: Tx,
  organisationId: OrganisationId,
  claim: Claim,
): Promise<Owner | 'unknown-invoice' | 'unknown-unit'> {
  if (claim.kind === 'invoice') {
    const [invoice] = await listPayable(tx, organisationId, [claim.number])
    return invoice ? { ...invoice, organisationId, invoices: [invoice.id] } : 'unknown-invoice'
  }
  const { id: familyId, name: familyName } = claim.family
  const units = await listFamilyUnits(tx, organisationId, familyId)
  const unit = units.find(({ code }) => code === claim.unitCode)
  return unit
    ? { organisationId, billingUnitId: unit.id, familyId, familyName, invoices: [] }
    : 'unknown-unit'
}

/** Takes a transfer that is none of the families' off the list, with the reason. */
export async function setTransferAside(
  tx: Tx,
  { organisationId, transferId, now, actor }: Decision,
  reason: string,
): Promise<Result<undefined, 'unknown-transfer'>> {
  const transfer = await lockWaiting(tx, organisationId, transferId)
  if (!transfer) return fail('unknown-transfer')
  await dismissTransfer(tx, organisationId, transfer.id, reason, now, actor)
  await finishTask(tx, organisationId, taskKey(transfer.id), now)
  return ok(undefined)
}
