import { brandsOf, fieldRules } from './form-fields.ts'
import { fromStamp } from './format.ts'
import { isSigned, type Algorithm, type Fields } from './signature.ts'
import type { Brand } from './cards.ts'

/** Why a form is refused: the number of the bad field (gateways 1.5), its name, what to correct. */
export type Refusal = { readonly number: string; readonly field: string; readonly correction: string }

/** What a correct form asks for. */
export type Order = {
  /** Every signed field, echoed in the answer. */
  readonly fields: Fields
  readonly siteId: string
  readonly transId: string
  /** 14 digits, UTC. */
  readonly transDate: string
  /** In cents. */
  readonly amount: number
  readonly orderId: string
  readonly brands: readonly Brand[]
}

/** What the bank knows when a form comes in. */
export type Bench = {
  readonly siteIds: readonly string[]
  readonly key: string
  readonly algorithm?: Algorithm | undefined
  readonly mode: 'TEST' | 'PRODUCTION'
  /** Milliseconds since 1970. */
  readonly now: number
  readonly isUsed: (transId: string, transDate: string) => boolean
}

export type Verdict = { readonly refusal: Refusal } | { readonly order: Order }

const DAY = 24 * 60 * 60 * 1000

function refuse(number: string, field: string, correction: string): Verdict {
  return { refusal: { number, field, correction } }
}

function ruleOf(name: string) {
  return fieldRules.find((rule) => rule.name === name)
}

function refuseField(name: string): Verdict {
  const rule = ruleOf(name)
  return rule ? refuse(rule.number, name, `Valeur attendue : ${rule.expected}.`) : refuse('99', name, '')
}

/**
 * Reads a submitted form as the platform does: who is calling, is it signed, is every field of its format.
 * The first problem found is the one told. Source: Systempay form V2, gateways 1.2 to 1.5.
 */
export function checkForm(pairs: readonly (readonly [string, string])[], bench: Bench): Verdict {
  const signed = pairs.filter(([name]) => name.startsWith('vads_'))
  const fields: Fields = Object.fromEntries(signed)
  const names = signed.map(([name]) => name)
  const repeated = names.find((name, rank) => names.indexOf(name) !== rank)
  if (repeated)
    return refuse('99', repeated, 'Ce champ est envoyé plusieurs fois ; il ne doit l’être qu’une.')

  const siteId = bench.siteIds.find((known) => known === fields['vads_site_id'])
  if (siteId === undefined) return refuseField('vads_site_id')
  if (fields['vads_ctx_mode'] !== bench.mode) return refuseField('vads_ctx_mode')
  const signatures = pairs.filter(([name]) => name === 'signature').map(([, value]) => value)
  const [signature] = signatures
  if (
    signature === undefined ||
    signatures.length > 1 ||
    !isSigned(fields, signature, bench.key, bench.algorithm)
  ) {
    return refuse(
      '00',
      'signature',
      'Vérifiez la clé de test, l’algorithme (HMAC-SHA-256), l’ordre des champs et que rien n’a changé depuis le calcul.',
    )
  }

  for (const rule of fieldRules) {
    const value = fields[rule.name]
    const isMissing = value === undefined && rule.mandatory
    if (isMissing || (value !== undefined && !rule.accepts(value))) return refuseField(rule.name)
  }
  const marked = names.find((name) => /[<>]/.test(name + fields[name]))
  if (marked) {
    const number = ruleOf(marked)?.number ?? '99'
    return refuse(number, marked, 'Les caractères « < » et « > » ne sont admis dans aucun champ.')
  }

  const transId = fields['vads_trans_id'] ?? ''
  const transDate = fields['vads_trans_date'] ?? ''
  const date = fromStamp(transDate)
  if (date === undefined || Math.abs(date - bench.now) > DAY) return refuseField('vads_trans_date')
  if (bench.isUsed(transId, transDate)) return refuseField('vads_trans_id')

  return {
    order: {
      fields,
      siteId,
      transId,
      transDate,
      amount: Number(fields['vads_amount']),
      orderId: fields['vads_order_id'] ?? '',
      brands: brandsOf(fields['vads_payment_cards'] ?? ''),
    },
  }
}
