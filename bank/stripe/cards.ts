// The test cards and accounts of Stripe's own documentation (gateways 5.5), and what comes of each.

export type StripeCard = {
  readonly number: string
  readonly brand: 'visa' | 'mastercard'
  /** error: the holder's bank cannot be asked. */
  readonly challenge: 'none' | 'asked' | 'error'
  /** Why it is declined, after the challenge when one is asked; absent: it is accepted. */
  readonly decline?: string
  /** What happens to the money afterwards. */
  readonly later?: 'disputed' | 'refund-fails' | 'refund-pending'
}

const visa = (number: string, more: Partial<StripeCard> = {}): StripeCard => ({
  number,
  brand: 'visa',
  challenge: 'none',
  ...more,
})

export const stripeCards: readonly StripeCard[] = [
  visa('4242424242424242'),
  { ...visa('5555555555554444'), brand: 'mastercard' },
  visa('4000002500000003'),
  visa('4000000000000002', { decline: 'generic_decline' }),
  visa('4000000000009995', { decline: 'insufficient_funds' }),
  visa('4000000000009987', { decline: 'lost_card' }),
  visa('4000000000009979', { decline: 'stolen_card' }),
  visa('4000000000000069', { decline: 'expired_card' }),
  visa('4000000000000127', { decline: 'incorrect_cvc' }),
  visa('4000000000000119', { decline: 'processing_error' }),
  visa('4000002500003155', { challenge: 'asked' }),
  visa('4000002760003184', { challenge: 'asked' }),
  visa('4000000000003220', { challenge: 'asked' }),
  visa('4000008400001629', { challenge: 'asked', decline: 'generic_decline' }),
  visa('4000008400001280', { challenge: 'error', decline: 'authentication_required' }),
  visa('4000008260003178', { challenge: 'asked', decline: 'insufficient_funds' }),
  visa('4000000000000259', { later: 'disputed' }),
  visa('4000000000005126', { later: 'refund-fails' }),
  visa('4000000000007726', { later: 'refund-pending' }),
]

/** Accounts for a SEPA direct debit, and whether the debit succeeds. */
export const stripeAccounts: readonly { readonly iban: string; readonly succeeds: boolean }[] = [
  { iban: 'FR1420041010050500013M02606', succeeds: true },
  { iban: 'FR8420041010050500013M02607', succeeds: false },
]

const clean = (typed: string): string => typed.replaceAll(/[\s\u00a0.-]/g, '').toUpperCase()

export const findStripeCard = (typed: string): StripeCard | undefined =>
  stripeCards.find(({ number }) => number === clean(typed))
export const findStripeAccount = (typed: string) => stripeAccounts.find(({ iban }) => iban === clean(typed))

/** These reasons are also the error's own code; the others are « card_declined ». */
const OWN_CODE = new Set(['expired_card', 'incorrect_cvc', 'processing_error'])

/** The code of the error that a decline reason comes under. */
export const errorCode = (decline: string): string => (OWN_CODE.has(decline) ? decline : 'card_declined')
