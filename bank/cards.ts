/** A card brand as the protocol names it. */
export type Brand = 'AMEX' | 'MASTERCARD' | 'VISA'

/** What the card holder's bank does before the authorisation is asked for (3-D Secure). */
export type Authentication =
  | 'frictionless'
  | 'sms'
  | 'silent' // a code is asked for, and no SMS ever comes
  | 'rejected'
  | 'unavailable'
  | 'not-enrolled'
  | 'soft-decline' // refused without a code (A1), then asked again with one (gateways 1.9)

/** One test card: its number, and what comes of paying with it. */
export type Card = {
  readonly number: string
  readonly brand: Brand
  readonly authentication: Authentication
  /** Answer of the authorisation network; 00 is an approval (gateways 1.6). */
  readonly authorisation: string
  /** published: the platform's own list; older: its list of before 3-D Secure 2; own: only here. */
  readonly list: 'published' | 'older' | 'own'
}

function card(
  number: string,
  brand: Brand,
  authentication: Authentication,
  authorisation = '00',
  list: Card['list'] = 'published',
): Card {
  return { number, brand, authentication, authorisation, list }
}

/**
 * Every card this bank knows. Source: the platform's published test cards (gateways 1.11); the numbers of
 * our own fail the Luhn check, so they can be nobody's.
 */
export const cards: readonly Card[] = [
  card('4970100000000055', 'VISA', 'frictionless'),
  card('4970100000000113', 'VISA', 'frictionless', '05'),
  card('5970100300000067', 'MASTERCARD', 'frictionless'),
  card('5970100300000109', 'MASTERCARD', 'frictionless', '05'),
  card('4970110000001003', 'VISA', 'sms'),
  card('4970110000000039', 'VISA', 'sms', '05'),
  card('4970110000000021', 'VISA', 'silent'),
  card('5100010000000049', 'MASTERCARD', 'silent'),
  card('4970110000000401', 'VISA', 'rejected'),
  card('4970110000000898', 'VISA', 'unavailable'),
  card('4970100000000048', 'VISA', 'not-enrolled'),
  card('5970100300000042', 'MASTERCARD', 'not-enrolled'),
  card('378283000000003', 'AMEX', 'not-enrolled'),
  card('4970100000000000', 'VISA', 'sms', '00', 'older'),
  card('5970100300000000', 'MASTERCARD', 'sms', '00', 'older'),
  card('4970100000000097', 'VISA', 'rejected', '00', 'older'),
  card('4970100000000098', 'VISA', 'frictionless', '61', 'older'),
  card('4970100000000099', 'VISA', 'frictionless', '63', 'older'),
  card('4970100000000051', 'VISA', 'frictionless', '51', 'own'),
  card('4970100000000043', 'VISA', 'frictionless', '43', 'own'),
  card('4970100000000114', 'VISA', 'frictionless', '14', 'own'),
  card('4970100000000041', 'VISA', 'frictionless', '41', 'own'),
  card('4970100000000054', 'VISA', 'frictionless', '54', 'own'),
  card('4970100000000057', 'VISA', 'frictionless', '57', 'own'),
  card('4970100000000091', 'VISA', 'frictionless', '91', 'own'),
  card('4970100000000096', 'VISA', 'frictionless', '96', 'own'),
  card('4970100000000065', 'VISA', 'soft-decline', '00', 'own'),
]

/** The test card of that number, if it is one. */
export function findCard(number: string): Card | undefined {
  return cards.find((card) => card.number === number)
}

/** The number as typed, without the spaces and dashes people put in it. */
export function cleanNumber(typed: string): string {
  return typed.replaceAll(/[\s\u00a0\u202f.\-–]/g, '')
}

/** True when the digits pass the Luhn check and have a card's length. */
export function looksLikeCard(number: string): boolean {
  if (!/^\d{13,19}$/.test(number)) return false
  let sum = 0
  for (const [rank, digit] of Array.from(number, Number).toReversed().entries()) {
    const value = rank % 2 === 1 ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** The number as the bank may show it afterwards: 497010XXXXXX0055. */
export function maskNumber(number: string): string {
  return number.slice(0, 6) + 'X'.repeat(number.length - 10) + number.slice(-4)
}

/** Digits of the security code: 4 on the front of an American Express, 3 on the back of the others. */
export function codeLength(brand: Brand): number {
  return brand === 'AMEX' ? 4 : 3
}
