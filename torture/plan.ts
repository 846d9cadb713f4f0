// What a run will do, drawn from its seed: who pays what, how the line to the portal fails, what is
// forged, and when processes die. Pure: the same seed and size give the same plan.
import { type Chance, chanceOf } from './chance.ts'

/** How a payment goes, from the family's side and the bank's. */
export const STORIES = {
  /** Accepted at the first try. */
  paid: 0,
  /** The card is refused; nothing is paid. */
  refused: 0.04,
  /** Refused, then accepted on the same page of the bank. */
  retried: 0.04,
  /** Given up on the bank's page. */
  abandoned: 0.03,
  /** Sent to the bank, whose page is never opened. */
  left: 0.03,
  /** The bank takes and signs another amount than was ordered. */
  'other-amount': 0.03,
  /** The bank takes the money twice under one order. */
  'taken-twice': 0.02,
  /** A credit note cancels the invoices while the family is at the bank. */
  cancelled: 0.02,
  /** Two tabs of one parent pay the same invoices. */
  'two-tabs': 0.02,
  /** Two parents pay the same invoices. */
  'two-parents': 0.02,
  /** Accepted after the portal let the attempt expire. */
  late: 0.03,
} as const
export type Story = keyof typeof STORIES

/** What becomes of one notification of the bank on its way to the portal. */
export type Delivery = {
  /** The bank believes it taken; the portal never hears it. */
  readonly isLost: boolean
  /** Milliseconds after which each copy arrives; the bank waits for the first. */
  readonly copies: readonly number[]
}

export const ATTACKS = ['forged', 'tampered', 'test-mode', 'replayed'] as const
export type Attack = (typeof ATTACKS)[number]

export type PlannedPayment = {
  readonly id: number
  readonly family: number
  readonly purpose: 'invoices' | 'top_up'
  /** Rank among the family's invoices of those to pay; one without is a top-up. */
  readonly invoices: readonly number[]
  /** Cents of a top-up. */
  readonly topUp: number
  readonly story: Story
  /** Cents by which the bank is wrong, in a story of another amount. */
  readonly wrongBy: number
  /** Whether the browser brings the signed return back. */
  readonly returns: boolean
  /** For the bank's notifications in their order; the last serves for any further one. */
  readonly deliveries: readonly Delivery[]
  /** What a stranger sends beside the bank's own message, and which old one is replayed (0 to 1). */
  readonly attacks: readonly { readonly attack: Attack; readonly choice: number }[]
}

export type PlannedFamily = {
  readonly id: number
  /** Cents of each invoice. */
  readonly invoices: readonly number[]
  readonly payments: readonly PlannedPayment[]
}

export type Blow = {
  /** Struck when so many payments have begun. */
  readonly after: number
  readonly kind: 'kill-portal' | 'cut-connections' | 'crash-database'
  /** Milliseconds to wait after that. */
  readonly delay: number
  /** Connections cut, of those open. */
  readonly share: number
}

export type Plan = {
  readonly seed: number
  readonly families: readonly PlannedFamily[]
  readonly blows: readonly Blow[]
}

const LOST = 0.05
const LEAST_PER_STORY = 3
const PAYMENTS_OF_FAMILY = 5
/** Even in a small run, so many payments are known to nobody but the bank. */
const LEAST_SILENT = 4
const LEAST_PER_ATTACK = 3

/** The plan of so many payments. */
export function drawPlan(seed: number, payments: number): Plan {
  const chance = chanceOf(seed)
  const stories = drawStories(chance, payments)
  const families: PlannedFamily[] = []
  let id = 0
  let plainOnes = 0
  const addFamily = (told: readonly Story[]) => {
    const invoices: number[] = []
    const planned = told.map((story) => {
      const payment = drawPayment(chance, id, families.length, story, invoices)
      id += 1
      if (story !== 'paid') return payment
      plainOnes += 1
      return atLeast(payment, plainOnes)
    })
    families.push({ id: families.length, invoices, payments: planned })
  }
  // What leaves credit behind would settle the family's next invoices: such a story stands alone.
  for (const story of stories.filter((one) => one !== 'paid')) addFamily([story])
  const plain = stories.filter((one) => one === 'paid')
  for (let first = 0; first < plain.length; first += PAYMENTS_OF_FAMILY)
    addFamily(plain.slice(first, first + PAYMENTS_OF_FAMILY))
  return { seed, families: chance.shuffle(families), blows: drawBlows(chance, payments) }
}

/** The first plain payments hold what every run must hold: silence, and each attack. */
function atLeast(payment: PlannedPayment, place: number): PlannedPayment {
  if (place <= LEAST_SILENT)
    return { ...payment, returns: false, deliveries: [{ isLost: true, copies: [] }], attacks: [] }
  const attack = ATTACKS[(place - LEAST_SILENT - 1) % ATTACKS.length]
  if (!attack || place > LEAST_SILENT + LEAST_PER_ATTACK * ATTACKS.length) return payment
  const others = payment.attacks.filter((one) => one.attack !== attack)
  return { ...payment, attacks: [...others, { attack, choice: place / 100 }] }
}

function drawStories(chance: Chance, payments: number): Story[] {
  const special = (Object.entries(STORIES) as [Story, number][]).flatMap(([story, share]) =>
    share === 0
      ? []
      : Array.from({ length: Math.max(LEAST_PER_STORY, Math.round(payments * share)) }, () => story),
  )
  const told = special.slice(0, payments)
  return chance.shuffle([...told, ...Array.from({ length: payments - told.length }, (): Story => 'paid')])
}

function drawPayment(
  chance: Chance,
  id: number,
  family: number,
  story: Story,
  invoices: number[],
): PlannedPayment {
  const mayTopUp = !['cancelled', 'two-tabs', 'two-parents'].includes(story)
  const isTopUp = mayTopUp && chance.happens(0.2)
  const count = chance.happens(0.7) ? 1 : chance.between(2, 3)
  const ranks = isTopUp ? [] : Array.from({ length: count }, (_, index) => invoices.length + index)
  for (const _ of ranks) invoices.push(chance.between(500, 12_000))
  const sure = story === 'taken-twice'
  return {
    id,
    family,
    purpose: isTopUp ? 'top_up' : 'invoices',
    invoices: ranks,
    topUp: isTopUp ? chance.between(1_000, 9_000) : 0,
    story,
    wrongBy: chance.pick([-400, -100, 100, 2_500]),
    returns: chance.happens(0.5),
    deliveries: [drawDelivery(chance, sure), drawDelivery(chance, sure)],
    attacks: drawAttacks(chance),
  }
}

/**
 * `sure`: never lost. Of two acceptances of one order the bank is not asked again once the first is
 * booked; only its daily journal would bring back the other, and this run does without.
 */
function drawDelivery(chance: Chance, sure: boolean): Delivery {
  if (!sure && chance.happens(LOST)) return { isLost: true, copies: [] }
  const count = chance.happens(0.5) ? 1 : chance.between(2, 6)
  const first = chance.happens(0.6) ? 0 : chance.between(1, 400)
  // Half of the repeated ones come all at once, the others in any order.
  const atOnce = chance.happens(0.5)
  const later = Array.from({ length: count - 1 }, () => (atOnce ? first : chance.between(0, 3_000)))
  return { isLost: false, copies: [first, ...later] }
}

function drawAttacks(chance: Chance): PlannedPayment['attacks'] {
  const odds: Record<Attack, number> = { forged: 0.05, tampered: 0.05, 'test-mode': 0.04, replayed: 0.05 }
  return ATTACKS.filter((attack) => chance.happens(odds[attack])).map((attack) => ({
    attack,
    choice: chance.draw(),
  }))
}

function drawBlows(chance: Chance, payments: number): Blow[] {
  const some = (kind: Blow['kind'], count: number): Blow[] =>
    Array.from({ length: count }, () => ({
      kind,
      after: chance.between(Math.ceil(payments * 0.03), payments),
      delay: chance.between(0, 300),
      share: 0.1 + chance.draw() * 0.5,
    }))
  return [
    ...some('kill-portal', Math.max(2, Math.round(payments / 100))),
    ...some('cut-connections', Math.max(6, Math.round(payments / 25))),
    ...some('crash-database', Math.max(1, Math.round(payments / 600))),
  ].toSorted((a, b) => a.after - b.after)
}
