// « À traiter »: every sentence.
import { formatCents, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'

export const texts = {
  title: 'À traiter',
  /** `time`: « 07:10 ». */
  checkedAt: (time: string) => `Dernière vérification à ${time}`,
  nothing: (time: string) => `Rien à traiter. Dernière vérification à ${time}.`,
  checksRun: 'Ce qui vient d’être vérifié',
  clear: 'rien',
  at: (time: string) => `vérifié à ${time}`,
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
  asOf: (time: string) => `Comparé à ${time}.`,
  putOffAs: (day: string, by: string, reason: string, count: number) =>
    `reporté au ${day} par ${by} : ${reason} (${count > 99 ? '99+' : count} en attente)`,
  takeUp: 'Reprendre maintenant',
  putOffBlock: 'Reporter',
  putOff: {
    title: (block: string) => `Reporter « ${block} »`,
    lede: 'Le bloc quitte la liste pour vous et pour vos collègues des mêmes unités, et revient au jour dit. Il reste compté en bas de la page.',
    everything: 'Ce report vaut partout où vous avez le droit de traiter.',
  },
  mails: {
    title: 'Courriels en échec',
    lede: 'Le portail réessaie de lui-même, de plus en plus espacé. Corrigez l’adresse dans le dossier de la famille si c’est elle qui est fausse.',
    caption: 'Courriels qui ne sont pas partis, les plus anciens d’abord',
    columns: {
      recipient: 'À',
      kind: 'Ce qu’il dit',
      since: 'Prévu le',
      attempts: 'Essais',
      error: 'Réponse du serveur',
    },
    retry: 'Réessayer maintenant',
    retried: 'C’est demandé : le courriel repart dans la minute.',
    empty: 'Aucun courriel en échec.',
    emptyNext: 'Tout ce que le portail avait à écrire est parti.',
    search: 'Trouver la famille',
    more: 'Les 100 plus anciens sont montrés.',
  },
  checks: {
    debited: {
      title: 'Familles débitées, compte à mettre en ordre',
      why: 'La banque a pris leur argent, et le portail ne l’a pas rangé comme attendu.',
      action: 'Traiter',
    },
    messages: {
      title: 'Messages de la banque pas encore appliqués',
      why: 'Une famille a peut-être payé sans que sa facture soit soldée.',
      action: 'Ouvrir le rapprochement',
    },
    differences: {
      title: 'Écarts de rapprochement sans tâche',
      why: 'La banque et le portail ne disent pas la même chose d’une journée, et personne ne s’en occupe encore.',
      action: 'Comparer la journée la plus ancienne',
    },
    bank: {
      title: 'Écarts avec la banque',
      why: 'Un paiement compté a été repris ou contesté, ou une opération n’a pas pu être lue.',
      action: 'Traiter',
    },
    approvals: {
      title: 'Remboursements à approuver',
      why: 'Rien n’est rendu aux familles tant qu’une seconde personne n’a pas décidé.',
      action: 'Voir les demandes',
    },
    writeOffs: {
      title: 'Admissions en non-valeur à décider',
      why: 'Ces dettes restent réclamées aux familles tant qu’une seconde personne n’a pas décidé.',
      action: 'Voir les propositions',
    },
    refunds: {
      title: 'Remboursements approuvés, pas encore payés',
      why: 'Des familles attendent cet argent.',
      action: 'Voir les remboursements',
    },
    requests: {
      title: 'Erreurs et demandes signalées par les familles',
      why: 'Une famille attend une réponse ou une correction.',
      action: 'Répondre aux demandes',
    },
    drafts: {
      title: 'Factures à vérifier avant envoi',
      why: 'Tant qu’elles ne sont pas émises, les familles ne peuvent ni les voir ni les payer.',
      action: 'Ouvrir les brouillons',
    },
    deposits: {
      title: 'Chèques et chèques-vacances à remettre',
      why: 'Ils dorment au bureau, et se périment.',
      action: 'Préparer la remise',
    },
    overdue: {
      title: 'Soldes au-delà du seuil',
      why: 'Ces familles doivent plus que le seuil d’alerte de leur unité : une dette courte se règle mieux qu’une longue.',
      action: 'Voir les impayés',
    },
    mails: {
      title: 'Courriels en échec',
      why: 'Une famille n’a pas reçu ce que le portail croit lui avoir écrit.',
      action: 'Voir les courriels',
    },
    others: { title: 'Autres tâches', why: 'Elles attendent quelqu’un.', action: 'Traiter' },
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
    'bloc-reporte': 'C’est noté : ce bloc reviendra ici au jour dit.',
    repris: 'C’est noté : ce bloc est de nouveau dans la liste.',
    reportee: 'C’est noté : cette tâche reviendra ici au jour dit.',
  },
} as const
