// Reminders: the mail, its preview and its report.
import type { Day } from '../kernel/dates.ts'
import { formatDay, plural } from '../kernel/french.ts'

export const reminderTexts = {
  title: 'Relancer',
  reportTitle: 'Compte rendu de la relance',
  back: 'Retour aux impayés',
  lede: 'Un courriel courtois à chaque payeur, avec la liste de ses factures en retard. Rien n’est envoyé avant votre confirmation.',
  will: (count: number) => `${count} ${plural(count, 'famille recevra', 'familles recevront')} la relance`,
  willNot: (count: number) =>
    `${count} ${plural(count, 'famille ne recevra rien', 'familles ne recevront rien')}`,
  example: 'Le courriel, tel que la première famille le recevra',
  subject: 'Objet :',
  send: (count: number) => `Envoyer ${count} ${plural(count, 'relance', 'relances')}`,
  nobody: 'Personne à relancer parmi ces familles.',
  nobodyNext: 'Choisissez-en d’autres dans la liste, ou téléphonez à celles qui n’ont pas d’adresse.',
  choose: 'Cochez au moins une famille dans la liste, puis choisissez « Relancer ».',
  capped: (limit: number) => `Au plus ${limit} familles à la fois : relancez les suivantes ensuite.`,
  columns: { family: 'Famille', unit: 'Unité', invoices: 'Factures', amount: 'En retard', outcome: 'Suite' },
  caption: 'Familles et ce qui leur arrive',
  done: (planned: number, skipped: number, by: string, day: string) =>
    `${planned} ${plural(planned, 'relance planifiée', 'relances planifiées')}, ${skipped} ${plural(skipped, 'écartée', 'écartées')}, par ${by} le ${day}.`,
  outcomes: {
    planned: 'courriel envoyé',
    recent: 'déjà relancée il y a moins de 14 jours',
    'nothing-due': 'plus rien en retard',
    'under-way': 'paiement en cours ou contesté',
    'no-address': 'aucune adresse de courriel : à joindre autrement',
  },
  prospects: {
    planned: 'recevra le courriel',
    recent: 'déjà relancée il y a moins de 14 jours',
    'nothing-due': 'plus rien en retard',
    'under-way': 'paiement en cours ou contesté',
    'no-address': 'aucune adresse de courriel : à joindre autrement',
  },
  mail: {
    subject: (count: number) =>
      plural(count, 'Une facture attend votre règlement', 'Des factures attendent votre règlement'),
    greeting: (firstName: string, lastName: string) => `Bonjour ${`${firstName} ${lastName}`.trim()},`,
    intro: (count: number, unit: string) =>
      plural(
        count,
        `Sauf erreur de notre part, cette facture de ${unit} n’est pas encore réglée :`,
        `Sauf erreur de notre part, ces factures de ${unit} ne sont pas encore réglées :`,
      ),
    item: (number: string, dueOn: Day) => `Facture n° ${number}, à régler avant le ${formatDay(dueOn)}`,
    help: 'Vous pouvez la consulter et la régler dans votre compte famille. Si vous rencontrez une difficulté, écrivez-nous : nous chercherons une solution ensemble. Par prudence, ce message n’indique aucun montant.',
    crossed: 'Si vous venez de régler, merci de ne pas tenir compte de ce message.',
    action: (count: number) => plural(count, 'Voir ma facture', 'Voir mes factures'),
    contact: (contact: string) => `Une question ? ${contact}.`,
    signature: (organisation: string) => `${organisation}, portail famille`,
  },
} as const
