import { formatAmount } from '../format.ts'
import { fr } from '../texts.ts'
import type { FaultCode } from './faults.ts'
import type { Result } from './counter.ts'

const typeset = <Sentences extends Record<string, string>>(sentences: Sentences): Sentences =>
  Object.fromEntries(Object.entries(sentences).map(([name, text]) => [name, fr(text)])) as Sentences

export const texts = typeset({
  name: 'PayFiP',
  tagline: 'Paiement en ligne des services publics locaux',
  skip: 'Aller au contenu',
  warningLabel: 'Avertissement',
  warning: 'Simulateur de PayFiP : aucune somme n’est débitée. N’utilisez jamais une vraie carte.',
  testCards: 'Cartes de test',
  footer:
    'PayFiP de démonstration – module de Préau, sans lien avec la Direction générale des finances publiques.',

  debt: 'Votre dette',
  service: 'Organisme',
  reference: 'Référence de la dette',
  object: 'Objet',
  amount: 'Montant',
  mail: 'Ticket envoyé à',

  choose: 'Choisissez votre mode de paiement',
  byCard: 'Carte bancaire',
  byCardText: 'Paiement immédiat, par une carte de test.',
  byDebit: 'Prélèvement bancaire',
  byDebitText: 'Prélèvement unique sur un compte de test, comme depuis votre espace impots.gouv.fr.',
  abandon: 'Abandonner et revenir au site de l’organisme',
  otherWay: 'Choisir un autre mode de paiement',

  cardTitle: 'Paiement par carte bancaire',
  number: 'Numéro de la carte',
  numberHelp: 'Celui d’une carte de test, avec ou sans espaces.',
  expiry: 'Date de fin de validité',
  month: 'Mois',
  year: 'Année',
  code: 'Cryptogramme',
  codeHelp: 'Les 3 chiffres au dos de la carte.',
  unknownCard:
    'Ce numéro n’est pas celui d’une carte de test. S’il s’agit d’une vraie carte, ne l’utilisez pas ici : rien n’a été débité ni gardé.',

  debitTitle: 'Paiement par prélèvement',
  debitIntro: 'Choisissez le compte à débiter. Ces deux comptes n’existent pas : ils servent à l’essai.',
  accounts: 'Compte à débiter',
  goodAccount: 'FR76 •••• 0001 – le prélèvement est accepté',
  badAccount: 'FR76 •••• 0606 – le prélèvement est refusé',
  noAccount: 'Choisissez un compte.',
  order: 'Autoriser le prélèvement',

  error: 'Erreur',
  check: 'Vérifiez votre saisie',
  back: 'Revenir au site de l’organisme',
  retry: 'Essayer un autre moyen de paiement',
  authorisation: 'Numéro d’autorisation',
  operation: 'Numéro d’opération',

  expiredTitle: 'Le délai de paiement est dépassé',
  expiredText:
    'Cette page était ouverte depuis plus de 15 minutes. Revenez au site de l’organisme pour en ouvrir une nouvelle.',
  nothingDebited: 'Aucune somme n’a été débitée.',
})

/** « Régie de Vieilleville : 18,50 € » */
export const summaryOf = (service: string, cents: number): string => fr(`${service} : ${formatAmount(cents)}`)

export const payLabel = (cents: number): string => `Payer ${formatAmount(cents)}`

/** Title and sentence of each ending. */
export const endings: Record<Result, readonly [string, string]> = {
  P: ['Votre paiement est accepté', fr('Un ticket vous a été envoyé par courriel.')],
  V: ['Votre prélèvement est enregistré', fr('Le compte sera débité sous quelques jours.')],
  R: ['Votre paiement par carte est refusé', fr('Aucune somme n’a été débitée.')],
  Z: ['Votre prélèvement est refusé', fr('Aucune somme ne sera débitée.')],
  A: ['Vous avez abandonné le paiement', fr('Aucune somme n’a été débitée.')],
}

/** What a buyer reads when an operation opens no page. */
export function refusalOf(code: FaultCode): readonly [string, string] {
  if (code === 'P3')
    return [
      'Cette opération a déjà servi',
      fr(
        'Un lien de paiement n’ouvre qu’une page. Revenez au site de l’organisme pour en obtenir un nouveau.',
      ),
    ]
  if (code === 'P4') return [texts.expiredTitle, texts.expiredText]
  return ['Opération inconnue', fr('Ce lien de paiement n’existe pas, ou il a été effacé.')]
}
