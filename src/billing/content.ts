// What issue freezes: everything the document says, as one canonical text. The PDF is drawn from it alone.
import type { Day } from '../kernel/dates.ts'
import type { Cents } from '../kernel/money.ts'
import type {
  BillingUnit,
  Establishment,
  Organisation,
  TransferAccount,
} from '../organisations/organisation.ts'
import type { NewInvoice } from './invoice.ts'
import type { Vat } from './vat.ts'

export type InvoiceContent = {
  readonly version: 1
  readonly number: string
  readonly purpose: 'sale' | 'opening'
  readonly issuedOn: Day
  readonly dueOn: Day | null
  /** Only where they were given: what was frozen without them stays as it is. */
  readonly onlineUntil?: Day
  readonly deskUntil?: Day
  readonly replaces?: string
  readonly period: { readonly from: Day; readonly to: Day } | null
  readonly seller: {
    readonly name: string
    readonly siret: string
    readonly address: string
    readonly phone: string
    readonly email: string
    readonly openingHours: string
    readonly vatMention: string
  }
  readonly establishment: { readonly name: string; readonly address: string; readonly phone: string }
  readonly payer: {
    readonly name: string
    readonly address: string
    readonly postalCode: string
    readonly city: string
  }
  readonly beneficiary: string
  readonly activity: string
  readonly referent: string
  readonly otherMeans: string
  /** Absent: this unit proposed no transfer then. */
  readonly transfer?: TransferAccount | undefined
  readonly lines: readonly {
    readonly child: string
    readonly day: Day | null
    readonly label: string
    readonly quantityThousandths: number
    readonly unitCents: Cents
    readonly amountCents: Cents
    readonly rateNote: string
    readonly vat?: Vat
  }[]
  readonly totalCents: Cents
}

export type PayerAddress = { name: string; address: string; postalCode: string; city: string }

/** Freezes an invoice as it is issued. */
export function freezeContent(
  invoice: NewInvoice,
  seller: Organisation,
  establishment: Establishment,
  payer: PayerAddress,
  unit: Pick<BillingUnit, 'otherMeans' | 'transfer'>,
): InvoiceContent {
  return {
    version: 1,
    number: invoice.number,
    purpose: invoice.purpose,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn ?? null,
    ...(invoice.onlineUntil && { onlineUntil: invoice.onlineUntil }),
    ...(invoice.deskUntil && { deskUntil: invoice.deskUntil }),
    ...(invoice.replaces && { replaces: invoice.replaces.number }),
    period: invoice.period ?? null,
    seller: {
      name: seller.name,
      siret: seller.siret,
      address: seller.address,
      phone: seller.phone,
      email: seller.email,
      openingHours: seller.openingHours,
      vatMention: seller.vatMention,
    },
    establishment: { name: establishment.name, address: establishment.address, phone: establishment.phone },
    payer: { name: payer.name, address: payer.address, postalCode: payer.postalCode, city: payer.city },
    beneficiary: invoice.beneficiary,
    activity: invoice.activity,
    referent: invoice.referent,
    otherMeans: unit.otherMeans,
    transfer: unit.transfer,
    lines: invoice.lines.map((line) => ({
      child: line.childName,
      day: line.happenedOn ?? null,
      label: line.label,
      quantityThousandths: line.quantityThousandths,
      unitCents: line.unit,
      amountCents: line.amount,
      rateNote: line.rateNote,
      ...(line.vat && { vat: line.vat }),
    })),
    totalCents: invoice.total,
  }
}
