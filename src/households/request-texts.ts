// What families ask to have changed: every sentence of those who answer.
import { plural } from '../kernel/french.ts'

export const requestTexts = {
  title: 'Demandes des familles',
  lede: 'Ce que les familles demandent de corriger depuis leur profil, les plus anciennes d’abord.',
  count: (count: number) => `${count} ${plural(count, 'demande attend', 'demandes attendent')} une réponse`,
  capped: (count: number) => `Les ${count} plus anciennes demandes sont montrées.`,
  empty: 'Aucune demande n’attend.',
  emptyNext: 'Quand une famille demandera un changement, il apparaîtra ici et dans « À traiter ».',
  family: (name: string) => `Famille ${name}`,
  asked: (day: string, who: string | null) =>
    who === null ? `Demandé le ${day}` : `Demandé le ${day} par ${who}`,
  waits: (days: number) => (days < 1 ? 'aujourd’hui' : `depuis ${days} ${plural(days, 'jour', 'jours')}`),
  answer: 'Répondre',
  answerWhat: (what: string, family: string) => `Répondre : ${what}, famille ${family}`,
  pageTitle: (family: string) => `Demande de la famille ${family}`,
  columns: { field: 'Donnée', now: 'Enregistré', wanted: 'Demandé' },
  caption: 'Ce qui changerait',
  nothing: '(vide)',
  stood: (value: string) => `était « ${value} » quand la famille a demandé`,
  open: 'Ouvrir le dossier de la famille',
  accept: 'Accepter et enregistrer',
  acceptTitle: 'C’est bon',
  acceptLede: 'La fiche est modifiée aussitôt, et la famille prévenue.',
  refuse: 'Refuser',
  refuseTitle: 'Ce n’est pas possible',
  reason: 'Pourquoi',
  reasonHint: 'La famille lit cette phrase dans son profil.',
  missingReason: 'Dites à la famille pourquoi.',
  outcome: {
    accepted: (by: string, day: string) => `Acceptée par ${by} le ${day}`,
    refused: (by: string, day: string) => `Refusée par ${by} le ${day}`,
    withdrawn: (day: string) => `Annulée par la famille le ${day}`,
  },
  saved: {
    acceptee: 'La demande est acceptée : la fiche est à jour, et la famille prévenue.',
    refusee: 'La demande est refusée : la famille verra pourquoi.',
  } as Readonly<Record<string, string>>,
  failures: {
    gone: 'Cette personne ne fait plus partie de la famille : la demande ne peut être que refusée.',
    moved: 'La fiche a changé pendant que vous regardiez cette page : vérifiez ce qui suit, puis répondez.',
    answered: (by: string, day: string) =>
      `Cette demande a déjà reçu une réponse, de ${by}, le ${day} : rien n’a été changé.`,
  },
} as const
