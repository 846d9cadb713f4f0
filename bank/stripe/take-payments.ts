// What happens on a hosted page and after it, apart from its looks and its wire.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { errorCode, findStripeAccount, findStripeCard, type StripeCard } from './cards.ts'
import { describeCharge, describeIntent, describeSession } from './describe.ts'
import { type AfterPayment, followPayments } from './follow-payments.ts'
import { newId } from './new-id.ts'
import type { EventSender } from './send-events.ts'
import type { Charge, EventFaults, Intent, Session, StripeStore } from './store.ts'
import { stripeTexts } from './texts.ts'

/** How long a buyer may wait for the shop's answer, in milliseconds. */
const PATIENCE = 2000
/** A debit is told three minutes later; in life it takes days. */
const DEBIT_TAKES = 3 * 60_000

type NewSession = Omit<
  Session,
  'id' | 'createdAt' | 'faults' | 'status' | 'paymentStatus' | 'intent' | 'challenged'
>

export type Checkout = AfterPayment & {
  open: (session: NewSession) => Session
  find: (id: string) => Session | undefined
  /** Pays by card: accepted, declined with a sentence, or a challenge to meet. */
  payByCard: (session: Session, number: string) => Promise<string | undefined>
  /** Ends the challenge. */
  answerChallenge: (session: Session, succeeds: boolean) => Promise<string | undefined>
  payByDebit: (session: Session, iban: string) => Promise<string | undefined>
  expire: (session: Session) => Promise<void>
  /** Faults for the next session opened; several calls add up. */
  arm: (faults: EventFaults) => EventFaults
}

type Needs = {
  readonly clock: Clock
  readonly store: StripeStore
  readonly events: EventSender
  readonly origin: () => string
}

export function openCheckout({ clock, store, events, origin }: Needs): Checkout {
  let armed: EventFaults = {}

  const sessionObject = (session: Session) => describeSession(store, session, origin())
  /** The shop is told before the buyer is sent back, but a slow shop holds nobody. */
  const tell = (session: Session, ...happened: { type: string; object: object }[]): Promise<void> =>
    Promise.race([events.send(happened, session.faults), sleep(PATIENCE, undefined, { ref: false })])

  const intentOf = (session: Session): Intent => {
    if (session.intent) return session.intent
    const intent: Intent = {
      id: newId('pi'),
      createdAt: clock.now(),
      amount: session.amount,
      session,
      charges: [],
      status: 'requires_payment_method',
    }
    session.intent = intent
    store.intents.set(intent.id, intent)
    return intent
  }
  const charge = (intent: Intent, method: Charge['method'], status: Charge['status']): Charge => {
    const made: Charge = {
      id: newId(method.kind === 'card' ? 'ch' : 'py'),
      createdAt: clock.now(),
      amount: intent.amount,
      method,
      status,
      error: undefined,
      disputed: false,
    }
    intent.charges.push(made)
    return made
  }
  const cardMethod = ({ number, brand, later }: StripeCard): Charge['method'] => ({
    kind: 'card',
    brand,
    last4: number.slice(-4),
    ...(later === undefined ? {} : { later }),
  })

  const decline = async (session: Session, card: StripeCard, reason: string): Promise<string> => {
    const intent = intentOf(session)
    const message = stripeTexts.declines[reason] ?? stripeTexts.declined
    const made = charge(intent, cardMethod(card), 'failed')
    made.error = { code: errorCode(reason), decline: reason, message }
    intent.status = 'requires_payment_method'
    await tell(
      session,
      { type: 'charge.failed', object: describeCharge(store, intent, made) },
      { type: 'payment_intent.payment_failed', object: describeIntent(store, intent) },
    )
    return message
  }

  const accept = async (session: Session, card: StripeCard): Promise<undefined> => {
    const intent = intentOf(session)
    const made = charge(intent, cardMethod(card), 'succeeded')
    intent.status = 'succeeded'
    session.status = 'complete'
    session.paymentStatus = 'paid'
    await tell(
      session,
      { type: 'charge.succeeded', object: describeCharge(store, intent, made) },
      { type: 'payment_intent.succeeded', object: describeIntent(store, intent) },
      { type: 'checkout.session.completed', object: sessionObject(session) },
    )
    if (card.later === 'disputed') await checkout.dispute(intent, made)
    return undefined
  }

  const settle = (session: Session, card: StripeCard) =>
    card.decline === undefined ? accept(session, card) : decline(session, card, card.decline)

  const checkout: Checkout = {
    open: (asked) => {
      const session: Session = {
        ...asked,
        id: newId('cs_test', 24),
        createdAt: clock.now(),
        faults: armed,
        status: 'open',
        paymentStatus: 'unpaid',
        intent: undefined,
        challenged: undefined,
      }
      armed = {}
      store.sessions.set(session.id, session)
      clock.at(session.expiresAt, () => checkout.expire(session))
      return session
    },
    find: (id) => store.sessions.get(id),
    payByCard: async (session, number) => {
      const card = findStripeCard(number)
      if (!card || session.status !== 'open') return stripeTexts.unknownCard
      if (card.challenge === 'error') return decline(session, card, card.decline ?? 'authentication_required')
      if (card.challenge === 'none') return settle(session, card)
      session.challenged = card.number
      intentOf(session).status = 'requires_action'
      return undefined
    },
    answerChallenge: async (session, succeeds) => {
      const card = findStripeCard(session.challenged ?? '')
      session.challenged = undefined
      if (!card || session.status !== 'open') return stripeTexts.over
      return succeeds ? settle(session, card) : decline(session, card, 'authentication_required')
    },
    payByDebit: async (session, iban) => {
      const account = findStripeAccount(iban)
      if (!account || session.status !== 'open') return stripeTexts.unknownAccount
      const intent = intentOf(session)
      const made = charge(intent, { kind: 'sepa_debit', last4: account.iban.slice(-4) }, 'pending')
      intent.status = 'processing'
      session.status = 'complete'
      await tell(
        session,
        { type: 'payment_intent.processing', object: describeIntent(store, intent) },
        { type: 'checkout.session.completed', object: sessionObject(session) },
      )
      clock.at(clock.now() + DEBIT_TAKES, async () => {
        if (account.succeeds) {
          made.status = 'succeeded'
          intent.status = 'succeeded'
          session.paymentStatus = 'paid'
          await tell(session, {
            type: 'checkout.session.async_payment_succeeded',
            object: sessionObject(session),
          })
          return
        }
        made.status = 'failed'
        made.error = {
          code: 'payment_intent_payment_attempt_failed',
          decline: 'insufficient_funds',
          message: stripeTexts.debitFailed,
        }
        intent.status = 'requires_payment_method'
        await tell(
          session,
          { type: 'payment_intent.payment_failed', object: describeIntent(store, intent) },
          { type: 'checkout.session.async_payment_failed', object: sessionObject(session) },
        )
      })
      return undefined
    },
    expire: async (session) => {
      if (session.status !== 'open') return
      session.status = 'expired'
      await tell(session, { type: 'checkout.session.expired', object: sessionObject(session) })
    },
    ...followPayments({ clock, store, tell }),
    arm: (faults) => (armed = { ...armed, ...faults }),
  }
  return checkout
}
