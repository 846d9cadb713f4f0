import { type Instant, parisDay } from '../../kernel/dates.ts'
import type { Tx } from '../../platform/db.ts'
import { findCaptureId } from '../capture-store.ts'
import type { BankFact, OpenContract } from '../gateway.ts'
import { setAside } from '../set-aside.ts'
import { closeChargeback, openChargeback } from './book-chargeback.ts'

/**
 * Books what the bank's message says of a dispute: money withheld opens it, money given back wins it,
 * in whichever order the two arrive, each once. Lost, it stays open: whether the debt comes back or the
 * association bears it is for a person to say (F51). What names no payment of ours, or is announced
 * only, is set aside with a task.
 */
export async function bookDispute(
  tx: Tx,
  contract: OpenContract,
  fact: BankFact,
  now: Instant,
): Promise<'applied' | 'repeated' | 'set_aside'> {
  const { organisationId } = contract
  const { bankTransaction: dispute, parentTransaction, verdict, amount, isEuro, happenedAt } = fact
  const captureId =
    parentTransaction === undefined
      ? undefined
      : await findCaptureId(tx, organisationId, contract.id, parentTransaction)
  const isKnown = verdict === 'accepted' || verdict === 'refused'
  if (captureId === undefined || !isKnown || !isEuro)
    return setAside(tx, contract, fact, 'unread-operation', now)
  const on = parisDay(happenedAt < now ? happenedAt : now)
  const opened = await openChargeback(
    tx,
    { organisationId, captureId, dispute, amount, openedOn: on },
    now,
    'banque',
  )
  if (!opened.ok) return setAside(tx, contract, fact, 'unread-operation', now)
  if (verdict === 'accepted') return opened.value.opened ? 'applied' : 'repeated'
  const won = await closeChargeback(
    tx,
    { organisationId, dispute, ending: { state: 'won' }, closedOn: on },
    now,
    'banque',
  )
  if (!won.ok) return setAside(tx, contract, fact, 'unread-operation', now)
  return won.value.closed ? 'applied' : 'repeated'
}
