// The organisation of a run and its families, as an import file like any other.
import { cents } from '../src/kernel/money.ts'
import type { OrganisationDescription } from '../src/organisations/description.ts'
import type { Plan, PlannedFamily } from './plan.ts'

export const UNIT = 'CENTRE'
export const PREPAID_UNIT = 'RECHARGE'
export const PASSWORD = 'un long mot de passe de famille'

export type Shop = {
  readonly id: string
  readonly key: string
  readonly password: string
  readonly bankUrl: string
}

/** One organisation, a unit paid by invoice and one recharged, under a production contract. */
export function describeOrganisation(shop: Shop): OrganisationDescription {
  const shared = {
    seriesSource: 'import',
    alertThreshold: cents(3_000),
    visibilityDelayHours: 24,
    minPayment: cents(100),
    maxPayment: cents(300_000),
    contact: 'service des familles, 01 99 00 12 34, familles@organisation.example',
    otherMeans: 'Par chèque, ou en espèces à l’accueil.',
    contract: 'banque',
  } as const
  return {
    slug: 'torture',
    name: 'Organisation',
    siret: '12345678900012',
    address: '1 rue du Préau\n74200 Thonon-les-Bains',
    phone: '01 99 00 12 34',
    email: 'familles@organisation.example',
    openingHours: 'du lundi au vendredi, de 9 h à 12 h',
    vatMention: 'TVA non applicable, article 261-7-1° du code général des impôts.',
    dataContact: 'donnees@organisation.example',
    contracts: [
      {
        code: 'banque',
        gateway: 'systempay',
        host: new URL(shop.bankUrl).host,
        bankName: 'Banque de démonstration',
        shopNumber: shop.id,
        mode: 'PRODUCTION',
        settings: {
          formUrl: `${shop.bankUrl}/vads-payment/`,
          restUrl: shop.bankUrl,
          signature: 'HMAC-SHA-256',
          cards: null,
          threeDs: null,
        },
        secrets: { key: shop.key, restPassword: shop.password },
      },
    ],
    units: [
      { ...shared, code: UNIT, name: 'Centre de loisirs', mode: 'per_invoice', series: 'CL' },
      { ...shared, code: PREPAID_UNIT, name: 'Compte rechargeable', mode: 'prepaid', series: 'CR' },
    ],
    establishments: [UNIT, PREPAID_UNIT].map((unit) => ({
      code: unit,
      unit,
      name: unit,
      address: '1 rue du Préau\n74200 Thonon-les-Bains',
      phone: '01 99 00 12 34',
    })),
  }
}

const NUMBER_DIGITS = 6

/** The invoices of each family, numbered through the whole plan. */
export function numberInvoices({ families }: Plan): ReadonlyMap<number, readonly string[]> {
  let last = 0
  return new Map(
    families.map(({ id, invoices }) => [
      id,
      invoices.map(() => `CL${String((last += 1)).padStart(NUMBER_DIGITS, '0')}`),
    ]),
  )
}

/** Whether a story needs a second payer. */
const hasTwoParents = ({ payments }: PlannedFamily) => payments.some((one) => one.story === 'two-parents')

export const adultKey = (family: number, parent: 0 | 1): string => `A${family}-${parent}`

/** The import file of a plan; `issued` and `visible` are days as the file writes them. */
export function writeRecords(plan: Plan, issued: string, visible: string): string {
  const numbers = numberInvoices(plan)
  return plan.families
    .flatMap((family) => {
      const { id, invoices } = family
      const name = `FAMILLE${id}`
      const parents = hasTwoParents(family) ? ([0, 1] as const) : ([0] as const)
      return [
        `famille;F${id};${name};${id} rue du Lac;74200;Thonon-les-Bains;${UNIT} ${PREPAID_UNIT}`,
        ...parents.map(
          (parent) =>
            `adulte;${adultKey(id, parent)};F${id};payeur;P${parent};${name};parent${parent}.${id}@famille.example;`,
        ),
        ...invoices.map((amount, rank) => {
          const number = numbers.get(id)?.[rank] ?? ''
          return `facture;${number};${number};${UNIT};${UNIT};F${id};${issued};;;;${name};Mercredis;${name};${euros(amount)};${visible}`
        }),
      ]
    })
    .join('\n')
}

const euros = (amount: number): string =>
  `${Math.floor(amount / 100)},${String(amount % 100).padStart(2, '0')}`
