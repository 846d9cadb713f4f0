// What can happen to money, as facts: each is written down once the real verb has done it.
/** A family's account at one billing unit: « ALSH/0 ». */
export type Book = `${string}/${string}`
export type Ending = 'won' | 'reopened' | 'written_off'
/** What the bank says of one of its transactions. */
export type Word = {
  readonly transaction: string
  readonly reference: string
  readonly number: string
  readonly verdict: 'accepted' | 'refused' | 'abandoned' | 'pending'
  readonly amount: number
  readonly euro: boolean
}

/** Instants are milliseconds, amounts cents, invoices their numbers. */
export type Fact =
  | { what: 'issued'; book: Book; invoice: string; total: number; issuedOn: string; visibleAt: number }
  | { what: 'published'; at: number }
  | { what: 'allocated'; book: Book; at: number }
  | { what: 'noted'; invoice: string; amount: number; spends: boolean; at: number }
  | { what: 'written off'; invoice: string; amount: number }
  | { what: 'started'; book: Book; reference: string; invoices: readonly string[] | 'top-up'; amount: number }
  | { what: 'sent'; reference: string; number: string; amount: number }
  | { what: 'freed'; reference: string }
  | { what: 'told'; word: Word; at: number }
  | {
      what: 'received'
      book: Book
      key: string
      means: Means
      amount: number
      invoices: readonly string[]
      at: number
    }
  | { what: 'deposited'; keys: readonly string[] }
  | { what: 'undone'; key: string; how: 'undone' | 'bounced'; at: number }
  | { what: 'refund asked'; refund: string; transaction: string; amount: number }
  | { what: 'refund paid'; refund: string; from: 'clearing' | 'bank' }
  | { what: 'refund refused'; refund: string; at: number }
  | { what: 'disputed'; dispute: string; transaction: string; amount: number }
  | { what: 'dispute ended'; dispute: string; ending: Ending; at: number }

/** How money came in beside the bank; what came elsewhere or before waits for the next publication. */
export type Means = 'cash' | 'cheque' | 'voucher' | 'transfer' | 'elsewhere' | 'opening'

export const unitOf = (book: Book): string => book.split('/')[0]!
