// What the portal asks of Stripe: sessions, what became of them, refunds (gateways.md 5.1 and 5.3).
import type { Stripe } from 'stripe'
import { later, MINUTE_MS } from '../../../kernel/dates.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { BankAnswer, BankFact, ContractOf, Gateway, PaymentOrder } from '../../gateway.ts'
import { callStripe, type CallFailure } from './client.ts'
import { METADATA, readRefund, readSession } from './fields.ts'

type Contract = ContractOf<'stripe'>

/** Stripe wants thirty at least when it reads the order: clocks differ, and the way takes time. */
export const PAGE_MINUTES = 35
const EXPAND = ['payment_intent.latest_charge']

/** What is asked of Stripe for an order: an amount, references, addresses. */
function sessionOf({ settings }: Contract, order: PaymentOrder): Stripe.Checkout.SessionCreateParams {
  const { reference, transactionNumber, amount, receiptEmail, returnUrl, payee, invoiceNumbers, sentAt } =
    order
  const metadata = { [METADATA.reference]: reference, [METADATA.transaction]: transactionNumber }
  const description = invoiceNumbers.join(', ').slice(0, 250)
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'eur',
          unit_amount: amount,
          product_data: { name: payee, ...(description === '' ? {} : { description }) },
        },
      },
    ],
    // Families pay in euros what they owe in euros.
    adaptive_pricing: { enabled: false },
    success_url: `${returnUrl}?session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: returnUrl,
    client_reference_id: reference,
    ...(receiptEmail === null ? {} : { customer_email: receiptEmail }),
    metadata,
    payment_intent_data: { metadata },
    expires_at: Math.floor(later(sentAt, PAGE_MINUTES * MINUTE_MS).getTime() / 1_000),
    locale: 'fr',
    // A filter over what the account offers: the pinned version knows no fixed list any more.
    ...(settings.methods === null ? {} : { allowed_payment_method_types: settings.methods.split(';') }),
  }
}

/** The same sending asked twice is one session. */
const orderKey = ({ reference, transactionNumber, sentAt }: PaymentOrder): string =>
  `order:${reference}:${transactionNumber}:${sentAt.getTime()}`

/** A key of the other mode is never used: it would take real money in a test, or none in earnest. */
function isRightKey({ mode, secrets }: Contract): boolean {
  const live = /^[sr]k_live_/.test(secrets.key)
  return live === (mode === 'PRODUCTION')
}

export const orderWith =
  (contract: Contract): Gateway['order'] =>
  async (order, transport) => {
    if (!isRightKey(contract)) return fail('refused')
    const asked = await callStripe(contract, transport, ({ checkout }) =>
      checkout.sessions.create(sessionOf(contract, order), { idempotencyKey: orderKey(order) }),
    )
    if (!asked.ok) {
      const { failure } = asked
      if (failure.kind === 'lost') return fail('unreachable')
      return fail(failure.param === 'customer_email' ? 'bad-email' : 'refused')
    }
    const { id, url } = asked.value
    if (url === null) return fail('refused')
    return ok({ redirection: { kind: 'visit', url }, providerReference: id })
  }

/** Every session of the order is asked for: the family may have paid on an earlier one. */
export const enquireWith =
  (contract: Contract): NonNullable<Gateway['enquire']> =>
  async ({ sendings }, transport) => {
    const sessions: unknown[] = []
    const facts: BankFact[] = []
    for (const { providerReference } of sendings) {
      if (providerReference === null) continue
      const asked = await callStripe(contract, transport, ({ checkout }) =>
        checkout.sessions.retrieve(providerReference, { expand: EXPAND }),
      )
      if (!asked.ok) return fail(asked.failure.failure)
      const read = readSession(asked.value)
      if (!read) return fail('unreadable')
      sessions.push(asked.value)
      facts.push(...read)
    }
    return ok({ raw: JSON.stringify(sessions), facts })
  }

/** A session that is complete, or has expired, is not open any more: Stripe refuses to expire it. */
export const closeWith =
  (contract: Contract): NonNullable<Gateway['closePage']> =>
  async (session, transport) => {
    const asked = await callStripe(contract, transport, ({ checkout }) =>
      checkout.sessions.expire(session, {}, { idempotencyKey: `expire:${session}` }),
    )
    if (asked.ok) return ok('closed')
    return asked.failure.kind === 'told' ? ok('over') : fail(asked.failure.failure)
  }

type Refunding = NonNullable<Gateway['cancelOrRefund']>

/**
 * Gives money back under a key of its own: Stripe makes one refund of it, whatever the network does.
 * It keeps its keys a day at least; a refund whose fate is unknown is looked for first.
 */
export const refundWith =
  (contract: Contract): Refunding =>
  async (refund, transport) => {
    if (!isRightKey(contract)) return fail({ kind: 'refused', code: 'wrong-mode' })
    const { key, reference, bankTransaction, amount, isFirst } = refund
    const known = isFirst ? ok(undefined) : await findRefund(contract, refund, transport)
    if (!known.ok) return fail(unsure(known.failure))
    if (known.value) return told(contract, known.value)
    const asked = await callStripe(contract, transport, ({ refunds }) =>
      refunds.create(
        {
          payment_intent: bankTransaction,
          amount,
          metadata: { [METADATA.reference]: reference, [METADATA.refund]: key },
        },
        { idempotencyKey: `refund:${key}` },
      ),
    )
    return asked.ok ? told(contract, asked.value) : fail(unsure(asked.failure))
  }

async function findRefund(
  contract: Contract,
  { key, bankTransaction }: Parameters<Refunding>[0],
  transport: Parameters<Refunding>[1],
): Promise<Result<Stripe.Refund | undefined, CallFailure>> {
  const asked = await callStripe(contract, transport, ({ refunds }) =>
    refunds.list({ payment_intent: bankTransaction, limit: 100 }),
  )
  if (!asked.ok) return fail(asked.failure)
  return ok(asked.value.data.find(({ metadata }) => metadata?.[METADATA.refund] === key))
}

function told({ mode }: Contract, answer: Stripe.Refund): Awaited<ReturnType<Refunding>> {
  const fact = readRefund(answer, mode)
  const read: BankAnswer | undefined = fact && { raw: JSON.stringify(answer), facts: [fact] }
  return read ? ok(read) : fail({ kind: 'unsure', code: 'unreadable' })
}

const unsure = (failure: CallFailure) =>
  failure.kind === 'told'
    ? ({ kind: 'refused', code: failure.code } as const)
    : ({ kind: 'unsure', code: failure.failure } as const)

/** Whether the key opens an account, in the contract's mode. */
export const testWith =
  (contract: Contract): NonNullable<Gateway['testConnection']> =>
  async (transport) => {
    if (!isRightKey(contract)) return fail('refused')
    const asked = await callStripe(contract, transport, ({ balance }) => balance.retrieve())
    if (!asked.ok) return fail(asked.failure.failure)
    return asked.value.livemode === (contract.mode === 'PRODUCTION') ? ok(null) : fail('refused')
  }
