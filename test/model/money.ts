// Where money stands, and the few moves it makes. Amounts are cents, instants milliseconds.
import type { Book, Ending, Fact } from './facts.ts'

export type Invoice = {
  readonly number: string
  readonly book: Book
  readonly total: number
  readonly issuedOn: string
  readonly visibleAt: number
  due: number
  noted: number
  published: boolean
}
/** Where a part of an amount went. */
export type Share = { readonly to: Invoice | 'credit' | 'suspense'; readonly cents: number }
export type Attempt = {
  readonly book: Book
  readonly invoices: readonly string[] | 'top-up'
  readonly sendings: { number: string; amount: number }[]
  amount: number
  state: 'created' | 'running' | 'free' | 'review' | 'captured'
}
export type Capture = {
  readonly transaction: string
  readonly reference: string
  readonly unit: string
  readonly book: Book | undefined
  readonly amount: number
  readonly shares: readonly Share[]
  readonly broughtTo: Set<number>
  cancelled: number
  uncollected: number
  refunded: number
  disputed: number
  reopened: number
}
type Received = {
  readonly fact: Extract<Fact, { what: 'received' }>
  readonly shares: readonly Share[]
  deposited: boolean
  undone: boolean
}
type Refund = { readonly capture: Capture; readonly amount: number; state: 'asked' | 'paid' | 'refused' }
type Dispute = { readonly capture: Capture; readonly amount: number; state: 'open' | Ending }

/** Debits are positive in `accounts`; a credit is what the family has, a due what it owes. */
export class Money {
  readonly accounts = new Map<string, number>()
  readonly credits = new Map<Book, number>()
  readonly spent = new Map<Book, { invoice: Invoice; cents: number }[]>()
  readonly invoices = new Map<string, Invoice>()
  readonly attempts = new Map<string, Attempt>()
  readonly captures = new Map<string, Capture>()
  readonly received = new Map<string, Received>()
  readonly refunds = new Map<string, Refund>()
  readonly disputes = new Map<string, Dispute>()

  creditOf = (book: Book): number => this.credits.get(book) ?? 0
  /** Oldest first: what may be paid, and what credit settles. */
  unsettled = (book: Book, at: number): Invoice[] =>
    [...this.invoices.values()]
      .filter((one) => one.book === book && one.visibleAt <= at && one.due > 0)
      .toSorted((a, b) => (a.issuedOn + a.number < b.issuedOn + b.number ? -1 : 1))

  post(unit: string, account: string, cents: number): void {
    this.accounts.set(`${unit} ${account}`, (this.accounts.get(`${unit} ${account}`) ?? 0) + cents)
  }
  give(book: Book, cents: number): void {
    this.credits.set(book, this.creditOf(book) + cents)
  }

  /** An amount falls on invoices in order, each to what is due; the rest is credit. */
  fall(book: Book, amount: number, invoices: readonly Invoice[]): Share[] {
    const shares: Share[] = []
    let rest = amount
    for (const invoice of invoices) {
      const cents = Math.min(rest, invoice.due)
      if (cents === 0) continue
      invoice.due -= cents
      rest -= cents
      shares.push({ to: invoice, cents })
    }
    if (rest > 0) shares.push({ to: 'credit', cents: rest })
    this.give(book, rest)
    return shares
  }

  /** Credit settles the visible invoices, oldest first. */
  spend(book: Book, at: number): void {
    for (const invoice of this.unsettled(book, at)) {
      const cents = Math.min(this.creditOf(book), invoice.due)
      if (cents === 0) continue
      invoice.due -= cents
      this.give(book, -cents)
      this.spent.set(book, [...(this.spent.get(book) ?? []), { invoice, cents }])
    }
  }

  /** Takes credit back, freeing what it settled, newest first; gives how much could be had. */
  takeCredit(book: Book, wanted: number): number {
    const stack = this.spent.get(book) ?? []
    while (this.creditOf(book) < wanted && stack.length > 0) {
      const last = stack.pop()!
      const cents = Math.min(wanted - this.creditOf(book), last.cents)
      last.invoice.due += cents
      this.give(book, cents)
      if (cents < last.cents) stack.push({ ...last, cents: last.cents - cents })
    }
    const had = Math.min(wanted, this.creditOf(book))
    this.give(book, -had)
    return had
  }

  /** Whether that much credit could be taken back. */
  couldTake(book: Book, wanted: number): boolean {
    const freed = (this.spent.get(book) ?? []).reduce((sum, one) => sum + one.cents, 0)
    return this.creditOf(book) + freed >= wanted
  }

  /** Undoes shares; what cannot be had again stands in suspense. */
  undo(unit: string, book: Book | undefined, shares: readonly Share[]): void {
    for (const { to, cents } of shares)
      if (typeof to === 'object') to.due += cents
      else this.post(unit, 'suspense', to === 'credit' && book ? cents - this.takeCredit(book, cents) : cents)
  }
}
