import { cents } from '../../../kernel/money.ts'
import { fail, ok } from '../../../kernel/result.ts'
import type { Adapter } from '../../gateway.ts'
import { plainAnswer } from '../plain-answer.ts'
import { closeWith, enquireWith, orderWith, PAGE_MINUTES, refundWith, testWith } from './calls.ts'
import { readEvent } from './fields.ts'
import { readSigned } from './signature.ts'

/** Checkout keeps its pages here unless the account has a domain of its own. */
const PAGE_URL = 'https://checkout.stripe.com'

/** Stripe Checkout: hosted sessions, signed events, refunds (docs/gateways/stripe.md). */
export const stripe: Adapter<'stripe'> = {
  name: 'stripe',
  capabilities: {
    // Stripe's own bounds in euros.
    minAmount: cents(50),
    maxAmount: cents(99_999_999),
    pageMinutes: PAGE_MINUTES,
    abandonmentFinalMinutes: PAGE_MINUTES,
    severalInvoices: true,
    needsEmail: false,
  },
  pageOrigin: (settings) => new URL(settings.pageUrl ?? PAGE_URL).origin,
  claimedShop: null,
  answer: plainAnswer,
  readJournal: null,
  readChargebacks: null,
  open: (contract) => {
    const { webhookSecret, previousWebhookSecret } = contract.secrets
    return {
      order: orderWith(contract),
      readNotification: ({ headers, raw }, now) => {
        const signed = readSigned(
          raw,
          headers['stripe-signature'] ?? '',
          [webhookSecret, previousWebhookSecret],
          now,
        )
        return signed.ok ? readEvent(signed.value) : signed
      },
      // A browser proves nothing: it only has the session asked for.
      readReturn: (raw) => {
        const session = new URLSearchParams(raw).get('session_id') ?? ''
        if (!/^cs_(?:test|live)_\w{1,200}$/.test(session)) return fail('unreadable')
        return ok({ kind: 'ask', providerReference: session })
      },
      readKept: (raw) => {
        try {
          return readEvent(JSON.parse(raw))
        } catch {
          return fail('unreadable')
        }
      },
      enquire: enquireWith(contract),
      closePage: closeWith(contract),
      cancelOrRefund: refundWith(contract),
      testConnection: testWith(contract),
    }
  },
}
