import { fromStamp } from './format.ts'
import type { Fields } from './signature.ts'

/** What every answer of the REST V4 interface is wrapped in (gateways 2). */
export type Asked = {
  readonly webService: string
  readonly now: number
  readonly mode: 'TEST' | 'PRODUCTION'
}

function envelope({ webService, now, mode }: Asked, status: 'SUCCESS' | 'ERROR', answer: object) {
  return {
    webService,
    version: 'V4',
    applicationVersion: '6.0.0',
    status,
    answer,
    ticket: null,
    serverDate: toDate(now),
    applicationProvider: 'NPS',
    metadata: null,
    mode,
    _type: 'V4/WebService/Response',
  }
}

/** A time as the interface writes it: « 2012-04-12T16:44:31+00:00 ». */
const toDate = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, '+00:00')

export const answered = (asked: Asked, answer: object) => envelope(asked, 'SUCCESS', answer)

/** Codes of gateways 2.2; the messages are the interface's own English. */
const MESSAGES = {
  PSP_010: 'transaction not found',
  PSP_050: 'invalid amount',
  PSP_075: 'Cancellation impossible, please try a refund',
  PSP_104: 'Transaction already refunded',
  PSP_105: 'Transaction already cancelled',
  INT_009: 'invalid input',
  INT_901: 'web-service not found',
  INT_905: 'invalid login or private key',
} as const

export const refused = (asked: Asked, errorCode: keyof typeof MESSAGES) =>
  envelope(asked, 'ERROR', {
    errorCode,
    errorMessage: MESSAGES[errorCode],
    detailedErrorCode: null,
    detailedErrorMessage: null,
    _type: 'V4/WebService/WebServiceError',
  })

const CURRENCIES: Readonly<Record<string, string>> = {
  '978': 'EUR',
  '952': 'XOF',
  '840': 'USD',
  '756': 'CHF',
}
const currency = (code: string | undefined): string | null =>
  code === undefined ? null : (CURRENCIES[code] ?? code)

/** The simplified status of a detailed one. */
function simple(status: string): string {
  if (status === 'AUTHORISED' || status === 'CAPTURED') return 'PAID'
  return ['REFUSED', 'CANCELLED', 'EXPIRED', 'NOT_CREATED'].includes(status) ? 'UNPAID' : 'RUNNING'
}

/** A transaction under the names of the interface (gateways 2.3 and 2.4), from the fields of its outcome. */
function describe(shopId: string, fields: Fields, parent?: string) {
  const of = (name: string): string | null => fields[`vads_${name}`] || null
  const detailedStatus = fields['vads_trans_status'] ?? ''
  const result = of('auth_result')
  const created = fromStamp(fields['vads_effective_creation_date'] ?? '') ?? 0
  return {
    shopId,
    uuid: fields['vads_trans_uuid'] ?? '',
    amount: Number(fields['vads_amount']),
    currency: currency(fields['vads_currency']),
    paymentMethodType: 'CARD',
    paymentMethodToken: null,
    status: simple(detailedStatus),
    detailedStatus,
    operationType: fields['vads_operation_type'] ?? 'DEBIT',
    creationDate: toDate(created),
    errorCode: detailedStatus === 'REFUSED' ? 'ACQ_001' : null,
    errorMessage: detailedStatus === 'REFUSED' ? 'payment refused' : null,
    detailedErrorCode: detailedStatus === 'REFUSED' ? result : null,
    detailedErrorMessage: null,
    metadata: null,
    transactionDetails: {
      liabilityShift: of('warranty_result'),
      effectiveAmount: Number(fields['vads_effective_amount'] ?? fields['vads_amount']),
      effectiveCurrency: currency(fields['vads_effective_currency']),
      creationContext: parent === undefined ? 'CHARGE' : 'REFUND',
      parentTransactionUuid: parent ?? null,
      sequenceNumber: Number(fields['vads_sequence_number'] ?? 1),
      cardDetails: {
        paymentSource: of('payment_src'),
        pan: of('card_number'),
        effectiveBrand: of('card_brand'),
        expiryMonth: Number(fields['vads_expiry_month'] ?? 0) || null,
        expiryYear: Number(fields['vads_expiry_year'] ?? 0) || null,
        country: of('card_country'),
        legacyTransId: fields['vads_trans_id'] ?? '',
        legacyTransDate: toDate(fromStamp(fields['vads_trans_date'] ?? '') ?? created),
        authorizationResponse: {
          amount: Number(fields['vads_amount']),
          currency: currency(fields['vads_currency']),
          authorizationNumber: of('auth_number'),
          authorizationDate: toDate(created),
          // The interface writes a success « 0 », the form « 00 » (gateways 1.6).
          authorizationResult: result === '00' ? '0' : result,
          _type: 'V4/PaymentMethod/Details/Cards/CardAuthorizationResponse',
        },
        _type: 'V4/PaymentMethod/Details/CardDetails',
      },
      _type: 'V4/TransactionDetails',
    },
    _type: 'V4/PaymentTransaction',
  }
}

export type Described = { readonly fields: Fields; readonly parent: string | undefined }

/** The answer of a service about one transaction, with its order. */
export function describeTransaction(shopId: string, orderId: string, { fields, parent }: Described) {
  const orderDetails = {
    orderTotalAmount: Number(fields['vads_amount']),
    orderEffectiveAmount: null,
    orderCurrency: currency(fields['vads_currency']),
    mode: fields['vads_ctx_mode'] ?? 'TEST',
    orderId,
    metadata: null,
    _type: 'V4/OrderDetails',
  }
  return { ...describe(shopId, fields, parent), orderDetails }
}

/** The answer of Order/Get for an order with at least one transaction, as the platform was seen to give it. */
export const describeOrder = (shopId: string, orderId: string, described: readonly Described[]) => ({
  orderId,
  shopId,
  transactions: described.map((one) => ({
    ...describeTransaction(shopId, orderId, one),
    _type: 'V4/Transaction',
  })),
  _type: 'V4/OrderTransactions',
})
