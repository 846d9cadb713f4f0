// Refunds that two people sign: every sentence.
import { formatCents } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import type { ApproveFailure } from './decide-refund.ts'
import type { RefundState } from './store.ts'

export const texts = {
  title: 'Remboursements',
  lede: 'Une personne prépare, une autre approuve : rien n’est compté avant.',
  prepare: 'Préparer un remboursement',
  filter: 'Filtrer les remboursements',
  all: 'Tous',
  states: {
    waiting: 'En attente d’un second accord',
    approved: 'Approuvé, à rendre',
    sent: 'Envoyé à la banque',
    paid: 'Rendu',
    refused: 'Refusé',
  } satisfies { readonly [state in RefundState]: string },
  empty: 'Aucun remboursement à montrer.',
  emptyText: 'Un remboursement se prépare depuis le paiement en ligne à rendre.',
  caption: 'Remboursements, ceux qui attendent d’abord',
  columns: { family: 'Famille', amount: 'Montant', prepared: 'Préparé', state: 'État' },
  preparedBy: (name: string, day: string) => `par ${name}, le ${day}`,
  alone:
    'Vous êtes la seule personne à pouvoir approuver des remboursements ici. Demandez dès maintenant à qui gère l’équipe de donner ce droit à quelqu’un d’autre : sans cela, un remboursement que vous préparez ne partira pas.',
  nobody:
    'Personne d’autre ne peut approuver de remboursements ici. Demandez à qui gère l’équipe de donner ce droit : sans cela, ce que vous préparez ne partira pas.',
  find: {
    field: 'Référence du paiement',
    hint: 'Celle de la famille, par exemple 2M9X-7QFK',
    go: 'Chercher ce paiement',
    missing: 'Écrivez la référence du paiement à rendre.',
    unknown: (typed: string) => `Aucun paiement encaissé ne porte la référence « ${typed} ».`,
  },
  form: {
    payment: 'Paiement',
    family: 'Famille',
    paidOn: (day: string, card: string) => `le ${day}${card === '' ? '' : `, carte ${card}`}`,
    left: 'Encore remboursable',
    credit: 'Crédit de la famille',
    source: 'D’où vient cet argent',
    fromCredit: (amount: Cents) => `De son crédit, ${formatCents(amount)} au plus`,
    fromInvoice: (number: string) => `De la facture ${number} : un avoir du même montant est établi`,
    amount: 'Montant à rembourser',
    amountHint: 'Il revient sur la carte qui a payé, ou par virement si elle n’existe plus.',
    reason: 'Motif',
    reasonHint: 'Gardé au journal, et lu par la personne qui approuve.',
    send: 'Envoyer pour accord',
    badAmount: 'Écrivez un montant comme 12,50.',
    noSource: 'Choisissez d’où vient cet argent.',
    missingReason: 'Dites en quelques mots pourquoi cette somme est rendue.',
    above: (most: Cents) =>
      most === 0
        ? 'Rien n’est remboursable ainsi : choisissez une facture à corriger, ou un autre paiement.'
        : `Au plus ${formatCents(most)} : c’est ce qui reste remboursable ainsi.`,
  },
  one: {
    title: (amount: Cents, family: string) => `Rembourser ${formatCents(amount)} à ${family}`,
    amount: 'Montant',
    source: 'Argent pris sur',
    credit: 'le crédit de la famille',
    invoice: (number: string) => `la facture ${number}, par un avoir`,
    payment: 'Paiement d’origine',
    reason: 'Motif',
    prepared: 'Préparé',
    decided: 'Décidé',
    unit: 'Unité',
    refusal: 'Raison du refus',
    settlement: 'Rendu par',
    changed: (then: Cents, today: Cents) =>
      `Depuis la demande, ce qui est remboursable est passé de ${formatCents(then)} à ${formatCents(today)}.`,
    history: 'Autres remboursements de cette famille',
    own: 'Vous avez préparé ce remboursement : une autre personne doit l’approuver.',
    noRight: 'L’approuver demande le droit « approuver des remboursements ».',
    approve: 'Approuver le remboursement',
    refuse: 'Refuser',
    refuseTitle: 'Refuser ce remboursement',
    refuseReason: 'Pourquoi',
    missingRefusal: 'Dites en quelques mots pourquoi ce remboursement est refusé.',
    next: 'À faire maintenant',
    nextText: (reference: string) =>
      `Remboursez cette somme dans l’espace de la banque, sur le paiement ${reference} : le portail la reconnaît dès que la banque la confirme. Si la carte n’existe plus, faites un virement et notez-le ici.`,
    transfer: 'Référence du virement',
    transferHint: 'Telle qu’elle figure sur le relevé de la banque.',
    paid: 'Noter le virement fait',
    missingTransfer: 'Écrivez la référence du virement.',
    knownTransfer: 'Cette référence de virement est déjà celle d’un autre remboursement.',
    byTransfer: 'virement',
    byBank: 'la banque, sur la carte',
  },
  saved: {
    prepare: 'C’est envoyé : une autre personne peut l’approuver.',
    approuve: 'C’est approuvé : la somme est due à la famille.',
    refuse: 'C’est refusé, et noté au journal.',
    iban: 'C’est noté : l’IBAN est gardé, et vérifié par sa clé.',
    verifie: 'C’est vérifié : ce remboursement peut entrer dans un fichier de virements.',
    rendu: 'C’est noté : la somme est rendue.',
    deja: 'Quelqu’un en a décidé avant vous : rien n’a été changé.',
  },
  failures: {
    'unknown-request': 'Cette demande n’existe pas.',
    'decided-before': 'Quelqu’un en a décidé avant vous.',
    'same-person': 'Vous avez préparé ce remboursement : une autre personne doit l’approuver.',
    'account-changed':
      'L’IBAN a changé depuis que vous avez ouvert cette page : relisez-le avant d’approuver.',
    'unknown-capture': 'Ce paiement n’existe plus.',
    'above-captured': 'Ce paiement n’a plus assez de remboursable : il a été repris ou remboursé depuis.',
    'not-enough-credit': 'La famille n’a plus assez de crédit : il a servi depuis la demande.',
  } as { readonly [failure in ApproveFailure]?: string },
  failed:
    'Ce remboursement ne peut plus être fait tel qu’il a été préparé. Refusez-le, et préparez-en un autre.',
} as const
