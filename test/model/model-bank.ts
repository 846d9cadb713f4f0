// The other half of the model: what the bank's words do to money.
import { type Ending, unitOf, type Word } from './facts.ts'
import type { Capture, Money, Share } from './money.ts'

/** Money of an order that is not ours stands at the first unit of the shop. */
const FIRST_UNIT = 'ALSH'

/** The first that is heard of a transaction. */
export function bringMoney(money: Money, word: Word, at: number): void {
  const attempt = money.attempts.get(word.reference)
  const mayMove = attempt !== undefined && attempt.state !== 'captured' && attempt.state !== 'review'
  if (word.verdict === 'refused' || word.verdict === 'abandoned') {
    const numbers = attempt?.sendings.map((one) => one.number) ?? []
    const isOld = numbers.includes(word.number) && numbers.at(-1) !== word.number
    if (mayMove && !isOld) attempt.state = 'free'
    return
  }
  if (word.verdict !== 'accepted') return
  if (!word.euro) {
    if (mayMove) attempt.state = 'review'
    return
  }
  const unit = attempt ? unitOf(attempt.book) : FIRST_UNIT
  money.post(unit, 'clearing', word.amount)
  const sent = attempt?.sendings.filter((one) => one.number === word.number).map((one) => one.amount) ?? []
  const isRight = sent.includes(word.amount) || (sent.length === 0 && attempt?.amount === word.amount)
  let shares: readonly Share[] = [{ to: 'suspense', cents: word.amount }]
  if (attempt && isRight) {
    const { book, invoices } = attempt
    // A second capture of one attempt is the family's credit: it never meant to pay twice.
    const chosen =
      attempt.state === 'captured'
        ? []
        : invoices === 'top-up'
          ? money.unsettled(book, at)
          : invoices.map((number) => money.invoices.get(number)!)
    shares = money.fall(book, word.amount, chosen)
    attempt.state = 'captured'
    if (shares.at(-1)?.to === 'credit') money.spend(book, at)
  } else {
    money.post(unit, 'suspense', -word.amount)
    if (mayMove) attempt.state = 'review'
  }
  money.captures.set(word.transaction, {
    ...word,
    unit,
    book: attempt?.book,
    shares,
    broughtTo: new Set(),
    cancelled: 0,
    uncollected: 0,
    refunded: 0,
    disputed: 0,
    reopened: 0,
  })
}

/** What is heard again of a transaction that brought money: the same, or less of it. */
export function again(money: Money, word: Word, at: number): void {
  const capture = money.captures.get(word.transaction)!
  if (word.verdict === 'pending' || !word.euro) return
  const left = word.verdict === 'accepted' ? word.amount : 0
  const lowered = capture.amount - capture.cancelled - capture.uncollected - left
  if (left === capture.amount || lowered <= 0 || capture.broughtTo.has(left)) return
  money.post(capture.unit, 'clearing', -lowered)
  capture.broughtTo.add(left)
  const settled = settleAsked(money, capture, lowered, left)
  capture.uncollected += settled
  if (settled === lowered) return
  takeBack(money, capture, lowered - settled, at)
  capture.cancelled += lowered - settled
}

/** What the bank does not collect was given back: the refund of that amount, or all when nothing is left. */
function settleAsked(money: Money, capture: Capture, lowered: number, left: number): number {
  const asked = [...money.refunds.values()].filter((one) => one.capture === capture && one.state === 'asked')
  const exact = asked.find((one) => one.amount === lowered)
  let settled = 0
  for (const refund of exact ? [exact] : left === 0 ? asked : []) {
    if (settled + refund.amount > lowered) continue
    refund.state = 'paid'
    money.post(capture.unit, 'refund_payable', refund.amount)
    settled += refund.amount
  }
  return settled
}

/** Undoes so much of a capture, from its last share to its first, after what was undone before. */
function takeBack(money: Money, capture: Capture, amount: number, at: number): void {
  let [skip, rest] = [capture.cancelled + capture.reopened, amount]
  const undone: Share[] = []
  for (const { to, cents } of capture.shares.toReversed()) {
    const left = cents - Math.min(skip, cents)
    skip -= cents - left
    const part = Math.min(left, rest)
    rest -= part
    if (part > 0) undone.push({ to, cents: part })
  }
  // What the bank takes twice is nobody's debt.
  if (rest > 0) undone.push({ to: 'suspense', cents: rest })
  money.undo(capture.unit, capture.book, undone)
  if (capture.book) money.spend(capture.book, at)
}

export function endDispute(
  money: Money,
  dispute: { readonly capture: Capture; readonly amount: number; state: 'open' | Ending },
  ending: Ending,
  at: number,
): void {
  const { capture, amount } = dispute
  dispute.state = ending
  money.post(capture.unit, 'disputed', -amount)
  if (ending === 'won') {
    money.post(capture.unit, 'clearing', amount)
    capture.disputed -= amount
  } else if (ending === 'written_off') money.post(capture.unit, 'write_off', amount)
  else {
    takeBack(money, capture, amount, at)
    capture.reopened += amount
  }
}
