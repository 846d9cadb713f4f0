// One run: a plan, its world, the crowd under blows, the settling, and the verdict.
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectFile } from '../src/platform/files.ts'
import { type Blows, strike } from './blows.ts'
import { type Crowd, gatherCrowd } from './crowd.ts'
import { gatherEvidence } from './evidence.ts'
import { type Findings, judge } from './judge.ts'
import { drawPlan, type Plan } from './plan.ts'
import { firstMessage, keepRunning, startProgram } from './processes.ts'
import { letBankRetry, runPass, settle } from './settle.ts'
import { buildWorld, type World } from './world.ts'

export type Verdict = {
  readonly seed: number
  readonly payments: number
  readonly verdict: 'PASS' | 'FAIL'
  readonly reasons: readonly string[]
  readonly findings: Findings
  readonly faults: Readonly<Record<string, number>>
  readonly stories: Readonly<Record<string, number>>
  readonly seconds: number
  readonly examples: readonly string[]
  /** Where the logs of a failed run were left. */
  readonly folder?: string
}

export type RunOptions = { readonly seed: number; readonly payments: number }

/** Late families leave for the bank so long before the others: by then they have expired. */
const LATE_MS = 40 * 60_000
const READY_MS = 60_000

/** Runs the torture of one seed; `say` hears how it goes. */
export async function torture({ seed, payments }: RunOptions, say: (text: string) => void): Promise<Verdict> {
  const started = performance.now()
  const since = () => Math.round((performance.now() - started) / 1_000)
  const tell = (text: string) => say(`[seed ${seed}, ${since()} s] ${text}`)
  const plan = drawPlan(seed, payments)
  const world = await buildWorld(plan)
  tell(`${plan.families.length} families are ready, in ${world.folder}`)
  let isKept = true
  try {
    const crowd = gatherCrowd(world, plan, tell)
    await leaveEarly(world, crowd, tell)
    const { blows, portalEnds, failedStarts } = await payUnderBlows(world, plan, crowd, tell)
    const settled = await settle(world, 20 + ((seed * 97) % 180))
    tell(`the chaser asked ${settled.asked} times`)
    const takings = await world.bank.takings()
    const evidence = await gatherEvidence(world.database)
    const kills = blows.counts['kill-portal'] + 2
    const { findings, reasons, examples } = judge({
      plan,
      takings,
      orders: crowd.orders,
      evidence,
      mailTimes: world.sink.times,
      mailsOfReceipt: world.sink.receipts,
      cuts: kills + blows.counts['crash-database'] + blows.counts.connections,
      chainVerified: verifies(world),
      stranded: crowd.stranded,
      workLeft: settled.left,
    })
    isKept = reasons.length > 0
    return {
      seed,
      payments,
      verdict: isKept ? 'FAIL' : 'PASS',
      reasons,
      findings,
      faults: {
        kills,
        crashes: blows.counts['crash-database'],
        connectionsCut: blows.counts.connections,
        portalEnds,
        failedStarts,
        ...world.line.counts,
      },
      stories: storiesOf(plan),
      seconds: since(),
      examples,
      ...(isKept ? { folder: world.folder } : {}),
    }
  } finally {
    await world.close(isKept)
  }
}

/** Forty minutes before: the late ones reach the bank's form; then time passes, and they expire. */
async function leaveEarly(world: World, crowd: Crowd, say: (text: string) => void): Promise<void> {
  const program = world.shifted('serve', -LATE_MS)
  const child = startProgram(program)
  await firstMessage(child, program.log)
  const left = await crowd.leaveForBank()
  child.kill('SIGKILL')
  await runPass(world, 0)
  const [expired] = await world.database.ask<{ count: string }>(
    `select count(*) from payment_attempt where state = 'expired'`,
  )
  say(`${left} payments left for the bank early, ${expired?.count ?? 0} have expired`)
}

async function payUnderBlows(
  world: World,
  plan: Plan,
  crowd: Crowd,
  say: (text: string) => void,
): Promise<{ blows: Blows; portalEnds: number; failedStarts: number }> {
  const portal = keepRunning(world.portal)
  try {
    await untilUp(world)
    say('the portal is up')
    const blows = strike(plan, portal, world.database)
    await crowd.pay(blows.begin)
    await blows.finish()
    await untilUp(world)
    say(`everybody has walked: ${JSON.stringify({ ...blows.counts, ...world.line.counts })}`)
    await letBankRetry(world)
    return { blows, portalEnds: portal.ends(), failedStarts: portal.failedStarts() }
  } finally {
    await portal.stop()
  }
}

async function untilUp(world: World): Promise<void> {
  const deadline = performance.now() + READY_MS
  for (;;) {
    const answer = await fetch(`${world.portalUrl}/sante`).catch(() => undefined)
    if (answer?.ok) return
    if (performance.now() > deadline) throw new Error(`the portal is not up: see ${world.portal.log}`)
    await sleep(100)
  }
}

/** The product's own verification, from its own command. */
function verifies(world: World): boolean {
  const done = spawnSync(process.execPath, [projectFile('dist/cli.mjs'), 'verify'], {
    cwd: world.folder,
    env: { PATH: process.env['PATH'], ...world.env },
    encoding: 'utf8',
  })
  return done.status === 0
}

function storiesOf({ families }: Plan): Record<string, number> {
  const told: Record<string, number> = {}
  for (const { story } of families.flatMap((one) => one.payments)) told[story] = (told[story] ?? 0) + 1
  return told
}
