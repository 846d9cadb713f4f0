// Receipts as rows, numbered without a gap per unit series and year.
import type { ReceiptContent } from '../../src/documents/receipt-document.ts'
import { type Instant, parisDay } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import type { Rows } from './copy-rows.ts'
import type { Chain } from './entry-rows.ts'
import { familyId, payerName } from './family-rows.ts'
import type { World } from './organisation.ts'
import { idOf, numberOf, QUARTER, SERIES, type Size, totalOf } from './shape.ts'

/** A payment of a family for a quarter. */
export type Paid = {
  readonly family: number
  readonly quarter: number
  readonly unit: number
  readonly at: Instant
  readonly amount: number
  readonly settled: readonly number[]
  readonly credit: number
}

type Said = Pick<
  ReceiptContent,
  'reference' | 'mode' | 'cardBrand' | 'cardMasked' | 'authorisation' | 'bankTransaction' | 'bankName'
>

/** The receipt of a payment, as `keepReceipt` writes it. */
export function addReceipt(
  rows: Rows,
  world: World,
  size: Size,
  chain: Chain,
  paid: Paid,
  source: { captureId: string | null; deskPaymentId: string | null },
  said: Said,
): void {
  const { family, quarter, at, amount, settled, credit } = paid
  const { seller } = world
  const year = parisDay(at).slice(0, 4)
  const series = `${SERIES[paid.unit] ?? ''} ${year}`
  const last = (chain.receipts[series] = (chain.receipts[series] ?? 0) + 1)
  const number = `R-${series.replace(' ', '-')}-${String(last).padStart(6, '0')}`
  const content: ReceiptContent = {
    version: 1,
    number,
    reference: said.reference,
    paidAt: at.toISOString(),
    payer: { name: payerName(family) },
    payee: {
      organisation: seller.name,
      siret: seller.siret,
      unit: world.units[paid.unit]?.name ?? '',
      address: seller.address,
      phone: seller.phone,
      email: seller.email,
    },
    purpose: 'invoices',
    mode: said.mode,
    cardBrand: said.cardBrand,
    cardMasked: said.cardMasked,
    authorisation: said.authorisation,
    bankTransaction: said.bankTransaction,
    bankName: said.bankName,
    amountCents: cents(amount),
    lines: settled.map((share, index) => {
      const month = quarter * QUARTER + index
      return {
        invoiceNumber: numberOf(size, family, month),
        label: 'Mercredis',
        settledCents: cents(share),
        dueAfterCents: cents(totalOf(family, month) - share),
      }
    }),
    creditCents: cents(credit),
  }
  const id = idOf('receipt', quarter * size.families + family, at)
  rows.add('receipt', world.organisationId, id, number, source.captureId, source.deskPaymentId, familyId(size, family), at, JSON.stringify(content)) // prettier-ignore
}
