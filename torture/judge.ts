// Whether not one cent was lost and not one counted twice. Pure: the bank's memory and the plan on
// one side, what the database says on the other.
import type { Taking } from './bank.ts'
import type { Evidence } from './evidence.ts'
import type { Plan, PlannedPayment } from './plan.ts'

export type Case = {
  readonly plan: Plan
  readonly takings: readonly Taking[]
  /** Which payment of the plan an order is. */
  readonly orders: ReadonlyMap<string, PlannedPayment>
  readonly evidence: Evidence
  /** At the mail server: times by Message-ID, and Message-IDs by receipt. */
  readonly mailTimes: ReadonlyMap<string, number>
  readonly mailsOfReceipt: ReadonlyMap<string, ReadonlySet<string>>
  /** How many times something was cut while mails could be under way. */
  readonly cuts: number
  readonly chainVerified: boolean
  readonly stranded: readonly string[]
  readonly workLeft: number
}

/** Amounts in cents, all else counts. */
export type Findings = {
  readonly bankSum: number
  readonly ledgerSum: number
  readonly captures: number
  readonly lost: number
  readonly doubled: number
  readonly wrongAmount: number
  readonly notFromBank: number
  readonly receiptsMissing: number
  readonly receiptsDoubled: number
  readonly mailsMissing: number
  readonly mailsPlannedTwice: number
  readonly mailsSentAgain: number
  readonly drift: number
  readonly overpaidInvoices: number
  readonly wrongFamilies: number
  readonly wrongStates: number
  readonly suspenseExpected: number
  readonly suspenseFound: number
  readonly tasksMissing: number
  readonly tasksTooMany: number
  readonly messagesWaiting: number
  readonly unsealed: number
  readonly chainVerified: boolean
  readonly workLeft: number
  readonly stranded: number
}

/** Jobs that one portal does at once: so many mails may be under way when it is cut. */
const MAILS_AT_ONCE = 2

export function judge(one: Case): {
  readonly findings: Findings
  readonly reasons: readonly string[]
  /** What to look at first, in the database's own names. */
  readonly examples: readonly string[]
} {
  const findings = find(one)
  const reasons = (Object.keys(findings) as (keyof Findings)[]).flatMap((name) => {
    const value = findings[name]
    return ALLOWED[name](findings, one) ? [] : [`${name}: ${String(value)}`]
  })
  return { findings, reasons, examples: examplesOf(one) }
}

const isZero = (name: keyof Findings) => (found: Findings) => found[name] === 0
const isTold = () => true

/** What each finding must be for the verdict to pass. */
const ALLOWED: Readonly<Record<keyof Findings, (found: Findings, one: Case) => boolean>> = {
  bankSum: (found) => found.bankSum > 0,
  ledgerSum: (found) => found.ledgerSum === found.bankSum,
  captures: isTold,
  lost: isZero('lost'),
  doubled: isZero('doubled'),
  wrongAmount: isZero('wrongAmount'),
  notFromBank: isZero('notFromBank'),
  receiptsMissing: isZero('receiptsMissing'),
  receiptsDoubled: isZero('receiptsDoubled'),
  mailsMissing: isZero('mailsMissing'),
  mailsPlannedTwice: isZero('mailsPlannedTwice'),
  mailsSentAgain: (found, { cuts }) => found.mailsSentAgain <= cuts * MAILS_AT_ONCE,
  drift: isZero('drift'),
  overpaidInvoices: isZero('overpaidInvoices'),
  wrongFamilies: isZero('wrongFamilies'),
  wrongStates: isZero('wrongStates'),
  suspenseExpected: isTold,
  suspenseFound: (found) => found.suspenseFound === found.suspenseExpected,
  tasksMissing: isZero('tasksMissing'),
  tasksTooMany: isZero('tasksTooMany'),
  messagesWaiting: isZero('messagesWaiting'),
  unsealed: isZero('unsealed'),
  chainVerified: (found) => found.chainVerified,
  workLeft: isZero('workLeft'),
  stranded: isZero('stranded'),
}

function find(one: Case): Findings {
  const { takings, evidence } = one
  const { captures } = evidence
  const taken = new Map(takings.map((taking) => [taking.transUuid, taking.taken]))
  const booked = countBy(captures.map((row) => row.transUuid))
  const receipts = captures.filter((row) => !row.inSuspense).map((row) => row.receipts.length)
  const tasks = expectedTasks(one)
  return {
    bankSum: sum(takings.map((taking) => taking.taken)),
    ledgerSum: evidence.ledgerSum,
    captures: captures.length,
    lost: takings.filter((taking) => !booked.has(taking.transUuid)).length,
    doubled: [...booked.values()].filter((times) => times > 1).length,
    wrongAmount: captures.filter(({ transUuid, amount }) => (taken.get(transUuid) ?? amount) !== amount)
      .length,
    notFromBank: captures.filter((row) => !taken.has(row.transUuid)).length,
    receiptsMissing: receipts.filter((count) => count === 0).length,
    receiptsDoubled: receipts.filter((count) => count > 1).length,
    ...findMails(one),
    drift: evidence.drifted,
    overpaidInvoices: evidence.overpaid,
    wrongFamilies: findWrongFamilies(one),
    wrongStates: findWrongStates(one),
    suspenseExpected: takings.filter(isWrong).length,
    suspenseFound: captures.filter((row) => row.inSuspense).length,
    tasksMissing: [...tasks].filter((task) => !evidence.tasks.has(task)).length,
    tasksTooMany: [...evidence.tasks].filter((task) => !tasks.has(task)).length,
    messagesWaiting: evidence.messagesWaiting,
    unsealed: evidence.unsealed,
    chainVerified: one.chainVerified,
    workLeft: one.workLeft,
    stranded: one.stranded.length,
  }
}

/** The bank took another amount than it was asked for. */
const isWrong = ({ ordered, taken }: Taking): boolean => ordered !== taken

function findMails({ evidence, mailTimes, mailsOfReceipt }: Case) {
  const receipts = evidence.captures.flatMap((row) => row.receipts)
  const of = (number: string) => evidence.mails.get(number) ?? { planned: 0, sent: 0 }
  return {
    mailsMissing: receipts.filter((number) => of(number).sent === 0 || !mailsOfReceipt.has(number)).length,
    mailsPlannedTwice: receipts.filter(
      (number) => of(number).planned > 1 || (mailsOfReceipt.get(number)?.size ?? 0) > 1,
    ).length,
    mailsSentAgain: sum([...mailTimes.values()].map((times) => times - 1)),
  }
}

/** A family owes its invoices, less those cancelled, less what the bank took for it as ordered. */
function findWrongFamilies({ plan, takings, orders, evidence }: Case): number {
  const paid = new Map<number, number>()
  for (const taking of takings.filter((one) => !isWrong(one))) {
    const family = orders.get(taking.orderId)?.family ?? -1
    paid.set(family, (paid.get(family) ?? 0) + taking.taken)
  }
  return plan.families.filter(({ id, invoices, payments }) => {
    const isCancelled = payments.some((one) => one.story === 'cancelled')
    const owed = (isCancelled ? 0 : sum(invoices)) - (paid.get(id) ?? 0)
    return evidence.families.get(`F${id}`) !== owed
  }).length
}

/** An order paid as it was asked ends captured, one paid otherwise waits for a person, no other does either. */
function findWrongStates({ takings, orders, evidence }: Case): number {
  const byOrder = new Map(takings.map((taking) => [taking.orderId, taking]))
  return [...orders.keys()].filter((reference) => {
    const taking = byOrder.get(reference)
    const state = evidence.states.get(reference)
    if (taking) return state !== (isWrong(taking) ? 'review' : 'captured')
    return state === 'captured' || state === 'review' || state === 'redirected'
  }).length
}

function examplesOf(one: Case): string[] {
  const { takings, evidence, stranded, orders } = one
  const expected = expectedTasks(one)
  const booked = new Set(evidence.captures.map((row) => row.transUuid))
  const storyOf = (uuid: string | undefined) => {
    const taking = takings.find(({ transUuid }) => transUuid === uuid)
    return taking ? `${orders.get(taking.orderId)?.story ?? 'no story'} ${taking.orderId}` : 'not of the bank'
  }
  return [
    ...[...evidence.tasks]
      .filter((task) => !expected.has(task))
      .map((task) => `unexpected task: ${task} (${storyOf(task.split(' ')[1])})`),
    ...[...expected]
      .filter((task) => !evidence.tasks.has(task))
      .map((task) => `missing task: ${task} (${storyOf(task.split(' ')[1])})`),
    ...takings
      .filter(({ transUuid }) => !booked.has(transUuid))
      .map(({ transUuid, taken }) => `lost: ${transUuid}, ${taken} cents (${storyOf(transUuid)})`),
    ...stranded.map((text) => `stranded: ${text}`),
  ].slice(0, MOST_EXAMPLES)
}
const MOST_EXAMPLES = 12
/** Of a contract, not of a transaction. */
const WARNING = 'bad-signatures '

/** Who must be told of what, by the bank's memory and the plan alone. */
function expectedTasks({ takings, orders, evidence }: Case): ReadonlySet<string> {
  const tasks = new Set(takings.filter(isWrong).map((taking) => `amount-mismatch ${taking.transUuid}`))
  // Of several acceptances for one thing, any may have come first: all but one are told of.
  const rivals = (kind: string, groups: Iterable<readonly Taking[]>, spared: number) => {
    for (const group of groups) {
      const told = group.filter(({ transUuid }) => evidence.tasks.has(`${kind} ${transUuid}`))
      const silent = group.filter((taking) => !told.includes(taking))
      for (const { transUuid } of [...told, ...silent].slice(0, Math.max(0, group.length - spared)))
        tasks.add(`${kind} ${transUuid}`)
    }
  }
  const storyOf = (taking: Taking) => orders.get(taking.orderId)?.story
  const right = takings.filter((taking) => !isWrong(taking))
  const group = (of: readonly Taking[], key: (taking: Taking) => string | number) =>
    Map.groupBy(of, key).values()
  rivals(
    'second-capture',
    group(
      right.filter((taking) => storyOf(taking) === 'taken-twice'),
      (taking) => taking.orderId,
    ),
    1,
  )
  rivals(
    'surplus',
    group(
      right.filter((taking) => storyOf(taking)?.startsWith('two-')),
      (taking) => orders.get(taking.orderId)?.id ?? -1,
    ),
    1,
  )
  rivals('surplus', [right.filter((taking) => storyOf(taking) === 'cancelled')], 0)
  // One warning for all the forgeries; their count is in memory until the minute, and may die there.
  if (evidence.tasks.has(WARNING)) tasks.add(WARNING)
  return tasks
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
