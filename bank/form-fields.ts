import type { Brand } from './cards.ts'

/** One rule of the form: the field, its number in the list of format errors, what its value must be. */
export type FieldRule = {
  readonly name: string
  readonly number: string
  readonly mandatory: boolean
  readonly accepts: (value: string) => boolean
  /** What to correct, in French. */
  readonly expected: string
}

const matches = (pattern: RegExp) => (value: string) => pattern.test(value)
const upTo = (length: number) => (value: string) => value.length <= length

function isWebAddress(value: string): boolean {
  if (value.length > 1024 || !URL.canParse(value)) return false
  return ['http:', 'https:'].includes(new URL(value).protocol)
}

function must(name: string, number: string, accepts: FieldRule['accepts'], expected: string): FieldRule {
  return { name: `vads_${name}`, number, mandatory: true, accepts, expected }
}

/** An optional field may be absent or empty. */
function may(name: string, number: string, accepts: FieldRule['accepts'], expected: string): FieldRule {
  const acceptsEmpty = (value: string) => value === '' || accepts(value)
  return { name: `vads_${name}`, number, mandatory: false, accepts: acceptsEmpty, expected }
}

function text(name: string, number: string, length: number): FieldRule {
  return may(name, number, upTo(length), `au plus ${length} caractères`)
}

function address(name: string, number: string): FieldRule {
  return may(name, number, isWebAddress, 'une adresse complète, en http ou https, d’au plus 1024 caractères')
}

const seconds = (value: string) => /^\d{1,3}$/.test(value) && Number(value) <= 300

const cardCodes: Record<string, readonly Brand[]> = {
  CB: ['MASTERCARD', 'VISA'],
  VISA: ['VISA'],
  VISA_ELECTRON: ['VISA'],
  'E-CARTEBLEUE': ['VISA'],
  VPAY: ['VISA'],
  MASTERCARD: ['MASTERCARD'],
  MAESTRO: ['MASTERCARD'],
  AMEX: ['AMEX'],
}

/** The brands a vads_payment_cards list lets the buyer use; none when a code of the list is not sold here. */
export function brandsOf(paymentCards: string): readonly Brand[] {
  if (paymentCards === '') return ['AMEX', 'MASTERCARD', 'VISA']
  const codes = paymentCards.split(';')
  if (!codes.every((code) => Object.hasOwn(cardCodes, code))) return []
  const brands = new Set(codes.flatMap((code) => cardCodes[code] ?? []))
  return (['AMEX', 'MASTERCARD', 'VISA'] as const).filter((brand) => brands.has(brand))
}

/** Source: gateways 1.2 for the formats, 1.5 for the numbers. In the order in which they are checked. */
export const fieldRules: readonly FieldRule[] = [
  must('version', '01', matches(/^V2$/), 'V2'),
  must('site_id', '02', matches(/^\d{8}$/), 'les 8 chiffres de l’identifiant de la boutique'),
  must(
    'trans_id',
    '03',
    matches(/^[0-8]\d{5}$/),
    '6 chiffres, de 000000 à 899999, jamais utilisés dans la journée (UTC)',
  ),
  must(
    'trans_date',
    '04',
    matches(/^\d{14}$/),
    '14 chiffres AAAAMMJJHHMMSS, en UTC, à moins de 24 heures de maintenant',
  ),
  may('validation_mode', '05', matches(/^[01]$/), '0 ou 1'),
  may('capture_delay', '06', matches(/^\d{1,3}$/), 'un nombre de jours, 3 chiffres au plus'),
  must(
    'payment_config',
    '07',
    matches(/^SINGLE$/),
    'SINGLE (ce simulateur ne fait pas de paiement en plusieurs fois)',
  ),
  may(
    'payment_cards',
    '08',
    (value) => brandsOf(value).length > 0,
    'des codes de carte séparés par « ; », parmi CB, VISA, MASTERCARD, AMEX…',
  ),
  must(
    'amount',
    '09',
    (value) => /^\d{1,12}$/.test(value) && Number(value) > 0,
    'un nombre entier de centimes, supérieur à zéro, 12 chiffres au plus',
  ),
  must('currency', '10', matches(/^978$/), '978 (euro)'),
  must(
    'ctx_mode',
    '11',
    matches(/^(?:TEST|PRODUCTION)$/),
    'TEST (ce simulateur ne connaît pas la production)',
  ),
  may('language', '12', matches(/^[a-z]{2}$/), 'un code de langue sur 2 lettres minuscules (fr)'),
  may(
    'order_id',
    '13',
    matches(/^[A-Za-z0-9_-]{1,64}$/),
    'au plus 64 lettres sans accent, chiffres, tirets ou soulignés',
  ),
  text('order_info', '14', 255),
  text('order_info2', '14', 255),
  text('order_info3', '14', 255),
  may(
    'cust_email',
    '15',
    (value) => value.length <= 150 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
    'une adresse électronique d’au plus 150 caractères',
  ),
  text('cust_id', '16', 63),
  text('cust_title', '17', 63),
  text('cust_name', '18', 127),
  text('cust_first_name', '18', 63),
  text('cust_last_name', '18', 63),
  text('cust_address', '19', 255),
  text('cust_zip', '20', 64),
  text('cust_city', '21', 128),
  may('cust_country', '22', matches(/^[A-Z]{2}$/), 'un code de pays sur 2 lettres majuscules (FR)'),
  text('cust_phone', '23', 32),
  address('url_success', '24'),
  address('url_refused', '25'),
  address('url_referral', '26'),
  address('url_cancel', '27'),
  address('url_return', '28'),
  address('url_error', '29'),
  text('contrib', '31', 255),
  text('theme_config', '32', 255),
  address('url_check', '33'),
  may('redirect_success_timeout', '34', seconds, 'un nombre de secondes, de 0 à 300'),
  text('redirect_success_message', '35', 255),
  may('redirect_error_timeout', '36', seconds, 'un nombre de secondes, de 0 à 300'),
  text('redirect_error_message', '37', 255),
  must('page_action', '46', matches(/^PAYMENT$/), 'PAYMENT'),
  must('action_mode', '47', matches(/^INTERACTIVE$/), 'INTERACTIVE (la carte est saisie chez la banque)'),
  may('return_mode', '48', matches(/^(NONE|GET|POST)$/), 'NONE, GET ou POST'),
  may('threeds_mpi', '50', matches(/^[0-5]$/), 'un chiffre de 0 à 5'),
  may(
    'available_languages',
    '71',
    matches(/^[a-z]{2}(;[a-z]{2})*$/),
    'des codes de langue séparés par « ; »',
  ),
  text('shop_name', '72', 127),
  address('shop_url', '73'),
  text('cust_cell_phone', '77', 32),
]
