// What became of a payment, and its receipt, in French. « Unknown » never says that nothing was taken.
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../kernel/dates.ts'
import { formatCents, plural } from '../../kernel/french.ts'
import type { Cents } from '../../kernel/money.ts'
import { enumerate } from '../texts.ts'

/** Reasons of refusal a family may read: its own funds, limit or card; never a suspicion (ux.md 1.9). */
const SAFE_REASONS: Readonly<Record<string, string>> = {
  '51': 'provision insuffisante',
  '54': 'carte expirée',
  '61': 'plafond dépassé',
  insufficient_funds: 'provision insuffisante',
  expired_card: 'carte expirée',
  card_velocity_exceeded: 'plafond dépassé',
}

/** « 2, 5, 15 et 30 minutes, 1, 4 et 24 heures et 3 jours »: the table's own steps, in milliseconds. */
function ladder(steps: readonly number[]): string {
  const units = [
    [MINUTE_MS, 'minute', 'minutes'],
    [HOUR_MS, 'heure', 'heures'],
    [DAY_MS, 'jour', 'jours'],
  ] as const
  const isOf = (step: number, unit: number) =>
    unit === DAY_MS ? step > DAY_MS : unit === HOUR_MS ? step >= HOUR_MS && step <= DAY_MS : step < HOUR_MS
  const parts = units.flatMap(([unit, one, many]) => {
    const counts = steps.filter((step) => isOf(step, unit)).map((step) => step / unit)
    return counts.length === 0
      ? []
      : [`${enumerate(counts.map(String))}\u00A0${plural(counts.at(-1) ?? 0, one, many)}`]
  })
  return enumerate(parts)
}

export const outcomeTexts = {
  accepted: {
    title: (amount: Cents) => `Paiement accepté – ${formatCents(amount)}`,
    shortTitle: 'Paiement accepté',
    heading: 'Merci, votre paiement est accepté',
    paid: (amount: Cents, day: string, time: string) =>
      `${formatCents(amount)} ont été payés le ${day} à ${time}.`,
    settled: (numbers: readonly string[]) =>
      numbers.length < 2
        ? `Facture ${enumerate(numbers)} soldée.`
        : `Factures ${enumerate(numbers)} soldées.`,
    settledMany: (count: number) => `${count} factures soldées.`,
    partly: (number: string, paid: Cents, due: Cents) =>
      `Facture ${number} : ${formatCents(paid)} réglés, reste à payer ${formatCents(due)}.`,
    credit: (amount: Cents) => `${formatCents(amount)} ont été ajoutés à votre compte famille.`,
    mailed: (email: string) => `Reçu envoyé à ${email}`,
    mailing: (email: string) => `Reçu en route vers ${email}`,
    twice: 'Deux paiements ont été reçus',
    twiceText:
      'La banque a encaissé plus d’un paiement sous cette référence. Le surplus est sur votre compte famille ; le service en est averti et peut vous le rembourser.',
    amount: 'Montant',
    date: 'Date',
    receipt: 'Reçu',
    reference: 'Référence',
    seeReceipt: 'Voir le reçu',
    download: 'Télécharger le reçu (PDF)',
  },
  pending: {
    title: 'Paiement en cours de confirmation',
    text: 'Votre banque n’a pas encore confirmé. ',
    warning: 'Ne payez pas une seconde fois.',
    promise: (steps: readonly number[]) =>
      ` Nous interrogeons la banque ${ladder(steps)} après votre départ vers elle ; cette page affichera sa réponse.`,
    promiseHere: ' Cette page affichera sa réponse.',
    left: 'Vous n’êtes pas allé au bout sur la page de la banque ?',
    drop: 'Abandonner cet essai',
  },
  awaited: {
    title: 'Paiement en attente de la banque',
    text: 'Votre banque a bien reçu ce paiement. Elle ne l’a pas encore confirmé : un prélèvement prend plusieurs jours, deux semaines au plus. ',
    invoices:
      ' Ce que ce paiement règle lui est réservé. Si la banque le refuse, ce sera de nouveau à payer, et vous le lirez ici.',
    account: ' Votre compte sera rechargé dès sa confirmation. Si la banque le refuse, vous le lirez ici.',
  },
  refused: {
    title: 'Paiement refusé',
    text: 'Votre banque a refusé le paiement. ',
    money: 'Aucune somme n’a été débitée.',
    moneyThisTime: 'Pour ce dernier essai, aucune somme n’a été débitée.',
    reason: (reason: string) => ` Motif transmis : ${reason}.`,
    reasonOf: (code: string | null): string | undefined =>
      code !== null && Object.hasOwn(SAFE_REASONS, code) ? SAFE_REASONS[code] : undefined,
    otherwise: (means: string) => `Payer autrement : ${means}.`,
    contact: (contact: string) => `Contacter le service : ${contact}.`,
  },
  abandoned: {
    title: 'Paiement annulé',
    leftThisTime:
      'Vous avez quitté la page de la banque. Pour ce dernier essai, aucune somme n’a été débitée. Votre sélection est conservée.',
    left: 'Vous avez quitté la page de la banque. Aucune somme n’a été débitée. Votre sélection est conservée.',
    never:
      'Ce paiement n’est jamais parti vers la banque. Aucune somme n’a été débitée. Votre sélection est conservée.',
    unsent:
      'La banque n’était pas prête à vous recevoir : ce paiement n’a pas commencé. Aucune somme n’a été débitée. Votre sélection est conservée.',
    dropped:
      'Vous avez abandonné cet essai : vos factures peuvent de nouveau être payées. Si vous aviez déjà validé le paiement sur la page de la banque, ne payez pas une seconde fois : il sera enregistré dès que la confirmation de la banque nous parviendra.',
  },
  created: {
    title: 'Paiement à confirmer',
    text: 'Ce paiement n’est pas encore parti vers la banque. Aucune somme n’a été débitée.',
  },
  takenBack: {
    title: 'Paiement annulé par la banque',
    text: (amount: Cents, day: string) =>
      `${formatCents(amount)} avaient été acceptés le ${day}, mais votre banque ou la nôtre a repris cette somme. `,
    again: 'Ce que ce paiement réglait est de nouveau à payer.',
    account: 'Cette somme n’est plus sur votre compte famille.',
    check:
      ' Vérifiez d’abord auprès de votre banque si votre compte a été débité, et contactez le service en cas de doute.',
    part: (amount: Cents) =>
      `La banque a repris ${formatCents(amount)} de ce paiement : ce que cette somme réglait est de nouveau à payer.`,
  },
  unknown: {
    title: 'Nous vérifions votre paiement',
    text: 'Nous ne savons pas encore si votre banque a débité votre compte.',
    wait: 'Si elle l’a fait, votre paiement sera enregistré dès que sa confirmation nous parviendra ; en cas de doute, contactez le service avec la référence',
    caution: 'Avant de reprendre, vérifiez auprès de votre banque que votre compte n’a pas été débité.',
  },
  /** Said last, when the bank can be asked. */
  asked: (steps: readonly number[]) =>
    ` La banque est interrogée ${ladder(steps)} après chaque départ vers elle.`,
  review: {
    text: 'La réponse de votre banque demande une vérification par le service. ',
    mismatch: (taken: Cents, asked: Cents) =>
      `Votre banque annonce ${formatCents(taken)} pour ce paiement, alors que ${formatCents(asked)} étaient attendus. Le service le vérifie avant de l’enregistrer. `,
    contact: ' En cas de doute, contactez le service avec la référence',
  },
  reference: 'Référence à donner au service :',
  signedOut: 'Le détail de ce paiement est dans l’espace de la famille.',
  signIn: 'Se connecter pour voir le détail',
  check: 'Vérifier maintenant',
  resume: 'Reprendre',
  retry: 'Réessayer',
  change: 'Modifier ma sélection',
  invoices: 'Retour à mes factures',
  account: 'Retour à mon compte',
  print: 'Imprimer',
  help: 'Aide et contact',
} as const

export const receiptTexts = {
  title: (number: string) => `Reçu n° ${number}`,
  notAnInvoice: 'Ce reçu ne vaut pas facture.',
  thanks: (amount: Cents) => `Reçu d’un paiement de ${formatCents(amount)}`,
  payer: 'Payé par',
  payee: 'Payé à',
  siret: (siret: string) => `SIRET ${siret}`,
  paidAt: 'Date',
  at: (day: string, time: string) => `${day} à ${time}`,
  mode: 'Moyen de paiement',
  card: (mode: string, brand: string, masked: string) =>
    [mode, brand, masked].filter((part) => part !== '').join(' '),
  authorisation: 'Autorisation',
  transaction: 'Transaction de la banque',
  bank: 'Banque',
  reference: 'Référence',
  caption: 'Répartition du paiement',
  invoice: 'Facture',
  label: 'Détail',
  settled: 'Réglé',
  dueAfter: 'Reste à payer',
  credit: 'Versé sur votre compte famille',
  total: 'Total payé',
  print: 'Imprimer',
  download: 'Télécharger (PDF)',
  payment: 'Voir ce paiement',
} as const
