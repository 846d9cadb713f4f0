// The organisation of the demonstration: the guide's own names, everything else invented.
import { cents } from '../kernel/money.ts'
import type { ContractDescription } from '../organisations/contract-file.ts'
import type { OrganisationDescription } from '../organisations/description.ts'

export type DemoShop = {
  readonly id: string
  /** The second shop of the same merchant: CCVS is paid there, and Thonon alone at the first. */
  readonly secondId?: string | undefined
  readonly key: string
  readonly password?: string | undefined
  /** The club's account at the bank's Stripe; without it the club has no online payment. */
  readonly stripe?: { readonly key: string; readonly webhookSecret: string } | undefined
}

/** Nobody's: SIREN 999 999 999 is not given. */
export const DEMO_SIRET = '99999999900017'
const THONON = 'THONON'
const CCVS = 'CCVS'
const CONTRACT = 'demonstration'
/** The contract of CCVS, where the bank gave the association two shops. */
const SECOND_CONTRACT = 'demonstration-ccvs'
const TOWN = 'VIEILLEVILLE'
const TOWN_CONTRACT = 'regie'
/** The public test client of PayFiP (gateways 3.1), and the service that it pays in the demonstration. */
export const DEMO_PAYFIP = { numcli: '090909', service: 'Régie périscolaire de Vieilleville' }
const CLUB = 'CLUB'
/** The club's contract with Stripe. */
export const DEMO_STRIPE = 'stripe'
/** The account that banks print on their specimens: nobody’s. */
const ACCOUNT = { beneficiary: 'ifac', iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP' }

/** ifac, its two billing units, one in each mode, a town and a club, each paid at this bank in its own way. */
export function demoOrganisation(
  bank: {
    readonly formUrl: string
    readonly restUrl: string | undefined
    readonly payfipUrl: string | undefined
    readonly stripeUrl: string | undefined
    readonly name: string
  },
  shop: DemoShop,
): OrganisationDescription {
  const { formUrl, restUrl, payfipUrl, stripeUrl, name: bankName } = bank
  const hasRest = restUrl !== undefined && shop.password !== undefined
  const contract: ContractDescription = {
    code: CONTRACT,
    bankName,
    gateway: 'systempay',
    mode: 'TEST',
    host: new URL(formUrl).host,
    shopNumber: shop.id,
    settings: {
      formUrl,
      restUrl: hasRest ? restUrl : null,
      signature: 'HMAC-SHA-256',
      cards: null,
      threeDs: null,
    },
    secrets: { key: shop.key, restPassword: hasRest ? shop.password : undefined },
  }
  const second: ContractDescription | undefined =
    shop.secondId === undefined
      ? undefined
      : { ...contract, code: SECOND_CONTRACT, shopNumber: shop.secondId }
  const payfip: ContractDescription | undefined = payfipUrl
    ? {
        code: TOWN_CONTRACT,
        bankName: 'PayFiP',
        gateway: 'payfip',
        mode: 'TEST',
        host: new URL(payfipUrl).host,
        shopNumber: DEMO_PAYFIP.numcli,
        settings: { address: payfipUrl, saisie: 'T' },
        secrets: {},
      }
    : undefined
  const stripe: ContractDescription | undefined =
    stripeUrl && shop.stripe
      ? {
          code: DEMO_STRIPE,
          bankName: 'Stripe',
          gateway: 'stripe',
          mode: 'TEST',
          host: new URL(stripeUrl).host,
          shopNumber: 'acct_demonstration',
          settings: { apiUrl: stripeUrl, pageUrl: stripeUrl, methods: 'card' },
          secrets: shop.stripe,
        }
      : undefined
  return {
    slug: 'ifac',
    name: 'ifac',
    siret: DEMO_SIRET,
    address: '53 rue du Révérend Père Christian Gilbert\n92600 Asnières-sur-Seine',
    phone: '01 99 00 12 34',
    email: 'familles@ifac.example',
    openingHours: 'du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h',
    vatMention: 'TVA non applicable, article 261-7-1° du code général des impôts.',
    dataContact: 'donnees@ifac.example',
    contracts: [contract, second, payfip, stripe].filter((one) => one !== undefined),
    units: [
      {
        code: THONON,
        name: 'Thonon',
        mode: 'per_invoice',
        series: 'TH',
        seriesSource: undefined,
        alertThreshold: cents(3_000),
        visibilityDelayHours: 24,
        minPayment: cents(100),
        maxPayment: cents(300_000),
        contact: 'Accueil de loisirs de Thonon, 04 99 00 12 34, thonon@ifac.example',
        otherMeans: 'Par chèque à l’ordre de l’ifac, en espèces ou en chèques-vacances, à l’accueil.',
        transfer: ACCOUNT,
        contract: CONTRACT,
      },
      {
        code: CCVS,
        name: 'CCVS',
        mode: 'prepaid',
        series: 'CCV',
        seriesSource: undefined,
        alertThreshold: cents(3_000),
        visibilityDelayHours: 24,
        minPayment: cents(1_000),
        maxPayment: cents(50_000),
        contact: 'IFAC 78, 01 99 00 78 78, mezy@ifac.example',
        otherMeans: 'Par chèque à l’ordre de l’ifac, ou en espèces à l’accueil de Mézy-sur-Seine.',
        transfer: ACCOUNT,
        contract: second ? SECOND_CONTRACT : CONTRACT,
      },
      {
        code: TOWN,
        name: 'Vieilleville',
        mode: 'per_invoice',
        series: 'VI',
        seriesSource: undefined,
        alertThreshold: cents(3_000),
        visibilityDelayHours: 24,
        minPayment: cents(100),
        maxPayment: cents(300_000),
        contact: 'Régie périscolaire de Vieilleville, 04 99 00 74 99, regie@vieilleville.example',
        otherMeans: 'Par chèque à l’ordre du Trésor public, ou en espèces, à la régie.',
        contract: payfip ? TOWN_CONTRACT : undefined,
      },
      {
        code: CLUB,
        name: 'Club des Rives',
        mode: 'per_invoice',
        series: 'CR',
        seriesSource: 'import',
        alertThreshold: cents(3_000),
        visibilityDelayHours: 24,
        minPayment: cents(100),
        maxPayment: cents(100_000),
        contact: 'Club des Rives, 04 99 00 74 10, club@rives.example',
        otherMeans: 'Par chèque à l’ordre du Club des Rives, ou en espèces, au club.',
        contract: stripe ? DEMO_STRIPE : undefined,
      },
    ],
    establishments: [
      {
        code: CLUB,
        unit: CLUB,
        name: 'CLUB DES RIVES, BASE DE VOILE',
        address: '9 quai de Ripaille\n74200 Thonon-les-Bains',
        phone: '04 99 00 74 10',
      },
      {
        code: TOWN,
        unit: TOWN,
        name: 'ÉCOLE DES TILLEULS, VIEILLEVILLE',
        address: '2 rue de l’École\n74999 Vieilleville',
        phone: '04 99 00 74 99',
      },
      {
        code: THONON,
        unit: THONON,
        name: 'ACCUEIL DE LOISIRS THONON',
        address: '4 avenue des Écoles\n74200 Thonon-les-Bains',
        phone: '04 99 00 12 34',
      },
      {
        code: 'MEZY',
        unit: CCVS,
        name: 'IFAC 78 (Gestion AL - Mezy sur Seine)',
        address: '1 place de la Mairie\n78250 Mézy-sur-Seine',
        phone: '01 99 00 78 78',
      },
    ],
  }
}
