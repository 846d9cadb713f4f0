import type { Instant } from '../kernel/dates.ts'
import type { Tx } from '../platform/db.ts'
import { openTask } from '../tasks/open-task.ts'
import type { BankFact, OpenContract } from './gateway.ts'

/** Leaves a fact to a person, with a task once per transaction of the bank; no money is booked. */
export async function setAside(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  kind: 'foreign-currency' | 'unread-operation',
  now: Instant,
): Promise<'set_aside'> {
  const { reference, bankTransaction } = fact
  const key = `${kind} ${contract.id} ${bankTransaction}`
  await openTask(
    tx,
    contract.organisationId,
    { contractId: contract.id },
    key,
    { kind, reference, bankTransaction },
    now,
  )
  return 'set_aside'
}
