// An invoice and a receipt to look at: for tests and measures.
import type { InvoiceContent } from '../../src/billing/content.ts'
import { addDays, day } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import type { ReceiptContent } from '../../src/documents/receipt-document.ts'

/** An invoice of so many lines for two children, 1 234,50 € in all. */
export function sampleInvoice(lines: number): InvoiceContent {
  const total = 123_450
  const each = Math.floor(total / Math.max(1, lines))
  return {
    version: 1,
    number: 'TH002048',
    purpose: 'sale',
    issuedOn: day('2012-04-12'),
    dueOn: day('2012-05-12'),
    period: { from: day('2012-03-01'), to: day('2012-03-31') },
    seller: {
      name: 'ifac Portes de Savoie',
      siret: '12345678900012',
      address: '12 place de l’Hôtel-de-Ville\n74200 Thonon-les-Bains',
      phone: '04 50 00 00 00',
      email: 'service@ifac.example',
      openingHours: 'du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h',
      vatMention: 'Exonération de TVA, article 261, 4-4° du code général des impôts',
    },
    establishment: {
      name: 'ACCUEIL DE LOISIRS THONON',
      address: '3 rue des Écoles, 74200 Thonon-les-Bains',
      phone: '04 50 00 00 01',
    },
    payer: {
      name: 'Mme MARTIN Claire',
      address: 'Résidence Le Préau, bâtiment B\n4 chemin du Lac',
      postalCode: '74200',
      city: 'Thonon-les-Bains',
    },
    beneficiary: 'MARTIN Léo, MARTIN Zoé',
    activity: 'Mercredis et vacances de printemps',
    referent: 'MARTIN Claire',
    otherMeans: 'Chèque à l’ordre de l’ifac, espèces ou chèques-vacances à l’accueil',
    lines: Array.from({ length: lines }, (_, index) => ({
      child: index < lines / 2 ? 'MARTIN Léo' : 'MARTIN Zoé',
      day: addDays(day('2012-03-01'), index % 31),
      label: index % 3 === 0 ? 'Mercredi, journée entière avec repas' : 'Accueil du matin',
      quantityThousandths: index % 4 === 0 ? 500 : 1_000,
      unitCents: cents(index === 0 ? total - each * (lines - 1) : each),
      amountCents: cents(index === 0 ? total - each * (lines - 1) : each),
      rateNote: index % 3 === 0 ? 'Tarif appliqué : tranche C, quotient 642' : '',
    })),
    totalCents: cents(total),
  }
}

/** A receipt of 80,00 € for two invoices, with 5,50 € of credit. */
export const sampleReceipt: ReceiptContent = {
  version: 1,
  number: 'R-2012-000397',
  reference: '7M4Q2M9X7QFK7M4Q2M9X7QFK2M',
  paidAt: '2012-04-12T16:44:00.000Z',
  payer: { name: 'MARTIN Claire' },
  payee: {
    organisation: 'ifac Portes de Savoie',
    siret: '12345678900012',
    unit: 'ACCUEIL DE LOISIRS THONON',
    address: '12 place de l’Hôtel-de-Ville, 74200 Thonon-les-Bains',
    phone: '04 50 00 00 00',
    email: 'service@ifac.example',
  },
  purpose: 'invoices',
  mode: 'Carte bancaire',
  cardBrand: 'VISA',
  cardMasked: '•••• 0055',
  authorisation: '3fcdd6',
  bankTransaction: '0d3a5c7e9b1f4d2c8a6e0f1b2c3d4e5f',
  bankName: 'Banque de démonstration',
  amountCents: cents(8_000),
  lines: [
    {
      invoiceNumber: 'TH001987',
      label: 'Mercredis de mars',
      settledCents: cents(450),
      dueAfterCents: cents(0),
    },
    {
      invoiceNumber: 'TH002012',
      label: 'Vacances de printemps',
      settledCents: cents(7_000),
      dueAfterCents: cents(0),
    },
  ],
  creditCents: cents(550),
}
