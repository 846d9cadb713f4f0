import type { Services } from '../platform/services.ts'
import { sha256 } from '../platform/secrets.ts'
import { openTask } from '../tasks/open-task.ts'
import type { FamilyActor } from './actor.ts'
import { setMobile } from './login-store.ts'
import { readMobile } from './names.ts'

export type Address = { readonly address: string; readonly postalCode: string; readonly city: string }

/** Writes the mobile number, or removes it when nothing is typed; false when it is not a number. */
export async function changeMobile({ db }: Services, actor: FamilyActor, typed: string): Promise<boolean> {
  const mobile = typed.trim() === '' ? null : readMobile(typed)
  if (mobile === undefined) return false
  await db.transaction((tx) => setMobile(tx, actor, mobile))
  return true
}

/** Asks the service to check a new postal address: invoices are sent there, so a person decides. */
export async function requestAddress(
  { db, clock }: Services,
  actor: FamilyActor,
  address: Address,
): Promise<void> {
  const { organisationId, familyId } = actor
  const content = [address.address, address.postalCode, address.city].join('\n')
  const key = `address-change:${familyId}:${sha256(content).toString('base64url')}`
  const task = { kind: 'address-change', familyId, familyName: actor.familyName, ...address } as const
  await db.transaction((tx) => openTask(tx, organisationId, { familyId }, key, task, clock.now()))
}
