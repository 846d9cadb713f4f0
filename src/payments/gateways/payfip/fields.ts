// What creerPaiementSecurise is told, and the rule of each field (gateways 3.1).
import { type Instant, parisDay } from '../../../kernel/dates.ts'
import { type Cents, cents } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'

/** T: test, no money. X: activation, real cards for small amounts before going live. W: production. */
type Saisie = 'T' | 'X' | 'W'

/** What one payment says of itself. */
export type PayfipOrder = {
  /** The contract's number at PayFiP: six digits. */
  readonly numcli: string
  readonly saisie: Saisie
  readonly refdet: string
  readonly objet: string
  readonly montant: Cents
  readonly mel: string
  readonly sentAt: Instant
  readonly urlnotif: string
  readonly urlredirect: string
}

/** One euro. */
export const LEAST = cents(100)
/** Two documents disagree, 99 999,99 € and 100 000 €: the smaller is the safe one. */
export const MOST = cents(9_999_999)

export type OrderProblem = 'email' | 'amount' | 'settings'

/** The fields, in the service's own order; the first problem otherwise. */
export function orderFields(
  order: PayfipOrder,
): Result<readonly (readonly [string, string])[], OrderProblem> {
  if (order.montant < LEAST || order.montant > MOST) return fail('amount')
  if (!isEmail(order.mel)) return fail('email')
  const isAddress = (url: string) => url.length < 250 && URL.canParse(url)
  const isSet =
    /^\d{6}$/.test(order.numcli) &&
    /^[A-Za-z\d]{6,30}$/.test(order.refdet) &&
    isAddress(order.urlnotif) &&
    isAddress(order.urlredirect)
  if (!isSet) return fail('settings')
  return ok([
    ['exer', parisDay(order.sentAt).slice(0, 4)],
    ['mel', order.mel],
    ['montant', String(order.montant)],
    ['numcli', order.numcli],
    ['objet', plainObjet(order.objet)],
    ['refdet', order.refdet],
    ['saisie', order.saisie],
    ['urlnotif', order.urlnotif],
    ['urlredirect', order.urlredirect],
  ])
}

/** 6 to 80 characters of an ordinary address; what PayFiP takes beyond is not known. */
const isEmail = (mel: string): boolean =>
  mel.length >= 6 &&
  mel.length <= 80 &&
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+$/.test(mel)

/**
 * At most 100 unaccented letters, digits and single spaces: « Établissement hors-sol n#12 » becomes
 * « Etablissement hors sol n12 ».
 */
export function plainObjet(text: string): string {
  return text
    .replaceAll(/[\u0152\u0153]/g, 'oe')
    .normalize('NFKD')
    .replaceAll(/[-'\u2010-\u2015\u2019\s]/g, ' ')
    .replaceAll(/[^A-Za-z\d ]/g, '')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, 100)
    .trim()
}
