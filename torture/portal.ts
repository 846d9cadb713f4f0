// The portal's own code under a clock of the torture's: the same functions that start.ts calls,
// composed here because the product has no way to be told another time. Two roles: `serve` is the
// whole portal, as if it were so many milliseconds earlier or later; `pass` works off, once, all that
// has come due, and says so.
import { openServices } from '../src/boot.ts'
import { runDueJobs } from '../src/jobs/run-jobs.ts'
import { later } from '../src/kernel/dates.ts'
import { chasePayments } from '../src/payments/chase-payments.ts'
import { systemClock } from '../src/platform/clock.ts'
import { parseConfig } from '../src/platform/config.ts'
import { createLog } from '../src/platform/log.ts'
import { startPortal } from '../src/portal.ts'
import { jobHandlers, timedHandlers } from '../src/work.ts'

/** What a pass tells when it is over. */
export type PassDone = { readonly asked: number; readonly unanswered: number; readonly rounds: number }

/** A pass asks about 400 orders of a shop at a time. */
const MOST_ROUNDS = 60

const parsed = parseConfig(process.env)
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
const shift = Number(process.env['TORTURE_SHIFT_MS'])
const clock = { now: () => later(systemClock.now(), shift) }
// Nothing outlives the torture, however that ends.
process.on('disconnect', () => process.exit(0))
const { services, connection, close } = await openServices(parsed.config, createLog('warn'), clock)
if (process.env['TORTURE_ROLE'] === 'serve') {
  await startPortal(services, connection)
  process.send?.({ ready: true })
} else {
  process.send?.({ ready: true })
  process.send?.(await pass())
  await close()
  process.exit(0)
}

/** One pass of the chaser: questions until none is due, then expiry and all other work of the clock. */
async function pass(): Promise<PassDone> {
  const timed = timedHandlers(services)
  let [asked, unanswered, rounds] = [0, 0, 0]
  for (;;) {
    const round = await chasePayments(services)
    rounds += 1
    asked += round.asked
    unanswered += round.unanswered
    if (round.asked === round.unanswered || rounds === MOST_ROUNDS) break
  }
  for (const work of Object.values(timed)) await work()
  await runDueJobs(connection, jobHandlers(services), timed)
  // What those jobs booked is sealed too.
  await timed['seal-entries']()
  await timed['close-periods']()
  return { asked, unanswered, rounds }
}
