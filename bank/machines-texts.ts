import type { ExchangeKind, ExchangeStatus } from './exchanges.ts'
import { formatAmount } from './format.ts'
import { OTHER_AMOUNT, type FaultName, type MachineGateway } from './machine-faults.ts'
import { typeset } from './texts.ts'

/** Every sentence of the operator's page. */
export const machineTexts = typeset({
  title: 'Salle des machines',
  intro:
    'Ce que la banque et le portail se disent, et de quoi les mettre à l’épreuve. Les clés et les mots de passe sont masqués.',
  clock: 'Horloge de la banque',
  clockNote:
    'Avancer l’horloge fait vivre à la banque tout ce qui devait arriver entre-temps : pages expirées, notifications renvoyées, remises. L’horloge du portail ne bouge pas : au-delà de quelques minutes d’écart, il refuse les événements signés de Stripe.',
  backToNow: 'Revenir à maintenant',
  next: 'Panne du prochain paiement',
  nextNote: 'Elle vaut pour la prochaine page de paiement ouverte, puis s’efface.',
  arm: 'Armer',
  outages: 'Interfaces interrogées par le portail',
  outagesNote: 'Cet état dure jusqu’à ce que vous le changiez.',
  set: 'Appliquer',
  exchanges: 'Échanges',
  filter: 'N’afficher que les échanges qui contiennent',
  filterHelp: 'Une référence de paiement, un numéro d’opération, un identifiant…',
  submitFilter: 'Filtrer',
  all: 'Tout afficher',
  none: 'Aucun échange pour l’instant. Payez une facture sur le portail.',
  noneFound: 'Aucun échange ne contient ce texte.',
  address: 'Adresse',
  request: 'Message',
  signed: 'Ce qui est signé',
  unsigned: 'Rien n’est signé.',
  answer: 'Réponse',
  noAnswer: 'Aucun texte.',
  status: 'État',
  payment: 'Paiement',
  unknownOrder: 'Ordre inconnu : rien n’a été changé.',
})

export const doneTexts = typeset({
  horloge: 'L’horloge de la banque a changé.',
  panne: 'La panne du prochain paiement est enregistrée.',
  coupure: 'L’état de l’interface est enregistré.',
})
export type Done = keyof typeof doneTexts

export const gatewayNames: Record<MachineGateway, string> = {
  systempay: 'Systempay',
  payfip: 'PayFiP',
  stripe: 'Stripe',
}

export const kindNames: Record<ExchangeKind, string> = {
  form: 'Formulaire Systempay',
  notification: 'Notification Systempay',
  return: 'Retour de l’acheteur',
  rest: 'REST Systempay',
  soap: 'SOAP PayFiP',
  'payfip-notification': 'Notification PayFiP',
  'stripe-api': 'API Stripe',
  'stripe-event': 'Événement Stripe',
}

export const faultTexts: Record<FaultName, string> = typeset({
  none: 'Aucune',
  lost: 'Notification perdue',
  late: 'Notification retardée d’une minute',
  later: 'Notification retardée de 10 minutes, à l’horloge de la banque',
  repeated: 'Notification envoyée trois fois',
  forged: 'Notification mal signée',
  amount: `Autre montant annoncé : ${formatAmount(OTHER_AMOUNT)}`,
  mode: 'Autre mode annoncé (TEST ou PRODUCTION)',
  stranger: 'Commande inconnue annoncée',
  bare: 'Retour sans données signées',
  manual: 'Paiement à valider à la main',
  deferred: 'Autorisation différée de 8 jours',
  broken: 'Détail du paiement en erreur (999)',
  reversed: 'Événements dans le désordre',
  skewed: 'Événement daté d’une heure plus tôt',
})

export const outageNames = typeset({
  up: 'En marche',
  down: 'En panne (erreur 50x)',
  slow: 'Lente (60 secondes)',
  html: 'Page de maintenance en HTML',
  mute: 'Agit, mais ne répond pas',
  cut: 'Réponse coupée au milieu',
  redirect: 'Redirige ailleurs',
})

export const steps: readonly (readonly [seconds: number, label: string])[] = [
  [600, 'Avancer de 10\u00a0minutes'],
  [3600, 'Avancer d’une heure'],
  [86_400, 'Avancer d’un jour'],
]

const statusNames: Record<Extract<ExchangeStatus, string>, string> = {
  waiting: 'en attente',
  lost: 'perdue, jamais envoyée',
  failed: 'sans réponse',
  browser: 'par le navigateur',
}

/** Sentences with something in them. */
export const sayMachines = {
  status: (status: ExchangeStatus) => (typeof status === 'number' ? String(status) : statusNames[status]),
  duration: (milliseconds: number) => `${milliseconds}\u00a0ms`,
  count: (count: number) => (count === 1 ? '1 échange' : `${count} échanges`),
}
