// Contracts as adapters are given them, and an order to send.
import type { ContractId, OrganisationId } from '../../src/kernel/ids.ts'
import { cents } from '../../src/kernel/money.ts'
import type { ContractOf, PaymentOrder } from '../../src/payments/gateway.ts'

type Systempay = ContractOf<'systempay'>

export const systempayContract = (
  values: Partial<Pick<Systempay, 'mode' | 'shopNumber'>> & {
    readonly settings?: Partial<Systempay['settings']>
    readonly secrets?: Partial<Systempay['secrets']>
  } = {},
): Systempay => ({
  organisationId: 'o' as OrganisationId,
  id: 'c' as ContractId,
  gateway: 'systempay',
  mode: values.mode ?? 'TEST',
  shopNumber: values.shopNumber ?? '12345678',
  bankName: 'Caisse d’Épargne',
  settings: {
    formUrl: 'https://paiement.systempay.fr/vads-payment/',
    restUrl: null,
    signature: 'HMAC-SHA-256',
    cards: null,
    threeDs: null,
    ...values.settings,
  },
  secrets: { key: 'clef-de-test-0001', ...values.secrets },
})

type Stripe = ContractOf<'stripe'>

export const stripeContract = (
  values: Partial<Pick<Stripe, 'mode'>> & {
    readonly settings?: Partial<Stripe['settings']>
    readonly secrets?: Partial<Stripe['secrets']>
  } = {},
): Stripe => ({
  organisationId: 'o' as OrganisationId,
  id: 'c' as ContractId,
  gateway: 'stripe',
  mode: values.mode ?? 'TEST',
  shopNumber: 'acct_tests',
  bankName: 'Stripe',
  settings: { apiUrl: null, pageUrl: null, methods: 'card', ...values.settings },
  secrets: { key: 'sk_test_of_the_tests', webhookSecret: 'whsec_of_the_tests', ...values.secrets },
})

const REFERENCE = '0A1B2C3D4E5F6G7H8J9K0M1N2P'

export const testOrder = (changes: Partial<PaymentOrder> = {}): PaymentOrder => ({
  reference: REFERENCE,
  transactionNumber: '000042',
  amount: cents(3100),
  sentAt: new Date('2012-04-12T22:59:59.999Z'),
  receiptEmail: 'claire@famille.example',
  returnUrl: `https://portail.example/paiement/${REFERENCE}/retour`,
  notificationUrl: 'https://portail.example/banque/systempay/notification/c',
  payee: 'ACCUEIL DE LOISIRS THONON',
  invoiceNumbers: ['TH000001'],
  ...changes,
})
