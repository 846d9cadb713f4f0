// What awaits somebody, at the terminal: tasks, messages of the bank, mails.
import { formatCents, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'

export const taskTexts = {
  summary: 'Liste ce qui attend quelqu’un : argent mis de côté, messages de la banque, courriels en échec.',
  nothing: 'Rien n’attend.',
  done: 'C’est noté : cette tâche est faite.',
  unknown: (id: string) => `Aucune tâche ouverte ne porte le numéro ${id}.`,
  terminal: 'Terminal',
  finish: (id: string) => `Une fois réglé : npm run preau -- tasks --done ${id}`,
  age: (days: number) => (days < 1 ? 'aujourd’hui' : `depuis ${days} ${plural(days, 'jour', 'jours')}`),
  message: (
    outcome: 'refused_test' | 'waiting' | 'failed',
    shop: string,
    amount: Cents | undefined,
    note: string | null,
  ) =>
    [
      {
        refused_test: 'Message de la banque refusé : il n’est pas du mode du contrat (TEST ou PRODUCTION).',
        waiting: 'Message de la banque authentique, pas encore appliqué : le portail réessaie.',
        failed:
          'Message de la banque authentique, que le portail n’a pas su lire : à vérifier dans son espace.',
      }[outcome],
      `Boutique : ${shop}`,
      ...(amount === undefined ? [] : [`Montant : ${formatCents(amount)}`]),
      ...(note === null || note === '' ? [] : [`Raison : ${note}`]),
    ].join('\n  '),
  mail: (kind: string, recipient: string, attempts: number, error: string) =>
    `Courriel « ${kind} » à ${recipient} pas parti après ${attempts} ${plural(attempts, 'essai', 'essais')}.\n  Raison : ${error}`,
} as const
