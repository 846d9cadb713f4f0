// What a change of settings does, in sentences.
import { formatCents, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import { LATEST_INVOICES, MOST_COUNTED } from './store.ts'

const many = (count: number): string =>
  count >= MOST_COUNTED ? `plus de ${MOST_COUNTED - 1}` : String(count)
const otherwise = (means: string): string => (means === '' ? '' : ` Il leur reste : « ${means} »`)
const grouped = String(LATEST_INVOICES).replace(/(?=\d{3}$)/, '\u00A0')

export const consequenceTexts = {
  maximum: (amount: Cents, above: number, means: string) =>
    above === 0
      ? `Les familles pourront payer en ligne jusqu’à ${formatCents(amount)} à la fois. Parmi les ${grouped} dernières factures de l’unité, aucune ne dépasse.`
      : `Les familles ne pourront pas payer en ligne plus de ${formatCents(amount)} à la fois : parmi les ${grouped} dernières factures de l’unité, ${many(above)} ${plural(above, 'dépasse', 'dépassent')} ce montant.${otherwise(means)}`,
  bankMaximum: (most: Cents) => `La banque, elle, ne prend pas plus de ${formatCents(most)}.`,
  minimum: (amount: Cents, below: number, means: string) =>
    below === 0
      ? `Les familles pourront payer en ligne à partir de ${formatCents(amount)}.`
      : `Les familles ne pourront plus payer en ligne moins de ${formatCents(amount)} : parmi les ${grouped} dernières factures de l’unité, ${many(below)} ${plural(below, 'est', 'sont')} en dessous, à payer avec d’autres ou autrement.${otherwise(means)}`,
  alert: (amount: Cents) =>
    `Une famille sera avertie dès qu’elle devra plus de ${formatCents(amount)} ; à ${formatCents(amount)} juste, elle ne l’est pas.`,
  secondAlways: 'Tout remboursement, même petit, attendra l’accord d’une seconde personne.',
  second: (amount: Cents) =>
    `Un remboursement de plus de ${formatCents(amount)} attendra l’accord d’une seconde personne ; jusqu’à ce montant, la même personne peut préparer et approuver. Les remboursements déjà en attente suivent la nouvelle règle.`,
  visibility: (hours: number, waiting: number) =>
    `Les factures à venir paraîtront ${hours === 0 ? 'dès leur émission, sans délai pour se relire' : `${hours} ${plural(hours, 'heure', 'heures')} après leur émission`}. ${
      waiting === 0
        ? 'Aucune facture n’attend en ce moment.'
        : `${many(waiting)} ${plural(waiting, 'facture déjà émise garde son heure', 'factures déjà émises gardent leur heure')}.`
    }`,
  deadlines: (drafts: number) =>
    `Les dates seront proposées aux nouveaux brouillons, où chacun peut les changer. ${
      drafts === 0
        ? 'Aucun brouillon n’est en cours.'
        : `${many(drafts)} ${plural(drafts, 'brouillon déjà saisi garde ses dates', 'brouillons déjà saisis gardent leurs dates')}.`
    } Les factures émises ne changent pas.`,
  mode: {
    per_invoice: 'Les familles verront leurs factures une à une et règleront celles qu’elles choisissent.',
    prepaid:
      'Les familles auront un compte à recharger, dont les factures seront déduites ; elles ne choisiront plus de facture.',
  },
  modeSettled:
    'Des familles ont déjà des factures ou un crédit dans cette unité : son mode ne change plus, sans quoi leur compte ne se lirait plus. Pour l’autre mode, créez une seconde unité dans le fichier d’organisation.',
  choose: 'Choisissez dans la liste.',
  bank: (name: string) => `Les prochains paiements en ligne de l’unité passeront par ${name}.`,
  noBank: (means: string) =>
    `Les familles ne pourront plus payer en ligne après la confirmation.${otherwise(means)}`,
  testBank:
    'Ce contrat est en mode TEST : sur ce portail de production, aucune famille ne pourra payer en ligne tant qu’il ne passe pas en PRODUCTION.',
  underWay: (count: number) =>
    `${many(count)} ${plural(count, 'paiement en route garde', 'paiements en route gardent')} le contrat avec lequel ${plural(count, 'il est parti', 'ils sont partis')} : l’ancien contrat reste écouté et interrogé.`,
  shared: (units: readonly string[]) =>
    units.length === 0
      ? ''
      : `Ce contrat sert aussi ${units.join(', ')} : une journée de rapprochement s’y clôture alors avec le droit sur toutes ses unités.`,
  series: (before: string, after: string) =>
    `La prochaine facture portera ${after}000001. Les factures ${before}… gardent leur numéro, et la série ${before} s’arrête où elle en est, sans trou.`,
  seriesForGood: 'Une série quittée ne se reprend pas : ses lettres ne serviront plus à aucune unité.',
  seriesUsed: (series: string) =>
    `La série ${series} sert ou a servi : choisissez d’autres lettres, pour qu’un numéro ne désigne jamais deux factures.`,
  numberedElsewhere:
    'Votre autre logiciel numérote encore cette série. Reprenez-la d’abord ici (« Numéroter la série ici »).',
  transfer:
    'Les factures à venir porteront ce compte et son code QR. Celles déjà émises gardent l’ancien : laissez-le ouvert. Vérifiez l’IBAN sur le relevé d’identité bancaire, pas sur un courriel.',
  noTransfer: 'Les factures à venir ne proposeront plus de virement. Celles déjà émises gardent leur compte.',
  mail: 'Les prochains courriels de l’unité porteront ces mots. Ceux déjà partis ne changent pas.',
  portal: 'Les familles de l’unité liront ces mots dès la confirmation.',
  organisation:
    'Les prochaines factures, les prochains reçus et courriels de tout l’organisme porteront ces mentions. Les documents déjà émis ne changent pas.',
  identity: 'Les prochains documents porteront ces mentions. Ceux déjà émis ne changent pas.',
} as const
