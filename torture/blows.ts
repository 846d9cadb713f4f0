// What the plan strikes at: the portal's process, its connections, the database server.
import { setTimeout as sleep } from 'node:timers/promises'
import type { TortureDatabase } from './database.ts'
import type { Blow, Plan } from './plan.ts'
import type { Kept } from './processes.ts'

export type Blows = {
  /** Told of every payment that begins. */
  readonly begin: () => void
  /** Strikes whatever is left, and waits for all to be over. */
  readonly finish: () => Promise<void>
  readonly counts: Readonly<Record<Blow['kind'] | 'connections', number>>
}

/** Strikes as planned while payments begin; one blow at a time. */
export function strike({ blows }: Plan, portal: Kept, database: TortureDatabase): Blows {
  const counts = { 'kill-portal': 0, 'cut-connections': 0, 'crash-database': 0, connections: 0 }
  const left = [...blows]
  let begun = 0
  let last: Promise<void> = Promise.resolve()

  const hit = async ({ kind, delay, share }: Blow) => {
    await sleep(delay)
    counts[kind] += 1
    if (kind === 'kill-portal') portal.kill()
    else if (kind === 'crash-database') await database.crash()
    else counts.connections += await database.cut(share)
  }
  const strikeUntil = (count: number) => {
    for (let next = left[0]; next && next.after <= count; next = left[0]) {
      const blow = next
      left.shift()
      last = last.then(() => hit(blow))
    }
    // Waited for in `finish`; a blow that fails must not end the run before its verdict.
    last.catch(() => {})
  }
  return {
    begin: () => {
      begun += 1
      strikeUntil(begun)
    },
    finish: async () => {
      strikeUntil(Infinity)
      await last
    },
    counts,
  }
}
