import type { Brand, Card } from './cards.ts'
import type { Order } from './check-form.ts'
import type { Ending, Payment } from './outcome.ts'
import type { Fields } from './signature.ts'

/** Faults a test asked for, on the notifications and the return of one payment page. */
export type Faults = {
  loss?: boolean | undefined
  /** How many more times each notification is sent. */
  repeat?: number | undefined
  /** Real milliseconds before the first notification. */
  delayMs?: number | undefined
  bareReturn?: boolean | undefined
  /** Another amount than the one asked, in cents, signed all the same. */
  amount?: number | undefined
  badSignature?: boolean | undefined
  /** The shop's own settings for this payment: validated by hand, or authorised when the capture comes. */
  held?: 'manual' | 'deferred' | undefined
  /** Fields replaced or added, signed all the same. */
  fields?: Record<string, string> | undefined
}

/** MERCH_BO: an operation of the back office · BATCH: a change by the platform itself (gateways 1.7). */
export type Source = 'PAY' | 'RETRY' | 'BO' | 'MERCH_BO' | 'BATCH'

/** One notification sent, and what the shop answered. */
export type Delivery = {
  /** Milliseconds since 1970, on the bank's clock. */
  readonly at: number
  readonly source: Source
  /** HTTP status; lost: never sent, by order of a test; failed: no answer. */
  readonly status: number | 'lost' | 'failed'
  /** First characters of the answer, or of the failure. */
  readonly answer: string
}

/** A payment attempt with a known end. */
export type Transaction = {
  readonly uuid: string
  readonly order: Order
  readonly ending: Ending
  readonly sequence: number
  readonly time: number
  readonly faults: Faults
  /** The fields of the outcome, not signed. */
  outcome: Fields
  /** The payment that a credit gives back. */
  readonly parent?: string
  /** Absent when the page was abandoned. */
  readonly payment?: Payment
  readonly deliveries: Delivery[]
}

/** A code asked from the card holder. */
type Challenge = {
  readonly card: Card
  readonly expiry: { readonly month: number; readonly year: number }
  readonly codes: { readonly value: string; readonly sentAt: number }[]
  triesLeft: number
}

type Step = 'type' | 'card' | 'code' | 'result' | 'expired'

/** One payment page. */
export type Session = {
  readonly id: string
  readonly order: Order
  readonly faults: Faults
  readonly openedAt: number
  readonly expiresAt: number
  step: Step
  brand: Brand | undefined
  sequence: number
  /** Address typed for the receipt; empty when none. */
  email: string
  challenge: Challenge | undefined
  /** The last attempt's end. */
  transaction: Transaction | undefined
}

/** What the bank remembers; it forgets everything when it stops. */
export type Store = {
  addSession: (session: Session) => void
  findSession: (id: string) => Session | undefined
  addTransaction: (transaction: Transaction) => void
  findTransaction: (uuid: string) => Transaction | undefined
  listTransactions: () => readonly Transaction[]
  /** Those of one order, oldest first. */
  listOfOrder: (orderId: string) => readonly Transaction[]
  useTransId: (transId: string, transDate: string) => void
  isTransIdUsed: (transId: string, transDate: string) => boolean
  addRequest: (fields: Fields) => void
  listRequests: () => readonly Fields[]
}

/** A crowd of many thousands must find its money again: what the shop asks about is never too old. */
const MOST_KEPT = 20_000
const MOST_REQUESTS = 100

/** An empty memory. */
export function createStore(): Store {
  const sessions = new Map<string, Session>()
  const transactions = new Map<string, Transaction>()
  const orders = new Map<string, Transaction[]>()
  const transIds = new Set<string>()
  const requests: Fields[] = []

  const dayAndId = (transId: string, transDate: string) => `${transDate.slice(0, 8)}-${transId}`
  /** Makes room for one more; gives what had to go. */
  const dropOldest = <T>(map: Map<string, T>): T | undefined => {
    const [oldest] = map.entries()
    if (map.size <= MOST_KEPT || !oldest) return undefined
    map.delete(oldest[0])
    return oldest[1]
  }
  const forget = ({ uuid, order: { orderId } }: Transaction) => {
    const left = (orders.get(orderId) ?? []).filter((one) => one.uuid !== uuid)
    if (left.length === 0) orders.delete(orderId)
    else orders.set(orderId, left)
  }

  return {
    addSession: (session) => {
      sessions.set(session.id, session)
      dropOldest(sessions)
    },
    findSession: (id) => sessions.get(id),
    addTransaction: (transaction) => {
      transactions.set(transaction.uuid, transaction)
      const { orderId } = transaction.order
      orders.set(orderId, [...(orders.get(orderId) ?? []), transaction])
      const dropped = dropOldest(transactions)
      if (dropped) forget(dropped)
    },
    findTransaction: (uuid) => transactions.get(uuid),
    listTransactions: () => [...transactions.values()],
    listOfOrder: (orderId) => orders.get(orderId) ?? [],
    useTransId: (transId, transDate) => void transIds.add(dayAndId(transId, transDate)),
    isTransIdUsed: (transId, transDate) => transIds.has(dayAndId(transId, transDate)),
    addRequest: (fields) => {
      requests.push(fields)
      if (requests.length > MOST_REQUESTS) requests.shift()
    },
    listRequests: () => requests,
  }
}
