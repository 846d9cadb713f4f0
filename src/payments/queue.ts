// Where a bank takes one invoice at a time: the invoices a family ticked, paid one after the other. Pure.
import { type Cents, ZERO } from '../kernel/money.ts'

/** One invoice of a queue, with what is due on it now. */
export type Queued = {
  readonly position: number
  readonly number: string
  readonly due: Cents
  /** Whether this very attempt is about it. */
  readonly isCurrent: boolean
  /** Whether another payment holds it at the bank. */
  readonly isHeld: boolean
}

export type Queue = {
  /** « 2 sur 3 »: where the attempt stands. */
  readonly position: number
  readonly count: number
  /** What may be paid next, in order. */
  readonly following: readonly Pick<Queued, 'position' | 'number' | 'due'>[]
}

/** An attempt's place in its queue; undefined when nothing was queued with it. */
export function queueOf(queued: readonly Queued[]): Queue | undefined {
  const current = queued.find((one) => one.isCurrent)
  if (!current || queued.length < 2) return undefined
  const others = queued.filter((one) => !one.isCurrent && !one.isHeld && one.due > ZERO)
  const later = others.filter((one) => one.position > current.position)
  const earlier = others.filter((one) => one.position < current.position)
  return { position: current.position, count: queued.length, following: [...later, ...earlier] }
}
