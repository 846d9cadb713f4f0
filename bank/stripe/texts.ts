import { fr } from '../texts.ts'

const declines: Record<string, string> = {
  generic_decline: 'Votre carte a été refusée.',
  insufficient_funds: 'Votre carte a été refusée : provision insuffisante.',
  lost_card: 'Votre carte a été refusée.',
  stolen_card: 'Votre carte a été refusée.',
  expired_card: 'Votre carte a expiré.',
  incorrect_cvc: 'Le code de sécurité de votre carte est incorrect.',
  processing_error: 'Une erreur est survenue pendant le traitement de votre carte. Réessayez.',
  authentication_required: 'Votre banque n’a pas pu vous identifier. Essayez une autre carte.',
}

/** Every sentence of the hosted page. */
export const stripeTexts = {
  brand: 'Caisse Rayures',
  brandNote: fr('page hébergée de démonstration, au format de Stripe'),
  test: fr('MODE TEST : aucune somme n’est débitée. N’utilisez jamais une vraie carte.'),
  pay: (name: string) => fr(`Payer ${name}`),
  payAmount: (amount: string) => fr(`Payer ${amount}`),
  card: 'Carte bancaire',
  cardNumber: 'Numéro de carte',
  expiry: 'Date d’expiration (MM / AA)',
  cvc: 'Cryptogramme',
  debit: 'Prélèvement SEPA',
  iban: 'IBAN',
  payByDebit: 'Accepter le mandat et payer',
  mandate: fr(
    'En validant, vous autorisez ce prélèvement. Le compte est débité sous quelques jours ouvrés ; le commerçant est prévenu du résultat.',
  ),
  back: 'Retour au commerçant',
  email: 'Adresse électronique',
  challengeTitle: 'Authentification 3D Secure',
  challenge: fr('Votre banque vous demande de confirmer ce paiement. Page de test : choisissez la fin.'),
  succeed: 'Réussir l’authentification',
  fail: 'Échouer',
  overTitle: 'Cette page n’est plus ouverte',
  over: fr('Ce paiement est terminé ou la page a expiré. Revenez chez le commerçant pour recommencer.'),
  unknownCard: fr('Ce numéro n’est pas celui d’une carte de test : il n’a été ni gardé ni transmis.'),
  unknownAccount: fr('Cet IBAN n’est pas celui d’un compte de test.'),
  declined: 'Votre carte a été refusée.',
  declines: Object.fromEntries(Object.entries(declines).map(([code, text]) => [code, fr(text)])) as Record<
    string,
    string
  >,
  debitFailed: 'Le prélèvement a été refusé par la banque du débiteur.',
  testCards: 'Numéros de test',
  accepted: 'acceptée',
  asked: 'authentification',
  columns: { number: 'Numéro', outcome: 'Résultat' },
} as const
