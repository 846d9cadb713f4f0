// Every French sentence of the invoice's page and of the mail about new invoices.
import { plural } from '../kernel/french.ts'
import type { InvoiceState } from './invoice.ts'

export const texts = {
  names: { sale: 'Facture', opening: 'Report de solde' },
  title: (name: string, number: string) => `${name} n° ${number}`,
  number: (name: string) => `${name} N° :`,
  issuedOn: { sale: 'Date de la facture :', opening: 'Date du report :' },
  total: 'Montant :',
  due: 'Restant dû :',
  state: 'État :',
  states: {
    unsettled: 'Facture non soldée',
    'partly-settled': 'Facture partiellement réglée',
    settled: 'Facture soldée',
  } satisfies { readonly [State in InvoiceState]: string },
  openingStates: {
    unsettled: 'Report non soldé',
    'partly-settled': 'Report partiellement réglé',
    settled: 'Report soldé',
  } satisfies { readonly [State in InvoiceState]: string },
  period: 'Période de facturation :',
  periodValue: (from: string, to: string) => `du ${from} au ${to}`,
  beneficiary: 'Bénéficiaire :',
  establishment: 'Établissement :',
  activity: 'Accueil :',
  referent: 'Référent :',
  dueOn: 'À régler avant le :',
  replaces: 'Remplace la facture :',
  replacedBy: 'Remplacée par la facture :',
  creditNote: (number: string, day: string) => `Avoir ${number} du ${day} :`,
  onlineUntil: 'En ligne jusqu’au :',
  deskUntil: 'Au guichet jusqu’au :',
  details: 'Détail de la facture',
  openingDetails: 'Détail du report',
  download: 'Télécharger',
  downloadSized: (size: string) => `Télécharger (PDF, ${size})`,
  pay: 'Payer en ligne',
  payReader: 'Votre accès permet de consulter cette facture, sans la payer.',
  nothingDue: 'Tout est réglé.',
  back: 'Retour à l’historique',
  lines: 'Prestations facturées',
  columns: {
    date: 'Date',
    label: 'Activité',
    quantity: 'Quantité',
    unit: 'Prix unitaire',
    amount: 'Montant',
  },
  noChild: 'Famille',
  subtotal: (child: string) => `Sous-total ${child}`,
  sum: 'Total',
  noLinesTitle: 'Cette facture porte un montant global.',
  noLines:
    'Le service l’a établie sans détail par prestation. Son contenu est résumé ci-dessus et dans le document PDF ; pour en savoir plus, contactez le service.',
  openingTitle: 'Ce report n’a pas de lignes.',
  opening:
    'Il reprend une somme restée due avant l’ouverture du portail. Les factures d’origine sont auprès du service.',
  settlements: 'Paiements reçus',
  noSettlement: 'Aucun paiement reçu pour l’instant.',
  received: 'Reçu le',
  means: 'Moyen',
  settlementKinds: (kind: string): string => {
    switch (kind) {
      case 'capture':
      case 'suspense_resolved':
        return 'Paiement en ligne'
      case 'bank_refund':
        return 'Paiement en ligne remboursé'
      case 'elsewhere':
      case 'desk':
        return 'Paiement reçu par le service'
      case 'allocation':
        return 'Crédit de votre compte'
      case 'release':
        return 'Crédit repris'
      case 'credit_note':
        return 'Avoir'
      case 'write_off':
        return 'Somme que le service ne réclame plus'
      case 'bounced':
        return 'Chèque rejeté par la banque'
      case 'cancellation':
        return 'Paiement en ligne annulé par la banque'
      case 'chargeback_lost':
        return 'Paiement en ligne contesté, rendu par la banque'
      case 'reversal':
        return 'Paiement annulé'
      default:
        return 'Correction'
    }
  },
  contactTitle: 'Une question sur cette facture ?',
  otherMeans: 'Autres moyens de payer',
  transfer: {
    title: 'Payer par virement',
    beneficiary: 'À l’ordre de :',
    iban: 'IBAN :',
    bic: 'BIC :',
    reference: 'Référence :',
    amount: 'Montant :',
    advice:
      'Recopiez la référence dans le motif du virement, sans rien d’autre : elle dit quelle facture vous payez. Le virement apparaît ici une fois reçu et rapproché, après quelques jours ouvrés.',
    code: (beneficiary: string) => `Code QR d’un virement à ${beneficiary}`,
    codeAdvice: 'Ce code remplit le virement dans l’application de votre banque, si elle sait le lire.',
  },
  mail: {
    subject: (count: number) => plural(count, 'Nouvelle facture', 'Nouvelles factures'),
    greeting: (firstName: string, lastName: string) => `Bonjour ${`${firstName} ${lastName}`.trim()},`,
    intro: (count: number) =>
      plural(
        count,
        'Une nouvelle facture est disponible dans votre compte famille :',
        `${count} nouvelles factures sont disponibles dans votre compte famille :`,
      ),
    item: (number: string) => `Facture n° ${number}`,
    after:
      'Vous y trouverez le détail, le document à télécharger et le paiement en ligne. Par prudence, ce message n’indique aucun montant.',
    action: (count: number) => plural(count, 'Voir ma facture', 'Voir mes factures'),
    contact: (phone: string, email: string) => `Une question ? ${phone} ou ${email}.`,
    signature: (organisation: string) => `${organisation}, portail famille`,
  },
} as const
