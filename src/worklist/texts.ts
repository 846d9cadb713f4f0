// « À traiter »: every sentence.
import { formatCents, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'

export const texts = {
  title: 'À traiter',
  /** `time`: « 07:10 ». */
  checkedAt: (time: string) => `Dernière vérification à ${time}`,
  nothing: (time: string) => `Rien à traiter. Dernière vérification à ${time}.`,
  checksRun: 'Ce qui vient d’être vérifié',
  found: 'à traiter',
  clear: 'rien',
  failed: 'Cette vérification n’a pas abouti',
  failedText:
    'Ce qu’elle cherche peut exister sans être montré ici. Rechargez la page ; si cela dure, prévenez la personne qui installe Préau.',
  count: (count: number) => (count > 99 ? '99+' : String(count)),
  cases: (count: number) => `${count} ${plural(count, 'cas', 'cas')}`,
  amount: (amount: Cents) => `dont ${formatCents(amount)}`,
  age: (days: number) =>
    days < 1
      ? 'Le plus ancien est d’aujourd’hui.'
      : `Le plus ancien attend depuis ${days} ${plural(days, 'jour', 'jours')}.`,
  since: (days: number) => (days < 1 ? 'aujourd’hui' : `depuis ${days} ${plural(days, 'jour', 'jours')}`),
  postponed: (count: number) => `${count} ${plural(count, 'tâche reportée', 'tâches reportées')}`,
  postponedUntil: (day: string, note: string) => `Reportée au ${day} : ${note}`,
  treat: 'Traiter',
  more: (count: number) => `et ${count} ${plural(count, 'autre', 'autres')}`,
  checks: {
    debited: {
      title: 'Familles débitées, compte à mettre en ordre',
      why: 'La banque a pris leur argent, et le portail ne l’a pas rangé comme attendu.',
    },
    bank: {
      title: 'Écarts avec la banque',
      why: 'Un paiement compté a été repris ou contesté, ou une opération n’a pas pu être lue.',
    },
    refunds: {
      title: 'Remboursements demandés, pas encore payés',
      why: 'Des familles attendent cet argent.',
    },
    requests: {
      title: 'Demandes des familles',
      why: 'Une famille attend une réponse ou une correction.',
      action: 'Répondre aux demandes',
    },
    deposits: {
      title: 'Chèques et chèques-vacances à remettre',
      why: 'Ils dorment au bureau, et se périment.',
      action: 'Préparer la remise',
    },
    messages: {
      title: 'Messages de la banque pas encore appliqués',
      why: 'Une famille a peut-être payé sans que sa facture soit soldée.',
    },
    mails: {
      title: 'Courriels en échec',
      why: 'Une famille n’a pas reçu ce que le portail croit lui avoir écrit.',
    },
    others: { title: 'Autres tâches', why: 'Elles attendent quelqu’un.' },
  },
  task: {
    title: 'Une tâche',
    opened: (day: string, time: string) => `Ouverte le ${day} à ${time}`,
    done: 'Terminer',
    doneTitle: 'C’est réglé',
    doneNote: 'Ce qui a été fait',
    doneHint: 'Gardé au journal, avec votre nom.',
    postpone: 'Reporter',
    postponeTitle: 'Pas maintenant',
    until: 'Jusqu’au',
    untilHint: 'jj/mm/aaaa, dans l’année',
    reason: 'Pourquoi',
    back: 'Retour à la liste',
    family: 'Ouvrir le dossier de la famille',
    missingDone: 'Dites en quelques mots ce qui a été fait.',
    missingReason: 'Dites en quelques mots pourquoi.',
    badDay: 'Choisissez un jour à venir, dans l’année, écrit comme 16/03/2012.',
  },
  saved: {
    faite: 'C’est noté : cette tâche est terminée.',
    deja: 'Quelqu’un d’autre vient de terminer cette tâche : rien n’a été changé.',
    reportee: 'C’est noté : cette tâche reviendra ici au jour dit.',
  },
} as const
