import { cleanNumber, codeLength, findCard, looksLikeCard, type Brand, type Card } from './cards.ts'
import { monthInParis } from './format.ts'
import { say, texts } from './texts.ts'

/** What the buyer typed on the card page, as received. */
export type TypedCard = {
  readonly number: string
  readonly month: string
  readonly year: string
  readonly code: string
  readonly email: string
  /** Address already questioned once, and kept by the buyer. */
  readonly emailSeen: string
}

export type CardField = 'pan' | 'mm' | 'cvc' | 'email'

type CardProblem = { readonly field: CardField; readonly sentence: string }

/** Why the card page comes back; never holds a number the bank does not know. */
export type CardRefusal = {
  readonly problems: readonly CardProblem[]
  /** A plausible number which is no test card: it might be a real one. */
  readonly isUnknown: boolean
  /** Brand of the card, when it is not the one chosen and the payee takes it. */
  readonly otherBrand: Brand | undefined
}

export type CheckedCard = {
  readonly card: Card
  readonly expiry: { readonly month: number; readonly year: number }
  readonly email: string
}

const misspelt: Record<string, string> = {
  'gmial.com': 'gmail.com',
  'gmail.fr': 'gmail.com',
  'gamil.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'hotmial.fr': 'hotmail.fr',
  'hotmial.com': 'hotmail.com',
  'ornage.fr': 'orange.fr',
  'orage.fr': 'orange.fr',
  'wanado.fr': 'wanadoo.fr',
  'wandoo.fr': 'wanadoo.fr',
  'yaho.fr': 'yahoo.fr',
  'laposte.fr': 'laposte.net',
}

function checkEmail(email: string, seen: string): string | undefined {
  if (email === '') return undefined
  if (email.length > 150 || !/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(email)) return texts.badEmail
  const [local = '', domain = ''] = email.split('@')
  const meant = misspelt[domain.toLowerCase()]
  return meant && seen !== email ? say.maybeMeant(`${local}@${meant}`) : undefined
}

function checkExpiry(typed: TypedCard, now: number): { month: number; year: number } | string {
  const month = Number(typed.month)
  const year = Number(typed.year)
  if (!/^\d{1,2}$/.test(typed.month) || !/^\d{4}$/.test(typed.year) || month < 1 || month > 12)
    return texts.badExpiry
  const today = monthInParis(now)
  const isPast = year < today.year || (year === today.year && month < today.month)
  return isPast ? say.expiredCard(month, year) : { month, year }
}

function checkNumber(
  number: string,
  chosen: Brand | undefined,
  allowed: readonly Brand[],
): { sentence?: string; otherBrand?: Brand; isUnknown?: boolean } {
  if (number === '') return { sentence: texts.noNumber }
  const card = findCard(number)
  if (!card) return looksLikeCard(number) ? { isUnknown: true } : { sentence: texts.badNumber }
  if (!allowed.includes(card.brand)) return { sentence: say.notTaken(card.brand) }
  if (!chosen || chosen === card.brand) return {}
  return { sentence: say.otherBrand(card.brand, chosen), otherBrand: card.brand }
}

/**
 * Reads the card page. A test card of the table is taken whatever its Luhn digit; any other number is refused
 * and forgotten. `chosen` is the brand picked on the first page, when one was.
 */
export function checkCard(
  typed: TypedCard,
  chosen: Brand | undefined,
  allowed: readonly Brand[],
  now: number,
): { readonly refusal: CardRefusal } | { readonly checked: CheckedCard } {
  const number = cleanNumber(typed.number)
  const card = findCard(number)
  const verdict = checkNumber(number, chosen, allowed)
  const expiry = checkExpiry(typed, now)
  const email = typed.email.trim()
  const emailSentence = checkEmail(email, typed.emailSeen)
  const length = codeLength(card?.brand ?? chosen ?? 'VISA')
  const isCodeRight = new RegExp(`^\\d{${length}}$`).test(typed.code.trim())

  const problems: CardProblem[] = []
  if (verdict.sentence) problems.push({ field: 'pan', sentence: verdict.sentence })
  if (typeof expiry === 'string') problems.push({ field: 'mm', sentence: expiry })
  if (!isCodeRight) problems.push({ field: 'cvc', sentence: length === 4 ? texts.badCode4 : texts.badCode3 })
  if (emailSentence) problems.push({ field: 'email', sentence: emailSentence })

  const isUnknown = verdict.isUnknown === true
  if (card && typeof expiry !== 'string' && problems.length === 0) return { checked: { card, expiry, email } }
  return { refusal: { problems, isUnknown, otherBrand: verdict.otherBrand } }
}
