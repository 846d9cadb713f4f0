// A run's script: plain steps, each one thing that somebody does. Which invoice or payment it meets is
// picked among what there is, so that any script can be played, cut or mixed.
import * as fc from 'fast-check'
import { BOOKS, type Crash } from './stage.ts'
import type { Book } from './facts.ts'

/** Each act, and how often it comes beside the others. */
export const WEIGHTS = {
  wait: 1,
  issue: 7,
  consume: 4,
  publish: 4,
  allocate: 2,
  creditNote: 3,
  cancel: 1,
  correct: 1,
  writeOff: 2,
  pay: 9,
  topUp: 4,
  twoTabs: 2,
  payAgain: 3,
  drop: 1,
  expire: 2,
  decide: 3,
  bringDown: 3,
  strange: 2,
  deliver: 14,
  forge: 1,
  chase: 3,
  readJournal: 3,
  rotateKey: 1,
  cash: 3,
  cheque: 6,
  voucher: 1,
  transfer: 2,
  elsewhere: 1,
  opening: 1,
  undo: 3,
  bounce: 5,
  deposit: 2,
  refund: 4,
  refundInvoice: 2,
  payRefund: 2,
  refuseRefund: 2,
  dispute: 3,
  endDispute: 3,
  seal: 1,
  close: 2,
} as const

export type Act = keyof typeof WEIGHTS

export type Step = {
  readonly act: Act
  readonly book: Book
  /** Which one, among what there is. */
  readonly pick: number
  /** How: which adult, which choice, what the bank decides. */
  readonly how: number
  readonly cents: number
  /** Minutes that pass before it. */
  readonly minutes: number
  readonly crash?: Crash | undefined
}

/** The eves of what clocks get wrong: both changes of hour, midnight in Paris and in UTC, the year's end. */
const EVES = [
  '2026-03-28T20:30:00Z',
  '2026-10-24T20:30:00Z',
  '2026-06-30T21:50:00Z',
  '2026-12-31T21:30:00Z',
  '2026-04-12T16:44:00Z',
] as const

const act = fc.oneof(
  ...Object.entries(WEIGHTS).map(([name, weight]) => ({ arbitrary: fc.constant(name as Act), weight })),
)

const step: fc.Arbitrary<Step> = fc.record({
  act,
  book: fc.constantFrom(...BOOKS, 'ALSH/0', 'COMPTE/0', 'ALSH/0', 'COMPTE/0'),
  pick: fc.nat({ max: 9 }),
  how: fc.nat({ max: 29 }),
  cents: fc.oneof(fc.constantFrom(100, 450, 1_200, 2_000, 3_100, 5_000), fc.integer({ min: 1, max: 9_999 })),
  minutes: fc.oneof(
    { arbitrary: fc.constantFrom(0, 1, 2, 20), weight: 12 },
    { arbitrary: fc.constantFrom(31, 60, 150, 24 * 60, 3 * 24 * 60), weight: 3 },
  ),
  crash: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 12 },
    { arbitrary: fc.constantFrom<Crash>('error', 'killed'), weight: 1 },
  ),
})

export type Script = { readonly eve: (typeof EVES)[number]; readonly steps: readonly Step[] }

/** Scripts of exactly so many steps, that a failure may shorten. */
export const scripts = (length: number): fc.Arbitrary<Script> =>
  fc.record({ eve: fc.constantFrom(...EVES), steps: new LongFirst(step, length) })

/** Arrays drawn at their full length, and shrunk as arrays of any length are. */
class LongFirst extends fc.Arbitrary<Step[]> {
  readonly full: fc.Arbitrary<Step[]>
  readonly any: fc.Arbitrary<Step[]>
  constructor(one: fc.Arbitrary<Step>, length: number) {
    super()
    this.full = fc.array(one, { minLength: length, maxLength: length })
    this.any = fc.array(one, { minLength: 1, maxLength: length })
  }
  override generate(random: fc.Random, bias: number | undefined): fc.Value<Step[]> {
    return new fc.Value(this.full.generate(random, bias).value, undefined)
  }
  override canShrinkWithoutContext(value: unknown): value is Step[] {
    return this.any.canShrinkWithoutContext(value)
  }
  override shrink(value: Step[], context: unknown): fc.Stream<fc.Value<Step[]>> {
    return this.any.shrink(value, context)
  }
}
