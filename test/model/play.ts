// Plays a script: a step, a check, to the end.
import { BANK_ACTS } from './bank-acts.ts'
import { BILLING_ACTS, type Play } from './billing-acts.ts'
import { checkOrigins, hearEverything, replay, verify } from './check-end.ts'
import { checkOrders } from './check-orders.ts'
import { checkPages } from './check-pages.ts'
import { checkStep } from './check-step.ts'
import { DESK_ACTS } from './desk-acts.ts'
import { PAYMENT_ACTS } from './payment-acts.ts'
import { REFUND_ACTS } from './refund-acts.ts'
import { openRun, pass, type Run } from './run.ts'
import type { Lane } from './stage.ts'
import type { Act, Script } from './steps.ts'

const PLAYS: { readonly [Name in Act]: Play } = {
  ...BILLING_ACTS,
  ...BANK_ACTS,
  ...DESK_ACTS,
  ...PAYMENT_ACTS,
  ...REFUND_ACTS,
}

/** Plays every step with its check; throws at the first that differs from the model. */
export async function play(lane: Lane, script: Script): Promise<Run> {
  const run = await openRun(lane, script)
  for (const step of script.steps) {
    pass(run, step.minutes)
    // What finds nothing to do gives way to what makes something.
    for (const act of [step.act, step.pick % 2 === 0 ? 'pay' : 'topUp', 'issue'] as const)
      if (await PLAYS[act](run, step)) {
        run.done.set(act, (run.done.get(act) ?? 0) + 1)
        break
      }
    await checkStep(run)
  }
  await hearEverything(run)
  await checkOrigins(run)
  await replay(run)
  await checkPages(run)
  await checkOrders(run)
  await verify(run)
  return run
}
