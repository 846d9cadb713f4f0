// One run: what has happened so far, in the portal and beside it.
import { expect } from 'vitest'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/kernel/dates.ts'
import { type Bank, openBank } from './bank.ts'
import { checkStep } from './check-step.ts'
import type { Book, Fact, Word } from './facts.ts'
import { recompute } from './model.ts'
import type { Money } from './money.ts'
import { type Lane, openStage, type Stage } from './stage.ts'
import type { Act, Script, Step } from './steps.ts'

export type Run = {
  readonly stage: Stage
  readonly bank: Bank
  readonly facts: Fact[]
  /** What may be said or asked again at the end, each without effect: the same call as before. */
  readonly repeats: (() => Promise<unknown>)[]
  /** Messages of the bank exactly as they were applied, and the word in each. */
  readonly heard: { readonly raw: string; readonly word: Word }[]
  readonly journalLines: string[]
  /** How often each act found something to do. */
  readonly done: Map<Act, number>
  money: Money
  count: number
  rotatedAt: number | undefined
}

export async function openRun(lane: Lane, { eve }: Pick<Script, 'eve'>): Promise<Run> {
  const stage = await openStage(lane, new Date(eve))
  return {
    stage,
    bank: openBank(stage.shopNumber),
    facts: [],
    repeats: [],
    heard: [],
    journalLines: [],
    done: new Map(),
    money: recompute([]),
    count: 0,
    rotatedAt: undefined,
  }
}

export const now = ({ stage }: Run): Instant => stage.services.clock.now()
export const at = (run: Run): number => now(run).getTime()
/** A second passes: nothing of a run happens at the same instant. */
export const tick = ({ stage }: Run): void => stage.services.clock.advance(1_000)
export const key = (run: Run, name: string): string => `${name} ${(run.count += 1)}`

/** What the verb did is a fact; the model is recomputed from all of them. */
export function happened(run: Run, ...facts: readonly Fact[]): void {
  run.facts.push(...facts)
  run.money = recompute(run.facts)
}

/** Does a thing; when this step's machine dies, first without any effect, then again. */
export async function doing<T>(run: Run, { crash }: Step, work: () => Promise<T>): Promise<T> {
  if (crash !== undefined) {
    const { lane } = run.stage
    lane.crash = crash
    await work().catch(() => {})
    const died = lane.crash === undefined
    lane.crash = undefined
    expect(died, 'the machine was to die in a transaction').toBe(true)
    await checkStep(run)
  }
  return work()
}

export function pickFrom<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)]
}

export const payerOf = (run: Run, book: Book, how: number) =>
  pickFrom(run.stage.families[Number(book.split('/')[1])]!.payers, how)!

export const pass = (run: Run, minutes: number): void =>
  run.stage.services.clock.advance(minutes * MINUTE_MS + 1_000)

export const DAY_AND_NIGHT = 24 * HOUR_MS
