// The port: what a bank can do. An adapter translates; it decides nothing and knows no database.
import type { Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import type { Result } from '../kernel/result.ts'
import type { GatewayName, Gateways } from '../organisations/contract.ts'
import type { ContractMode } from '../organisations/organisation.ts'
import type { ChargebackReport, Journal, JournalProblem } from './bank-reports.ts'

/** A contract with its secrets opened. */
export type ContractOf<Name extends GatewayName> = {
  readonly organisationId: OrganisationId
  readonly id: ContractId
  readonly gateway: Name
  readonly mode: ContractMode
  readonly shopNumber: string
  readonly bankName: string
  readonly settings: Gateways[Name]['settings']
  readonly secrets: Gateways[Name]['secrets']
}
export type OpenContract = { [Name in GatewayName]: ContractOf<Name> }[GatewayName]

/** What the family takes to the bank: an amount, references, addresses; nothing else about it. */
export type PaymentOrder = {
  readonly reference: string
  /** Unique per shop and UTC day: six digits below 900000 (gateways 1.3). */
  readonly transactionNumber: string
  readonly sentAt: Instant
  readonly amount: Cents
  readonly receiptEmail: string | null
  /** Where the browser comes back to. */
  readonly returnUrl: string
  /** Where the bank's server speaks to this very contract. */
  readonly notificationUrl: string
  /** Who is paid, as families know it, and for which invoices; none for a top-up. */
  readonly payee: string
  readonly invoiceNumbers: readonly string[]
}

/** A form that the family's browser posts to the bank, or a page of the bank to visit. */
export type Redirection =
  | {
      readonly kind: 'form'
      readonly url: string
      readonly fields: readonly (readonly [string, string])[]
    }
  | { readonly kind: 'visit'; readonly url: string }

/** An order that the bank is ready for, and its own name of it when it gives one. */
export type Ordered = { readonly redirection: Redirection; readonly providerReference: string | null }

/** unreachable: nobody knows, but nobody can pay either · refused: our order or our shop · bad-email: the family's. */
export type OrderFailure = 'unreachable' | 'refused' | 'bad-email'

export type Verdict = 'accepted' | 'refused' | 'abandoned' | 'pending' | 'unknown'

/** An authentic message, in our words. */
export type BankFact = {
  readonly mode: ContractMode
  /** The order's reference as the bank gives it back, ours or not. */
  readonly reference: string
  readonly transactionNumber: string
  /** The bank's own id of the transaction, or of the dispute: what makes a fact the same fact. */
  readonly bankTransaction: string
  /** debit: the family pays · credit: the bank gives money back · dispute: a cardholder contests. */
  readonly operation: 'debit' | 'credit' | 'dispute' | 'other'
  /** Of a credit or a dispute: the debit it is about, when the bank says so. */
  readonly parentTransaction?: string
  /** For a dispute: accepted, the money is withheld; refused, it was given back; pending, only announced. */
  readonly verdict: Verdict
  /** Of a pending debit: nothing is ordered yet, and the family may still pay on its page. */
  readonly isPageOpen?: true
  readonly amount: Cents
  readonly isEuro: boolean
  readonly happenedAt: Instant
  /** How the family paid, when that was not by card. */
  readonly means?: 'direct-debit'
  readonly cardBrand: string
  /** « •••• 0055 », or empty. */
  readonly cardMasked: string
  readonly authorisation: string
  /** The bank's code of a refusal, or empty. */
  readonly reason: string
}

/** What the bank's server sent, exactly as it came. */
export type BankMessage = {
  /** By their names in lower case. */
  readonly headers: { readonly [name: string]: string }
  readonly raw: string
}
/** unknown-shop: authentic, and about another contract than this one. */
export type ReadFailure = 'bad-signature' | 'unreadable' | 'unknown-shop'

/** What a message tells: facts; or nothing but that the bank is to be asked; or nothing for us. */
export type News =
  | { readonly kind: 'facts'; readonly facts: readonly BankFact[] }
  | { readonly kind: 'ask'; readonly providerReference: string }
  | { readonly kind: 'ignored' }

/** What became of a message, for the bank to hear. */
export type Heard =
  | 'applied'
  | 'repeated'
  | 'set_aside'
  | 'refused_test'
  | 'doubted'
  | 'kept'
  | 'asked'
  | 'ignored'
  | 'unreadable'
  | 'unknown-shop'
  | 'bad-signature'
  | 'unavailable'

/** A question between servers. */
export type BankQuestion = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

type TransportFailure =
  | 'unreachable'
  | 'timed-out'
  | 'cut-short'
  | 'too-large'
  /** Not asked at all: this bank failed several times in a row. */
  | 'resting'

/** Brings the bank's answer, whatever its status; the adapter reads it. */
export type Transport = (question: BankQuestion) => Promise<
  Result<
    {
      readonly status: number
      /** By their names in lower case. */
      readonly headers: { readonly [name: string]: string }
      readonly text: string
    },
    TransportFailure
  >
>

/** An order to ask about, as it was sent, in order. */
export type Enquiry = {
  readonly reference: string
  readonly sendings: readonly {
    readonly transactionNumber: string
    readonly amount: Cents
    readonly sentAt: Instant
    readonly providerReference: string | null
  }[]
  readonly askedAt: Instant
}

/** What the bank says of an order, as it came and in our words; no fact when it knows of no payment. */
export type BankAnswer = { readonly raw: string; readonly facts: readonly BankFact[] }

/** refused: the bank does not answer this shop, its name or its password. */
export type EnquireFailure = TransportFailure | 'refused' | 'unreadable'

/** Money to give back the way it came. */
export type RefundOrder = {
  /** The same for every try of one refund. */
  readonly key: string
  readonly reference: string
  readonly bankTransaction: string
  readonly amount: Cents
  /** All that was taken under this transaction. */
  readonly captured: Cents
  /** Credits of this transaction that are another refund's: never taken for this one. */
  readonly knownCredits: readonly string[]
  /** False when it was sent before and nobody knows what became of it: the bank is asked first. */
  readonly isFirst: boolean
}

/** unsure: it may have been done, ask before trying again · refused: it was not, with the bank's own code. */
export type RefundFailure = { readonly kind: 'unsure' | 'refused'; readonly code: string }

/** What a family may be promised before it chooses. */
export type Capabilities = {
  readonly minAmount: Cents
  readonly maxAmount: Cents | null
  /** How long the bank's page waits for the family. */
  readonly pageMinutes: number
  /** After how long « abandoned » is the bank's last word. */
  readonly abandonmentFinalMinutes: number
  readonly severalInvoices: boolean
  /** Whether the bank wants an address for the receipt. */
  readonly needsEmail: boolean
}

/** A bank under one contract. A capability that this contract lacks is null. */
export type Gateway = {
  /** Prepares the bank for an order: purely, or by a call of its own, outside any transaction. */
  readonly order: (order: PaymentOrder, transport: Transport) => Promise<Result<Ordered, OrderFailure>>
  /** Reads what the bank's server sent, once it is proved to be this bank's, for this contract. */
  readonly readNotification: (message: BankMessage, now: Instant) => Result<News, ReadFailure>
  /** Reads the query, or the form, that a browser brought back: proved too, or worth a question at most. */
  readonly readReturn: (raw: string) => Result<News, ReadFailure>
  /** Reads again what was proved when it came, whatever keys and clocks say now. */
  readonly readKept: (raw: string) => Result<News, 'unreadable'>
  /** Asks the bank what became of an order. */
  readonly enquire:
    ((enquiry: Enquiry, transport: Transport) => Promise<Result<BankAnswer, EnquireFailure>>) | null
  /** Gives money back; never twice for one refund, whatever the network does. */
  readonly cancelOrRefund:
    ((order: RefundOrder, transport: Transport) => Promise<Result<BankAnswer, RefundFailure>>) | null
  /** Closes a page that nobody pays on any more; « over » when it was paid, or had closed. */
  readonly closePage:
    | ((
        providerReference: string,
        transport: Transport,
      ) => Promise<Result<'closed' | 'over', EnquireFailure>>)
    | null
  /** Whether the bank knows this contract and its secrets. */
  readonly testConnection: ((transport: Transport) => Promise<Result<null, EnquireFailure>>) | null
}

/** What is known of a bank's protocol without any contract, and the bank under one. */
export type Adapter<Name extends GatewayName> = {
  readonly name: Name
  readonly capabilities: Capabilities
  /** Where forms are posted or families are led, for the Content-Security-Policy. */
  readonly pageOrigin: (settings: Gateways[Name]['settings']) => string
  /** The shop that a message to the shared address claims to be for; null when each contract has its own address. */
  readonly claimedShop: ((raw: string) => string | undefined) | null
  readonly answer: (heard: Heard) => { readonly status: number; readonly text: string }
  /** Reads the bank's daily journal; null when this gateway has none. */
  readonly readJournal: ((text: string) => Result<Journal, readonly JournalProblem[]>) | null
  /** Reads the bank's report of disputes; null when they come as messages, or there are none. */
  readonly readChargebacks: ((text: string) => Result<ChargebackReport, readonly JournalProblem[]>) | null
  readonly open: (contract: ContractOf<Name>) => Gateway
}
