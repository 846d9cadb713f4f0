import { randomBytes, randomInt } from 'node:crypto'
import { checkCard, type CardRefusal, type CheckedCard, type TypedCard } from './check-card.ts'
import { checkForm, type Bench, type Order, type Refusal } from './check-form.ts'
import { cleanNumber, findCard, type Brand } from './cards.ts'
import type { Clock } from './clock.ts'
import {
  describeAbandonment,
  describePayment,
  isAccepted,
  type Authenticated,
  type Payment,
} from './outcome.ts'
import { say, texts } from './texts.ts'
import type { Faults, Session, Store, Transaction } from './store.ts'

/** The payment page of Systempay lasts 10 minutes, whatever happens on it (gateways 1.8). */
const PAGE_LIFE = 10 * 60 * 1000
const CODE_LIFE = 5 * 60 * 1000
const RESEND_AFTER = 30 * 1000
const TRIES = 3

/** What follows a step of the page: nothing to say, or a sentence under a field. */
export type Reply = {
  readonly problem?: string
  readonly news?: string
}

/** Everything that can be done on a payment page; each call leaves the session in a step of its own. */
export type Till = {
  open: (pairs: readonly (readonly [string, string])[]) => { refusal: Refusal } | { session: Session }
  /** The session, expired if its time has come. */
  find: (id: string) => Session | undefined
  chooseBrand: (session: Session, brand: string) => Reply
  changeBrand: (session: Session) => void
  /** `otherBrand` is the brand the buyer agreed to change for; it counts if the card bears it. */
  enterCard: (session: Session, typed: TypedCard, otherBrand: string) => CardRefusal | undefined
  enterCode: (session: Session, typed: string) => Reply
  resendCode: (session: Session) => Reply
  abandon: (session: Session) => void
  retry: (session: Session) => void
  /** Faults for the next payment page opened; several calls add up. */
  arm: (faults: Faults) => Faults
}

export type TillNeeds = Pick<Bench, 'siteIds' | 'key' | 'algorithm' | 'mode'> & {
  readonly clock: Clock
  readonly store: Store
  /** Told of every ending; resolves when the shop was told too. */
  readonly onEnding: (transaction: Transaction, email: string) => Promise<void>
}

/** Opens the till: the rules of the payment page, apart from its looks. */
export function openTill({ clock, store, siteIds, key, algorithm, mode, onEnding }: TillNeeds): Till {
  let armed: Faults = {}

  /** Resolves when the shop knows what there was to know. */
  const expire = async (session: Session): Promise<void> => {
    if (clock.now() < session.expiresAt || session.step === 'result' || session.step === 'expired') return
    const { challenge } = session
    const isPending = session.step === 'code' && challenge !== undefined
    // A challenge nobody answered is a failed one, known only when the page closes (gateways 1.9).
    const told = isPending ? conclude(session, challenge, 'unanswered') : undefined
    session.step = 'expired'
    await told
  }

  const openSession = (order: Order): Session => {
    const now = clock.now()
    const { brands } = order
    const oneBrand = brands.length === 1 ? brands[0] : undefined
    const isChosen = oneBrand !== undefined || order.fields['vads_payment_cards'] === 'CB'
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      order,
      faults: armed,
      openedAt: now,
      expiresAt: now + PAGE_LIFE,
      step: isChosen ? 'card' : 'type',
      brand: oneBrand,
      sequence: 1,
      email: order.fields['vads_cust_email'] ?? '',
      challenge: undefined,
      transaction: undefined,
    }
    armed = {}
    store.addSession(session)
    clock.at(session.expiresAt, () => expire(session))
    return session
  }

  const record = (session: Session, transaction: Transaction): Promise<void> => {
    session.transaction = transaction
    session.step = 'result'
    session.challenge = undefined
    store.addTransaction(transaction)
    return onEnding(transaction, session.email)
  }

  const conclude = (
    session: Session,
    attempt: Pick<CheckedCard, 'card' | 'expiry'>,
    how: Authenticated,
  ): Promise<void> => {
    const { order, faults, sequence } = session
    const payment: Payment = {
      uuid: randomBytes(16).toString('hex'),
      sequence,
      card: attempt.card,
      expiry: attempt.expiry,
      authenticated: how,
      time: clock.now(),
      authorisationNumber: String(randomInt(1_000_000)).padStart(6, '0'),
      certificate: randomBytes(20).toString('hex'),
    }
    return record(session, {
      uuid: payment.uuid,
      order,
      ending: isAccepted(attempt.card, how) ? 'accepted' : 'refused',
      sequence,
      time: payment.time,
      faults,
      outcome: describePayment(order, payment),
      payment,
      deliveries: [],
    })
  }

  const sendCode = (session: Session) => {
    const value = String(randomInt(1_000_000)).padStart(6, '0')
    session.challenge?.codes.push({ value, sentAt: clock.now() })
  }

  const authenticate = (session: Session, { card, expiry }: CheckedCard) => {
    const { authentication } = card
    // The shop hears of the second attempt only.
    if (authentication === 'soft-decline') session.sequence += 1
    else if (authentication !== 'sms' && authentication !== 'silent') {
      void conclude(session, { card, expiry }, authentication)
      return
    }
    session.challenge = { card, expiry, codes: [], triesLeft: TRIES }
    session.step = 'code'
    sendCode(session)
  }

  const asBrand = (session: Session, brand: string): Brand | undefined =>
    session.order.brands.find((known) => known === brand)

  return {
    open: (pairs) => {
      const site = pairs.find(([name]) => name === 'vads_site_id')?.[1] ?? ''
      // A number is used once per shop and day (gateways 1.3).
      const used = (id: string, date: string) => store.isTransIdUsed(`${site} ${id}`, date)
      const bench = { siteIds, key, algorithm, mode, now: clock.now(), isUsed: used }
      const verdict = checkForm(pairs, bench)
      if ('refusal' in verdict) return verdict
      store.useTransId(`${verdict.order.siteId} ${verdict.order.transId}`, verdict.order.transDate)
      return { session: openSession(verdict.order) }
    },

    find: (id) => {
      const session = store.findSession(id)
      if (session) void expire(session)
      return session
    },

    chooseBrand: (session, brand) => {
      if (session.step !== 'type') return {}
      const chosen = asBrand(session, brand)
      if (!chosen) return { problem: texts.noBrand }
      session.brand = chosen
      session.step = 'card'
      return {}
    },

    changeBrand: (session) => {
      if (session.step === 'card' && session.order.brands.length > 1) session.step = 'type'
    },

    enterCard: (session, typed, otherBrand) => {
      if (session.step !== 'card') return undefined
      const agreed = asBrand(session, otherBrand)
      if (agreed && findCard(cleanNumber(typed.number))?.brand === agreed) session.brand = agreed
      const verdict = checkCard(typed, session.brand, session.order.brands, clock.now())
      if ('refusal' in verdict) return verdict.refusal
      session.email = verdict.checked.email
      authenticate(session, verdict.checked)
      return undefined
    },

    enterCode: (session, typed) => {
      const { challenge } = session
      if (session.step !== 'code' || !challenge) return {}
      const code = typed.replaceAll(/[\s\u00a0\u202f.-]/g, '')
      if (!/^\d{6}$/.test(code)) return { problem: texts.codeMissing }
      const sent = challenge.codes.find(({ value }) => value === code)
      if (sent && challenge.card.authentication !== 'silent') {
        if (clock.now() - sent.sentAt < CODE_LIFE) {
          void conclude(session, challenge, 'challenged')
          return {}
        }
        sendCode(session)
        return { problem: texts.codeExpired }
      }
      challenge.triesLeft -= 1
      if (challenge.triesLeft > 0) return { problem: say.wrongCode(challenge.triesLeft) }
      void conclude(session, challenge, 'failed')
      return {}
    },

    resendCode: (session) => {
      const last = session.challenge?.codes.at(-1)
      if (session.step !== 'code' || !last) return {}
      const wait = Math.ceil((last.sentAt + RESEND_AFTER - clock.now()) / 1000)
      if (wait > 0) return { news: say.waitBeforeResend(wait) }
      sendCode(session)
      return { news: texts.codeSent }
    },

    abandon: (session) => {
      if (session.step === 'result' || session.step === 'expired') return
      const uuid = randomBytes(16).toString('hex')
      const time = clock.now()
      const { order, faults, sequence } = session
      const outcome = describeAbandonment(uuid, time)
      void record(session, {
        uuid,
        order,
        ending: 'abandoned',
        sequence,
        time,
        faults,
        outcome,
        deliveries: [],
      })
    },

    retry: (session) => {
      const isRefused = session.step === 'result' && session.transaction?.ending === 'refused'
      if (!isRefused || clock.now() >= session.expiresAt) return
      session.sequence += 1
      session.step = 'card'
    },

    arm: (faults) => {
      armed = { ...armed, ...faults }
      return armed
    },
  }
}
