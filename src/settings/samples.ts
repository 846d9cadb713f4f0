// Documents and mails as they would leave, about people and invoices that do not exist.
import { unreachable } from '../kernel/assert.ts'
import { freezeContent } from '../billing/content.ts'
import { invoiceDocument } from '../billing/invoice-document.ts'
import type { NewInvoice } from '../billing/invoice.ts'
import type { Issuer } from '../billing/issue-invoice.ts'
import { newInvoicesMail } from '../billing/write-mails.tsx'
import { drawPdf } from '../documents/draw-pdf.ts'
import type { ReceiptContent } from '../documents/receipt-document.ts'
import { writeReceiptMail } from '../documents/receipt-mail.tsx'
import { composeMail } from '../identity/access-mail.tsx'
import { mailTexts } from '../identity/mail-texts.ts'
import { addDays, HOUR_MS, type Instant, later, parisDay } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { cents, sum, ZERO } from '../kernel/money.ts'
import type { WrittenMail } from '../mail/mail.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { UnitTexts } from '../organisations/setting-store.ts'
import { takenBackMail } from '../payments/write-mails.ts'
import { modelTexts as words } from './model-texts.ts'

export const SAMPLE_MAILS = [
  'new-invoices',
  'receipt',
  'taken-back',
  'activation',
  'reset',
  'failures',
  'passwordChanged',
  'emailConfirmation',
  'emailChanged',
] as const
export type SampleMail = (typeof SAMPLE_MAILS)[number]

type From = Issuer & { readonly words: UnitTexts; readonly publicUrl: string; readonly now: Instant }

const { payer, invoice: said } = words.sample

/** The mail of this kind, as the unit sends it today. */
export function sampleMail(kind: SampleMail, from: From): WrittenMail {
  const { seller, unit, publicUrl, now } = from
  const number = `${unit.series}000000`
  switch (kind) {
    case 'new-invoices':
      return newInvoicesMail({ numbers: [number], payer, organisation: seller, words: from.words, publicUrl })
    case 'receipt':
      return writeReceiptMail(
        sampleReceipt(from, number),
        Buffer.alloc(0),
        publicUrl,
        from.words.mail_signature,
      )
    case 'taken-back':
      return takenBackMail(
        {
          amount: AMOUNT,
          capturedAt: now,
          billingUnitId: unit.id,
          reference: null,
          invoices: [{ number, due: AMOUNT }],
        },
        { organisation: seller, unit, publicUrl, signature: from.words.mail_signature },
      )
    case 'activation':
    case 'reset':
    case 'failures':
    case 'passwordChanged':
    case 'emailConfirmation':
    case 'emailChanged':
      return accessMail(kind, seller, publicUrl)
    default:
      return unreachable(kind)
  }
}

const AMOUNT = cents(7_450)

const accessMail = (
  kind: Exclude<SampleMail, 'new-invoices' | 'receipt' | 'taken-back'>,
  seller: Organisation,
  publicUrl: string,
): WrittenMail => composeMail(mailTexts[kind], { ...payer, identifier: said.identifier }, seller, publicUrl)

function sampleReceipt({ seller, unit, establishment, now }: From, number: string): ReceiptContent {
  return {
    version: 1,
    number: 'R-0000-000000',
    reference: '0'.repeat(26),
    paidAt: now.toISOString(),
    payer: { name: `${payer.lastName} ${payer.firstName}` },
    payee: {
      organisation: seller.name,
      siret: seller.siret,
      unit: unit.name,
      address: establishment.address,
      phone: seller.phone,
      email: seller.email,
    },
    purpose: 'invoices',
    mode: said.mode,
    cardBrand: 'CB',
    cardMasked: '•••• 0000',
    authorisation: '000000',
    bankTransaction: '0'.repeat(32),
    bankName: unit.bankName ?? '',
    amountCents: AMOUNT,
    lines: [{ invoiceNumber: number, label: said.activity, settledCents: AMOUNT, dueAfterCents: ZERO }],
    creditCents: ZERO,
  }
}

/** The very document that the unit's next invoice would be, marked as a specimen. */
export function sampleInvoice({ seller, unit, establishment, publicUrl, now }: From): Promise<Buffer> {
  const today = parisDay(now)
  const inDays = (days: number | null) => (days === null ? undefined : addDays(today, days))
  const lines = said.lines.map(([label, quantity, price]) => ({
    childId: undefined,
    childName: said.child,
    happenedOn: undefined,
    label,
    quantityThousandths: quantity * 1_000,
    unit: cents(price),
    amount: cents(quantity * price),
    rateNote: '',
    vat: 'exempt' as const,
  }))
  const invoice: NewInvoice = {
    organisationId: unit.organisationId,
    billingUnitId: unit.id,
    establishmentId: establishment.id,
    familyId: '' as FamilyId,
    number: words.specimen,
    externalKey: undefined,
    purpose: 'sale',
    issuedOn: today,
    visibleAt: later(now, unit.visibilityDelayHours * HOUR_MS),
    dueOn: inDays(unit.dueDays),
    onlineUntil: inDays(unit.onlineDays),
    deskUntil: inDays(unit.deskDays),
    period: undefined,
    beneficiary: said.child,
    activity: said.activity,
    referent: `${payer.firstName} ${payer.lastName}`,
    total: sum(lines.map(({ amount }) => amount)),
    lines,
  }
  const address = { name: `${payer.lastName} ${payer.firstName}`, ...words.sample.address }
  const content = freezeContent(invoice, seller, establishment, address, unit)
  return drawPdf(invoiceDocument(content, publicUrl))
}
