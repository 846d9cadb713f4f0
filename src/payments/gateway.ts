// The port: what every bank can do. An adapter translates; it decides nothing and knows no database.
import type { Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import type { Result } from '../kernel/result.ts'
import type { ContractMode } from '../organisations/organisation.ts'

/** A contract with its key opened. */
export type OpenContract = {
  readonly organisationId: OrganisationId
  readonly id: ContractId
  readonly mode: ContractMode
  readonly formUrl: string
  readonly shopNumber: string
  readonly key: string
  readonly bankName: string
  /** Where the bank is asked, and the password; null for a shop without this interface. */
  readonly rest: { readonly url: string; readonly password: string } | null
}

/** A contract whose bank can be asked. */
export type AskableContract = OpenContract & { readonly rest: NonNullable<OpenContract['rest']> }

/** What the family takes to the bank: an amount, references, addresses; nothing else about it. */
export type PaymentOrder = {
  readonly reference: string
  /** Unique per shop and UTC day: six digits below 900000 (gateways 1.3). */
  readonly transactionNumber: string
  readonly sentAt: Instant
  readonly amount: Cents
  readonly receiptEmail: string | null
  readonly returnUrl: string
}

/** A form that the family's browser posts to the bank. */
export type Redirection = { readonly url: string; readonly fields: readonly (readonly [string, string])[] }

export type Verdict = 'accepted' | 'refused' | 'abandoned' | 'pending' | 'unknown'

/** An authentic message, in our words. */
export type BankFact = {
  readonly mode: ContractMode
  /** The order's reference as the bank gives it back, ours or not. */
  readonly reference: string
  readonly transactionNumber: string
  /** The bank's own id of the transaction: what makes a fact the same fact. */
  readonly bankTransaction: string
  /** credit gives money back; other moves none, or is not known to us. */
  readonly operation: 'debit' | 'credit' | 'other'
  readonly verdict: Verdict
  readonly amount: Cents
  readonly isEuro: boolean
  readonly happenedAt: Instant
  readonly cardBrand: string
  /** « •••• 0055 », or empty. */
  readonly cardMasked: string
  readonly authorisation: string
  /** The bank's code of a refusal, or empty. */
  readonly reason: string
}

type ReadFailure = 'bad-signature' | 'unreadable'

/** A question between servers: posted as JSON, with a name and a password. */
export type BankQuestion = {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly body: string
}

/** Brings the bank's answer, whatever its status; the adapter reads it. */
export type Transport = (
  question: BankQuestion,
) => Promise<Result<{ readonly status: number; readonly text: string }, 'unreachable'>>

/** What the bank says of an order, as it came and in our words; no fact when it knows of no payment. */
export type BankAnswer = { readonly raw: string; readonly facts: readonly BankFact[] }

/** refused: the bank does not answer this shop, its name or its password. */
export type EnquireFailure = 'unreachable' | 'refused' | 'unreadable'

/** A line of the bank's journal, as it came and in our words. */
export type JournalLine = { readonly number: number; readonly raw: string; readonly fact: BankFact }
export type Journal = {
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

export type Gateway = {
  readonly name: 'systempay'
  readonly order: (contract: OpenContract, order: PaymentOrder) => Redirection
  /** The shop a message claims to be for, before any check; undefined when it is no message at all. */
  readonly claimedShop: (raw: string) => string | undefined
  /** Reads a message with the claimed shop's key. Pure: tested on recorded messages. */
  readonly read: (contract: OpenContract, raw: string) => Result<BankFact, ReadFailure>
  /** Asks the bank what became of an order; null when this gateway cannot be asked. */
  readonly enquire:
    | ((
        contract: AskableContract,
        reference: string,
        transport: Transport,
      ) => Promise<Result<BankAnswer, EnquireFailure>>)
    | null
  /** Reads the bank's daily journal; null when this gateway has none. */
  readonly readJournal: ((text: string) => Result<Journal, readonly JournalProblem[]>) | null
}
