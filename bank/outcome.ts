import { maskNumber, type Card } from './cards.ts'
import type { Order } from './check-form.ts'
import { toStamp } from './format.ts'
import type { Fields } from './signature.ts'

/** How the authentication of the card holder ended (3-D Secure). */
export type Authenticated =
  | 'frictionless'
  | 'not-enrolled'
  | 'challenged'
  | 'failed' // three wrong codes
  | 'unanswered' // no code before the end of the page
  | 'rejected' // by the card holder's bank, without a code
  | 'unavailable'

/** True when the network may be asked for the money. */
export function mayAuthorise(authenticated: Authenticated): boolean {
  return ['frictionless', 'not-enrolled', 'challenged'].includes(authenticated)
}

/** A payment attempt whose end is known. */
export type Payment = {
  /** 32 hexadecimal digits, unique everywhere. */
  readonly uuid: string
  readonly sequence: number
  readonly card: Card
  readonly expiry: { readonly month: number; readonly year: number }
  readonly authenticated: Authenticated
  /** Milliseconds since 1970. */
  readonly time: number
  /** 6 digits when the network approved. */
  readonly authorisationNumber: string
  /** 40 hexadecimal digits when the payment is accepted. */
  readonly certificate: string
}

/** True when money moves: authenticated as far as the card allows, and approved by the network. */
export function isAccepted(card: Card, authenticated: Authenticated): boolean {
  return mayAuthorise(authenticated) && card.authorisation === '00'
}

const threeds: Record<Authenticated, { enrolled: string; status: string; type: string; exit: string }> = {
  frictionless: { enrolled: 'Y', status: 'Y', type: 'FRICTIONLESS', exit: '10' },
  challenged: { enrolled: 'Y', status: 'Y', type: 'CHALLENGE', exit: '10' },
  failed: { enrolled: 'Y', status: 'N', type: 'CHALLENGE', exit: '10' },
  unanswered: { enrolled: 'Y', status: 'N', type: 'CHALLENGE', exit: '10' },
  rejected: { enrolled: 'Y', status: 'N', type: '', exit: '10' },
  unavailable: { enrolled: 'Y', status: 'U', type: '', exit: '6' },
  'not-enrolled': { enrolled: 'N', status: '', type: '', exit: '7' },
}

/** Wrong code, and code expired (gateways 1.6). */
const paymentErrors: Partial<Record<Authenticated, string>> = { failed: '217', unanswered: '216' }

function eciOf(card: Card, status: string): string {
  if (status !== 'Y') return ''
  return card.brand === 'MASTERCARD' ? '02' : '05'
}

function threedsFields(payment: Payment): Fields {
  const { enrolled, status, type, exit } = threeds[payment.authenticated]
  return {
    vads_threeds_enrolled: enrolled,
    vads_threeds_status: status,
    vads_threeds_auth_type: type,
    vads_threeds_eci: eciOf(payment.card, status),
    vads_threeds_cavv: status === 'Y' ? Buffer.from(payment.uuid.slice(0, 20)).toString('base64') : '',
    vads_threeds_cavvAlgorithm: status === 'Y' ? '2' : '',
    vads_threeds_xid: enrolled === 'Y' ? Buffer.from(payment.uuid.slice(0, 20)).toString('base64') : '',
    vads_threeds_sign_valid: status === 'Y' || status === 'N' ? '1' : '',
    vads_threeds_error_code: '',
    vads_threeds_exit_status: exit,
  }
}

/** Fields describing a payment attempt (gateways 1.6 and 1.9); neither the notification's own nor signed. */
export function describePayment(order: Order, payment: Payment): Fields {
  const { card, authenticated } = payment
  const accepted = isAccepted(card, authenticated)
  const asked = mayAuthorise(authenticated)
  const stamp = toStamp(payment.time)
  const error = paymentErrors[authenticated]
  return {
    vads_result: accepted ? '00' : '05',
    vads_extra_result: '',
    vads_auth_result: asked ? card.authorisation : '',
    vads_auth_mode: 'FULL',
    vads_auth_number: accepted ? payment.authorisationNumber : '',
    vads_auth_date: asked ? stamp : '',
    vads_trans_status: accepted ? acceptedStatus(order) : 'REFUSED',
    vads_operation_type: 'DEBIT',
    vads_occurrence_type: 'UNITAIRE',
    vads_card_brand: card.brand,
    vads_card_number: maskNumber(card.number),
    vads_card_country: 'FR',
    vads_bank_label: 'Banque de démonstration',
    vads_bank_product: 'F',
    vads_expiry_month: String(payment.expiry.month),
    vads_expiry_year: String(payment.expiry.year),
    vads_trans_uuid: payment.uuid,
    vads_sequence_number: String(payment.sequence),
    vads_effective_amount: String(order.amount),
    vads_effective_currency: '978',
    vads_effective_creation_date: stamp,
    vads_presentation_date: stamp,
    vads_payment_certificate: accepted ? payment.certificate : '',
    vads_payment_src: 'EC',
    vads_contract_used: '5555555',
    vads_tid: '001',
    vads_pays_ip: 'FR',
    vads_warranty_result: warranty(accepted, authenticated),
    ...threedsFields(payment),
    ...(error ? { vads_payment_error: error } : {}),
  }
}

/** The order as the shop's own settings complete it: what its form does not say. */
export function heldOrder(order: Order, held: 'manual' | 'deferred' | undefined): Order {
  if (held === undefined) return order
  const own = held === 'manual' ? { vads_validation_mode: '1' } : { vads_capture_delay: '8' }
  return { ...order, fields: { ...order.fields, ...own } }
}

/** Validated by hand, or authorised later when the capture is more than seven days away (gateways 1.6). */
function acceptedStatus({ fields }: Order): string {
  const isManual = fields['vads_validation_mode'] === '1'
  const isLater = Number(fields['vads_capture_delay'] ?? 0) > 7
  if (isLater) return isManual ? 'WAITING_AUTHORISATION_TO_VALIDATE' : 'WAITING_AUTHORISATION'
  return isManual ? 'AUTHORISED_TO_VALIDATE' : 'AUTHORISED'
}

function warranty(accepted: boolean, authenticated: Authenticated): string {
  if (!accepted) return ''
  return authenticated === 'not-enrolled' ? 'NO' : 'YES'
}

/** Fields of a page the buyer left: neither card nor sequence (gateways 1.7). */
export function describeAbandonment(uuid: string, time: number): Fields {
  return {
    vads_result: '17',
    vads_extra_result: '',
    vads_trans_status: 'ABANDONED',
    vads_operation_type: 'DEBIT',
    vads_trans_uuid: uuid,
    vads_payment_src: 'EC',
    vads_effective_creation_date: toStamp(time),
  }
}

export type ReturnMode = 'NONE' | 'GET' | 'POST'

export type Ending = 'accepted' | 'refused' | 'abandoned'

/** What accompanies the buyer's return; NONE unless the form said otherwise. */
export function returnMode(order: Order): ReturnMode {
  const mode = order.fields['vads_return_mode']
  return mode === 'GET' || mode === 'POST' ? mode : 'NONE'
}

const endingFields: Record<Ending, string> = {
  accepted: 'vads_url_success',
  refused: 'vads_url_refused',
  abandoned: 'vads_url_cancel',
}

/** Where the buyer goes back to: the outcome's own address, else the common one, else the shop's. */
export function returnAddress(order: Order, ending: Ending | 'expired', shopUrl: string): string {
  const own = ending === 'expired' ? '' : order.fields[endingFields[ending]]
  return own || order.fields['vads_url_return'] || shopUrl
}
