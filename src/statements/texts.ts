// Every French sentence of the home page, the accounts, the history and the statements.
import type { OperationKind, OperationState } from './operation.ts'

export const texts = {
  operations: {
    date: 'Date',
    detail: 'Détail',
    charged: 'Montant facture',
    paid: 'Montant paiement',
    state: 'État',
    balanceAfter: 'Solde après',
    see: 'Voir',
    none: 'sans objet',
    balance: 'solde ',
    kinds: {
      invoice: 'Facture',
      'opening-debit': 'Report de solde',
      payment: 'Paiement en ligne',
      'top-up': 'Rechargement en ligne',
      elsewhere: 'Paiement reçu par le service',
      'opening-credit': 'Report de crédit',
      reversal: 'Annulation',
    } satisfies { readonly [Kind in OperationKind]: string },
    numbered: (name: string, number: string) => `${name} n° ${number}`,
    receipt: (number: string) => `Reçu n° ${number}`,
    states: {
      settled: 'Facture soldée',
      'partly-settled': 'Partiellement réglée',
      unsettled: 'Facture non soldée',
      pending: 'Paiement en cours',
      received: 'Paiement accepté',
      reversed: 'Annulé',
    } satisfies { readonly [State in OperationState]: string },
    seeInvoice: (number: string) => `Voir le détail de la facture n° ${number}`,
    seeReceipt: (number: string) => `Voir le reçu n° ${number}`,
  },
} as const
