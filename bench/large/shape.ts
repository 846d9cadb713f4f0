// Who the families of a large database are and what they do, each told by its number alone: the same
// question has the same answer in every run, so that a load cut short goes on as if it had not been.
import { addDays, type Day, day, type Instant } from '../../src/kernel/dates.ts'
import { type Id, publicReference, uuidV7 } from '../../src/kernel/ids.ts'
import { sha256 } from '../../src/platform/secrets.ts'

export type Size = {
  readonly families: number
  readonly months: number
  /** The first of the months, « 2023-11 ». */
  readonly firstMonth: string
}

export const UNITS = 4
/** Establishments of each unit. */
export const HOUSES = 4
/** Invoices are paid every three months. */
export const QUARTER = 3
/** Payments arrive from this day of the month on, for so many days. */
const PAID_FROM = 8
const PAID_DAYS = 21

export const unitOf = (family: number): number => family % UNITS
const houseOf = (family: number): number => Math.floor(family / UNITS) % HOUSES
export const establishmentOf = (family: number): number => unitOf(family) * HOUSES + houseOf(family)
export const contractOf = (unit: number): number => unit % 2
export const SERIES = ['LA', 'LB', 'LC', 'LD'] as const

const familiesOf = ({ families }: Size, unit: number): number => Math.ceil((families - unit) / UNITS)

/** The last number of a unit's series. */
export const lastNumber = (size: Size, unit: number): number => familiesOf(size, unit) * size.months

export const numberOf = (size: Size, family: number, month: number): string => {
  const unit = unitOf(family)
  const place = month * familiesOf(size, unit) + Math.floor(family / UNITS) + 1
  return `${SERIES[unit] ?? ''}${String(place).padStart(6, '0')}`
}

/** The first day of the month so many months after the first. */
export function monthStart({ firstMonth }: Pick<Size, 'firstMonth'>, month: number): Day {
  const [year = 0, first = 1] = firstMonth.split('-').map(Number)
  const count = year * 12 + first - 1 + month
  return day(`${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-01`)
}

/** Eight o'clock in the morning there, so that the Paris day is that day. */
const morning = (on: Day): number => Date.parse(`${on}T08:00:00Z`)

/** Invoices of a month leave in one morning, one after another. */
export const issuedAt = (size: Size, family: number, month: number): Instant =>
  new Date(morning(addDays(monthStart(size, month), 1)) + Math.floor(family / 100))

/** Spread over three weeks of the quarter's last month, in the families' order. */
export function paidAt(size: Size, family: number, quarter: number): Instant {
  const start = morning(addDays(monthStart(size, quarter * QUARTER + QUARTER - 1), PAID_FROM - 1))
  const share = (family / size.families) * PAID_DAYS
  return new Date(start + Math.floor(share) * 86_400_000 + Math.floor((share % 1) * 36_000_000))
}

/** The middle of the month that follows the quarter. */
export const dueOn = (size: Size, month: number): Day =>
  addDays(monthStart(size, (Math.floor(month / QUARTER) + 1) * QUARTER), 14)

export const quartersOf = ({ months }: Size): number => Math.floor(months / QUARTER)

export type Means = 'card' | 'cheque' | 'terminal' | 'cash' | 'elsewhere'

/** The portal was taken up so many quarters ago; what was paid before was taken over with the invoices. */
const TAKEN_UP = 3

/** How a family pays for a quarter. */
export function meansOf(size: Size, family: number, quarter: number): Means {
  if (quarter < quartersOf(size) - TAKEN_UP) return 'elsewhere'
  const kind = Math.floor(family / UNITS) % 100
  if (kind >= 4 && kind <= 10) return 'cheque'
  if (kind === 11 || kind === 12) return 'terminal'
  if (kind === 13) return 'cash'
  return kind === 14 || kind === 15 ? 'elsewhere' : 'card'
}

export type Payment = {
  /** Of each of the quarter's invoices, in order. */
  readonly settled: readonly number[]
  /** Beyond what was due, in cents. */
  readonly credit: number
}

/** What a family pays of a quarter; undefined: nothing. Three in a hundred stopped half a year ago. */
export function paymentOf(size: Size, family: number, quarter: number): Payment | undefined {
  const kind = Math.floor(family / UNITS) % 100
  const fromLast = quartersOf(size) - 1 - quarter
  if (kind < 3 && fromLast < 2) return undefined
  const dues = Array.from({ length: QUARTER }, (_, index) => totalOf(family, quarter * QUARTER + index))
  if (kind === 3 && fromLast === 0) return { settled: [Math.ceil((dues[0] ?? 0) / 2)], credit: 0 }
  return { settled: dues, credit: kind === 4 && fromLast === 0 ? 500 : 0 }
}

/** What is due on an invoice once everything is loaded. */
export function dueInTheEnd(size: Size, family: number, month: number): number {
  const quarter = Math.floor(month / QUARTER)
  const paid = quarter < quartersOf(size) ? paymentOf(size, family, quarter) : undefined
  return totalOf(family, month) - (paid?.settled[month % QUARTER] ?? 0)
}

/** The three lines of an invoice, in cents. */
export const linesOf = (family: number, month: number): readonly number[] =>
  [0, 1, 2].map((line) => 300 + ((family * 7 + month * 13 + line * 31) % 120) * 25)

export const totalOf = (family: number, month: number): number =>
  linesOf(family, month).reduce((sum, one) => sum + one, 0)

const FIRST = [
  'Mar',
  'Ber',
  'Dur',
  'Le',
  'Gau',
  'Fon',
  'Ro',
  'Vi',
  'Cha',
  'Mo',
  'Du',
  'Pe',
  'Bou',
  'La',
  'Col',
]
const MIDDLE = [
  'ti',
  'na',
  'lan',
  'ri',
  'bou',
  'ge',
  'che',
  'va',
  'mon',
  'pa',
  'ga',
  'lé',
  'quin',
  'do',
  'ssa',
]
const LAST = [
  'net',
  'rd',
  'lin',
  'ux',
  'court',
  'vost',
  'teau',
  'gne',
  'let',
  'mont',
  'zac',
  'rin',
  'not',
  'tte',
  'ry',
]
const GIVEN = [
  'Léa',
  'Hugo',
  'Manon',
  'Louis',
  'Chloé',
  'Jules',
  'Inès',
  'Adam',
  'Zoé',
  'Noé',
  'Anna',
  'Élise',
  'Malo',
  'Rose',
  'Sacha',
  'Nora',
  'Yanis',
]
const pick = (list: readonly string[], at: number): string => list[at % list.length] ?? ''

export const lastNameOf = (family: number): string =>
  `${pick(FIRST, family)}${pick(MIDDLE, Math.floor(family / 15))}${pick(LAST, Math.floor(family / 225))}`.toUpperCase()
export const givenName = (family: number, person: number): string => pick(GIVEN, family * 5 + person * 7)

/** A child of some families more than of others. */
export const childrenOf = (family: number): number => 1 + (family % 3 === 0 ? 1 : 0)

const KINDS = [
  'family',
  'adult',
  'child',
  'login',
  'account',
  'invoice',
  'entry',
  'attempt',
  'capture',
  'receipt',
  'desk',
  'elsewhere',
  'slip',
  'file',
] as const

/** The id of the one thing of that kind and number, made at that instant. */
export function idOf<Kind extends string>(
  kind: (typeof KINDS)[number],
  number: number,
  at: Instant,
): Id<Kind> {
  const bytes = Buffer.alloc(10)
  bytes[1] = KINDS.indexOf(kind)
  bytes.writeUIntBE(number, 4, 6)
  return uuidV7(at, bytes) as Id<Kind>
}

export const referenceOf = (family: number, quarter: number): string =>
  publicReference(sha256(`reference ${family} ${quarter}`).subarray(0, 16))
