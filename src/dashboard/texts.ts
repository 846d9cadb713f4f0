// The dashboard: every sentence.
import type { Day } from '../kernel/dates.ts'
import { formatCents, formatMonth, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'

const months = (count: number) => (count === 1 ? 'un mois' : `${count} mois`)

export const texts = {
  title: 'Tableau de bord',
  lede: (from: Day, to: Day) => `De ${formatMonth(from)} à ${formatMonth(to)}.`,
  drawn: (day: string, time: string) => `Chiffres du ${day} à ${time}, tirés du grand livre.`,
  stale:
    'Ces chiffres ont plus d’une heure : le calcul régulier ne passe plus. Prévenez la personne qui installe Préau.',
  filters: 'Filtrer le tableau de bord',
  unit: 'Unité de facturation',
  place: 'Établissement',
  period: 'Période',
  periods: {
    '3': '3 derniers mois',
    '6': '6 derniers mois',
    '12': '12 derniers mois',
    '24': '24 derniers mois',
    '36': '36 derniers mois',
  },
  all: 'Tous',
  filter: 'Filtrer',
  reset: 'Tout voir',
  table: 'Voir le tableau',
  csv: 'Télécharger ce tableau (CSV)',
  noData: 'Pas encore de données',
  noDataNext:
    'Les chiffres se calculent dans la minute qui suit la première écriture ; les mois passés arrivent ensuite.',
  noneHere: 'Rien à montrer pour cette période et ces filtres.',
  wholeUnit:
    'Ces chiffres sont ceux de l’unité entière : un règlement peut couvrir plusieurs établissements.',
  now: 'Au moment où la page s’ouvre.',
  month: 'Mois',
  months: (day: Day) => formatMonth(day),
  total: 'Total',
  methods: {
    online: 'En ligne',
    cheque: 'Chèque',
    cash: 'Espèces',
    transfer: 'Virement',
    terminal: 'Terminal (TPE)',
    voucher: 'Chèques-vacances',
    cesu: 'CESU',
    e_cesu: 'e-CESU',
    elsewhere: 'Reçu ailleurs',
  } as Readonly<Record<string, string>>,
  ages: {
    later: 'Pas encore échu',
    '0-30': '30 jours au plus',
    '31-60': '31 à 60 jours',
    '61-90': '61 à 90 jours',
    '91': 'Plus de 90 jours',
  },
  charts: {
    payees: {
      title: (percent: number, month: Day) =>
        `${percent} % des factures de ${formatMonth(month)} sont payées`,
      columns: ['Mois', 'Factures émises', 'Payées', 'Part payée'],
    },
    encaissements: {
      title: (total: Cents, count: number) => `${formatCents(total)} encaissés en ${months(count)}`,
      note: 'Ce qui est entré en caisse ou en banque, annulations et rejets déduits ; les remboursements ne le sont pas.',
      columns: ['Mois', 'Mode', 'Règlements', 'Montant'],
    },
    delai: {
      title: (days: number) => `Une facture est payée en ${days} ${plural(days, 'jour', 'jours')} en moyenne`,
      note: 'De l’émission au dernier règlement, pour les factures soldées, par mois d’émission.',
      columns: ['Mois', 'Factures payées', 'Délai moyen (jours)'],
    },
    dette: {
      title: (late: Cents, old: Cents) =>
        late === 0
          ? 'Aucune somme n’est en retard'
          : `${formatCents(late)} sont en retard, dont ${formatCents(old)} depuis plus de 90 jours`,
      columns: ['Ancienneté', 'Factures', 'Montant'],
    },
    echecs: {
      title: (percent: number) => `${percent} % des paiements en ligne n’aboutissent pas`,
      columns: ['Issue', 'Paiements', 'Part'],
      outcome: (label: string): string => {
        if (label === 'captured') return 'Payé'
        if (label === 'abandoned') return 'Abandonné par la famille'
        if (label === 'expired') return 'Sans suite après 30 minutes'
        const code = label.replace(/^refused ?/, '')
        return code === '' ? 'Refusé par la banque' : `Refusé par la banque, code ${code}`
      },
    },
    enligne: {
      title: (percent: number) => `${percent} % des sommes encaissées le sont en ligne`,
      columns: ['Mois', 'Encaissé', 'Dont en ligne', 'Part en ligne'],
    },
    ecarts: {
      title: (hours: number) =>
        hours < 48
          ? `Un écart est traité en ${hours} ${plural(hours, 'heure', 'heures')} en moyenne`
          : `Un écart est traité en ${Math.round(hours / 24)} jours en moyenne`,
      columns: ['Mois', 'Écarts traités', 'Temps moyen (heures)'],
    },
  },
  percent: (value: number) => `${value} %`,
  days: (value: number) => `${value} ${plural(value, 'jour', 'jours')}`,
  hours: (value: number) => `${value} h`,
  invoices: (count: number) => `${count} ${plural(count, 'facture', 'factures')}`,
  described: (title: string, said: readonly string[]) => `${title} : ${said.join(' ; ')}.`,
  bar: (label: string, value: string) => `${label}, ${value}`,
} as const
