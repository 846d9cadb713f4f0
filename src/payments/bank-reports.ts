// What a bank puts in files for its merchants: the journal of a day, the report of disputes.
import type { Instant } from '../kernel/dates.ts'
import type { Cents } from '../kernel/money.ts'
import type { GatewayName } from '../organisations/contract.ts'
import type { ContractMode } from '../organisations/organisation.ts'
import type { BankFact } from './gateway.ts'

/** A line of the bank's journal, as it came and in our words. */
export type JournalLine = { readonly number: number; readonly raw: string; readonly fact: BankFact }
export type Journal = {
  readonly gateway: GatewayName
  readonly shopNumber: string
  readonly mode: ContractMode
  readonly lines: readonly JournalLine[]
}
/** What cannot be read: the file's bytes, its title, its header, a line's tag, or a column of a line. */
export type JournalProblem = {
  readonly line: number
  readonly kind: 'encoding' | 'title' | 'header' | 'tag' | 'value'
  readonly column: string
}

/** A dispute that the bank reports outside its messages. */
export type ChargebackLine = {
  readonly number: number
  /** The bank's own number of the dispute. */
  readonly dispute: string
  readonly bankTransaction: string
  readonly amount: Cents
  readonly openedAt: Instant
}
export type ChargebackReport = Omit<Journal, 'lines'> & { readonly lines: readonly ChargebackLine[] }
