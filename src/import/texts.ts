// Every French sentence of the import: reasons, notes and report.
import { plural } from '../kernel/french.ts'

const list = (values: readonly string[]): string => values.join(', ')

export const texts = {
  kindColumn: 'sorte de ligne',
  roles: { payer: 'payeur', reader: 'lecteur' },
  payment: (key: string) => `paiement ${key}`,
  opening: (key: string) => `solde ${key}`,
  /** Why a cell stops the import. */
  reasons: {
    kind: (kinds: readonly string[]) => `sorte de ligne inconnue ; sont connues : ${list(kinds)}`,
    empty: 'le fichier ne contient aucune ligne',
    quotes: 'un guillemet ouvert n’est pas refermé : doublez ceux qui sont à l’intérieur d’une cellule',
    tooMany: (kind: string, count: number) => `une ligne « ${kind} » compte au plus ${count} cellules`,
    missing: 'cellule obligatoire vide',
    tooLong: (most: number) => `dépasse ${most} caractères`,
    control: 'contient un signe invisible',
    day: 'n’est pas une date, par exemple 16/03/2012',
    amount: 'n’est pas un montant, par exemple 1234,50',
    positive: 'n’est pas un montant supérieur à zéro, par exemple 31,00',
    total:
      'n’est pas un montant supérieur à zéro : une facture nulle ne se reprend pas, un avoir se reprend en ligne « solde »',
    opening: 'n’est pas un solde : un montant, négatif si la famille doit, jamais nul',
    quantity: 'n’est pas une quantité, par exemple 0,5 (trois décimales au plus)',
    email: 'n’est pas une adresse électronique',
    mobile: 'n’est pas un numéro de téléphone',
    postalCode: 'n’est pas un code postal : 5 chiffres, ou pays et chiffres comme CH-1204',
    role: 'le rôle est « payeur » ou « lecteur »',
    method: (methods: readonly string[]) => `mode inconnu ; sont connus : ${list(methods)}`,
    visible: 'écrivez « immédiatement », une date ou une date et une heure comme 16/03/2012 18:30',
    halfPeriod: 'une période a un début et une fin',
    periodOrder: 'la période finit avant d’avoir commencé',
    dueBeforeIssue: 'l’échéance précède la date de la facture',
    keyTwice: (line: number) => `clé déjà employée à la ligne ${line}`,
    numberTwice: (line: number) => `numéro déjà employé à la ligne ${line}`,
    numberTaken: (key: string) =>
      key === ''
        ? 'facture déjà émise sous ce numéro'
        : `facture déjà émise sous ce numéro, avec la clé ${key}`,
    unknownFamily: 'famille inconnue : ni dans ce fichier, ni au portail',
    otherFamily: (family: string) => `appartient déjà à la famille ${family}`,
    unknownUnit: (codes: readonly string[]) => `unité inconnue ; sont connues : ${list(codes)}`,
    unknownEstablishment: (codes: readonly string[]) =>
      `établissement inconnu ; sont connus : ${list(codes)}`,
    otherUnit: (unit: string) => `n’est pas un établissement de l’unité ${unit}`,
    number: 'un numéro compte 2 à 4 lettres majuscules puis au moins 6 chiffres, par exemple TH002048',
    series: (series: string) => `la série de l’unité est ${series}`,
    numberedHere: (series: string) =>
      `la série ${series} est numérotée par Préau : elle ne se reprend pas d’un autre logiciel`,
    linesSum: (total: string) => `la somme des lignes est ${total}`,
    lineWithoutInvoice: 'aucune ligne « facture » de ce fichier n’a cette clé',
    unknownInvoice: 'facture inconnue : ni dans ce fichier, ni au portail',
    otherFamilysInvoice: 'facture d’une autre famille',
    otherUnitsInvoice: (unit: string) => `facture de l’unité ${unit}`,
    reservedKey: (series: string) => `les clés ${series} suivies de chiffres sont réservées au portail`,
    noEstablishment: 'l’unité n’a aucun établissement auquel rattacher ce report',
    notPdf: 'ce fichier n’est pas un PDF',
    largePdf: (size: string) => `ce PDF dépasse 10 Mo (${size})`,
  },
  /** What is worth knowing and stops nothing. */
  notes: {
    changed: (from: string) => (from === '' ? 'est nouveau' : `remplace « ${from} »`),
    ownDetail: (from: string) => `l’adulte a activé son accès : « ${from} » est gardé, il le change lui-même`,
    issued: (number: string, from: string) =>
      `facture ${number} déjà émise, différente : « ${from} » ; elle reste telle quelle`,
    issuedLines: (number: string) =>
      `facture ${number} déjà émise, ses lignes diffèrent ; elle reste telle quelle`,
    booked: (what: string, from: string) =>
      `${what} déjà repris, différent : « ${from} » ; il reste tel quel`,
    product: 'quantité × prix unitaire donne un autre montant ; celui du fichier est repris',
    overpaid: (rest: string) => `dépasse ce qui reste dû : ${rest} en faveur de la famille`,
    nobodyPays: 'aucun payeur : personne ne pourra payer en ligne pour cette famille',
    noPdf: 'aucun PDF de ce numéro dans le dossier : le portail dessinera la facture',
    otherPdf: 'un autre PDF de cette facture est déjà gardé ; il reste tel quel',
  },
  openingInvoice: {
    activity: 'Report de solde',
    label: (on: string) => `Solde repris au ${on}`,
  },
  report: {
    header: ['Ligne', 'Colonne', 'Valeur lue', 'Problème'],
    noteHeader: ['Ligne', 'Colonne', 'Valeur lue', 'À savoir'],
    more: (count: number) => `… et ${count} ${plural(count, 'autre', 'autres')}.`,
    kinds: {
      families: ['famille', 'familles', 'à créer', 'à mettre à jour', 'inchangées'],
      adults: ['adulte', 'adultes', 'à créer', 'à mettre à jour', 'inchangés'],
      children: ['enfant', 'enfants', 'à créer', 'à mettre à jour', 'inchangés'],
      invoices: ['facture', 'factures', 'à émettre', '', 'déjà émises'],
      payments: ['paiement', 'paiements', 'à reprendre', '', 'déjà repris'],
      openings: ['solde', 'soldes', 'à reprendre', '', 'déjà repris'],
    },
    pdfs: (count: number) => `${count} PDF ${plural(count, 'd’origine à garder', 'd’origine à garder')}`,
    nothingNew: 'Rien à changer : ce fichier est déjà repris.',
    dryRun: 'Rien n’a été écrit : relancez avec --apply.',
    refused: (count: number) =>
      `${count} ${plural(count, 'problème', 'problèmes')} : rien n’a été écrit. Corrigez le fichier, puis relancez.`,
    applied: (seconds: string) => `Fait, en ${seconds} s.`,
    mails: (count: number) =>
      `${count} ${plural(count, 'courriel d’activation prévu', 'courriels d’activation prévus')} : ils partent quand le portail tourne.`,
    letters: (count: number, file: string) =>
      `${count} ${plural(count, 'lettre d’activation', 'lettres d’activation')} à imprimer : ${file}`,
    busy: 'Un autre import est en cours : recommencez quand il sera fini.',
  },
} as const
