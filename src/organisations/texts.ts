// Every French sentence of an organisation's set-up.
import type { z } from 'zod'

/** The value of vads_threeds_mpi by the word a treasurer writes (gateways 1.9). */
const THREE_DS: { readonly [word: string]: '2' | '3' | '4' } = {
  allégée: '2',
  renforcée: '3',
  exigée: '4',
}

/** Stripe's names of what a family pays with, by the word a treasurer writes. */
const METHODS: { readonly [word: string]: string } = { carte: 'card', prélèvement: 'sepa_debit' }

type Issue = z.core.$ZodRawIssue

export const texts = {
  description: {
    code: 'doit compter 2 à 20 lettres majuscules, chiffres ou tirets',
    amount: (text: string) => `« ${text} » n’est pas un montant, par exemple « 30,00 »`,
    positive: 'doit être supérieur à zéro',
    formUrl:
      'doit être l’adresse du formulaire de la banque, par exemple https://paiement.systempay.fr/vads-payment/',
    restUrl:
      'doit être l’adresse du service REST de la banque, en https et sans chemin, par exemple https://api.systempay.fr',
    card: 'doit être le code d’un moyen de paiement de la banque, par exemple CB, VISA, MASTERCARD',
    threeDs: THREE_DS,
    unknownThreeDs: (words: readonly string[]) =>
      `doit valoir ${words.map((word) => `« ${word} »`).join(' ou ')}`,
    shop: 'doit être le numéro de boutique : 8 chiffres',
    numcli: 'doit être le numéro de client de PayFiP : 6 chiffres',
    saisie: 'doit valoir « T » en mode TEST, « X » ou « W » en mode PRODUCTION',
    methods: METHODS,
    account: 'doit être l’identifiant du compte Stripe, par exemple acct_1AbCdEf',
    iban: 'n’est pas un IBAN : ses chiffres de contrôle ne vérifient pas les autres',
    bic: 'n’est pas un BIC : 8 ou 11 signes, par exemple « AGRIFRPP »',
    series: 'doit compter 2 à 4 lettres majuscules',
    reservedSeries: (series: string) =>
      `« ${series} » est réservée aux reports de solde : choisissez une autre série`,
    deadlines: 'ne peut pas dépasser enLigneJours ni guichetJours',
    maximum: 'doit être au moins égal à paiementMinimum',
    slug: 'doit être un nom court en minuscules sans accent, par exemple « ifac »',
    siret: 'n’est pas un SIRET : 14 chiffres dont le dernier vérifie les autres',
    email: 'n’est pas une adresse électronique',
    issue: sentenceOf,
    at: (path: readonly string[], sentence: string) => `${place(path)}${sentence}.`,
    twice: (list: string, field: string, value: string) =>
      `${list} : le ${field} « ${value} » est donné deux fois.`,
    weakSignature: (contract: string) =>
      `contrats : le contrat « ${contract} » de production ne peut pas signer en SHA-1 ; choisissez HMAC-SHA-256 dans l’espace de la banque et ici.`,
    shopTwice: (shop: string) =>
      `contrats : la boutique ${shop} est donnée deux fois ; un même numéro ne peut être à la fois en TEST et en PRODUCTION.`,
    unknownContract: (unit: string, contract: string) =>
      `unites : l’unité ${unit} renvoie au contrat « ${contract} », qui n’est pas dans contrats.`,
    unknownUnit: (establishment: string, unit: string) =>
      `etablissements : l’établissement ${establishment} renvoie à l’unité « ${unit} », qui n’est pas dans unites.`,
  },
  refusals: {
    frozen: (unit: string, field: string, from: string, to: string) =>
      `unites : l’unité ${unit} a déjà des factures ; ${field} ne peut plus passer de « ${from} » à « ${to} ».`,
    seriesTaken: (unit: string, series: string, other: string) =>
      `unites : la série ${series} de l’unité ${unit} est déjà celle de l’unité ${other}.`,
    onScreen: (
      subject: string,
      field: string,
      was: {
        readonly by: string
        readonly day: string
        readonly standing: string
        readonly file: string
      },
    ) =>
      `${subject} : ${field} a été changé à l’écran le ${was.day} par ${was.by} et vaut « ${was.standing} » ; le fichier dit « ${was.file} ». Corrigez le fichier, ou relancez avec --ecran garder (l’écran l’emporte) ou --ecran remplacer (le fichier l’emporte).`,
    moved: (establishment: string) =>
      `etablissements : l’établissement ${establishment} a déjà des factures ; il ne peut plus changer d’unité.`,
    shopElsewhere: (shop: string) =>
      `contrats : la boutique ${shop} est déjà celle d’une autre organisation de ce portail.`,
  },
  weakSignature: (shops: readonly string[]) =>
    `Boutique ${shops.join(', ')} : la signature SHA-1 n’est plus sûre et n’est pas admise en production. Choisissez HMAC-SHA-256 dans l’espace de la banque (Paramétrage, Boutique, Algorithme de signature) et dans le fichier de l’organisation.`,
  fields: {
    organisation: 'organisation',
    contract: 'contrat',
    unit: 'unité',
    establishment: 'établissement',
    secret: 'secret gardé',
    newSecret: 'nouveau secret',
    none: 'aucun',
    otherContract: 'un autre contrat',
    byFile: 'fichier d’organisation',
  },
} as const

const place = (path: readonly string[]): string =>
  path.length === 0
    ? 'Le fichier '
    : `${path.map((step) => (/^\d+$/.test(step) ? `n° ${Number(step) + 1}` : step)).join(', ')} : `

const KINDS: { readonly [expected: string]: string } = {
  string: 'doit être un texte entre guillemets',
  number: 'doit être un nombre',
  int: 'doit être un nombre entier',
  array: 'doit être une liste [ … ]',
  object: 'doit être un objet { … }',
}

function sentenceOf(issue: Issue): string {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'manque' : (KINDS[issue.expected] ?? 'n’a pas la forme attendue')
  if (issue.code === 'unrecognized_keys')
    return `ne connaît pas ${issue.keys.map((key) => `« ${key} »`).join(', ')}`
  if (issue.code === 'invalid_value')
    return `doit valoir ${issue.values.map((value) => `« ${String(value)} »`).join(' ou ')}`
  if (issue.code === 'too_small')
    return issue.origin === 'number' ? `doit être au moins ${String(issue.minimum)}` : 'est vide'
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `dépasse ${String(issue.maximum)} caractères`
  if (issue.code === 'too_big') return `doit être au plus ${String(issue.maximum)}`
  return 'n’a pas la forme attendue'
}
