// Drafting, issuing and correcting invoices: every sentence of staff's.
import type { Vat } from '../billing/vat.ts'
import { plural } from '../kernel/french.ts'
import type { FaultCode } from './draft.ts'

export const vats = {
  exempt: 'Sans TVA',
  reduced: 'TVA 5,5 %',
  intermediate: 'TVA 10 %',
  standard: 'TVA 20 %',
} as const satisfies { readonly [vat in Vat]: string }

const at = (line: number | undefined, said: string) => (line === undefined ? said : `Ligne ${line} : ${said}`)

export const faults: { readonly [code in FaultCode]: (line?: number) => string } = {
  'bad-day': (line) => at(line, 'écrivez le jour comme 16/03/2012.'),
  'half-period': () => 'Donnez les deux jours de la période, ou aucun.',
  'period-backwards': () => 'La période finit avant de commencer : échangez les deux jours.',
  'deadline-order': () =>
    'Ce dernier jour vient avant l’échéance affichée : choisissez le même jour ou un jour plus tard.',
  'no-lines': () => 'La facture n’a pas de ligne : écrivez au moins une prestation.',
  'too-many-lines': () => 'Une facture a 300 lignes au plus : partagez celle-ci en deux.',
  'no-label': (line) => at(line, 'dites ce qui est facturé.'),
  'bad-quantity': (line) => at(line, 'écrivez la quantité comme 1 ou 0,5.'),
  'no-price': (line) => at(line, 'donnez le prix, ou choisissez une prestation du catalogue.'),
  'bad-price': (line) => at(line, 'écrivez le prix comme 14,50 (au plus 10 000,00 €).'),
  'line-too-large': (line) =>
    at(line, 'une ligne fait 10 000,00 € au plus : vérifiez la quantité et le prix.'),
  'total-too-large': () =>
    'Une facture fait 10 000,00 € au plus : vérifiez les prix, ou partagez-la en deux.',
  'total-not-positive': () => 'Le total doit dépasser 0,00 € : pour rendre de l’argent, faites un avoir.',
  'unknown-child': (line) => at(line, 'cet enfant n’est plus dans la famille : choisissez-en un autre.'),
}

export const catalogueTexts = {
  title: 'Catalogue',
  lede: 'Ce qui se facture, avec sa TVA et son compte. Un prix changé ici ne change aucune facture émise.',
  add: 'Ajouter une prestation',
  edit: 'Modifier la prestation',
  establishment: 'Établissement',
  label: 'Libellé',
  price: 'Prix unitaire, toutes taxes comprises',
  priceHint: 'Par exemple 14,50, ou −5,00 pour une réduction',
  vat: 'TVA',
  account: 'Compte',
  accountHint: 'Le numéro du plan comptable, par exemple 706200',
  save: 'Enregistrer',
  cancel: 'Ne rien changer',
  change: 'Modifier',
  retire: 'Retirer',
  what: (label: string) => ` ${label}`,
  caption: (place: string) => `Prestations de ${place}`,
  columns: { label: 'Prestation', price: 'Prix', vat: 'TVA', account: 'Compte', acts: 'Gestes' },
  empty: 'Le catalogue est vide.',
  emptyNext: 'Ajoutez les prestations habituelles : elles seront proposées en écrivant une facture.',
  saved: 'La prestation est enregistrée.',
  retired: 'La prestation est retirée : elle n’est plus proposée.',
  problems: {
    establishment: 'Choisissez l’établissement.',
    label: 'Donnez un libellé, 100 lettres au plus.',
    price: 'Écrivez le prix comme 14,50 (au plus 10 000,00 €).',
    vat: 'Choisissez la TVA.',
    account: 'Écrivez le compte en 3 à 12 chiffres ou lettres, par exemple 706200.',
    taken: 'Cet établissement a déjà une prestation de ce libellé : modifiez-la, ou changez le libellé.',
  },
} as const

export const draftTexts = {
  payer: {
    title: (family: string) => `Cette facture ira au dossier de la famille ${family}.`,
    shared: (children: string, family: string) =>
      `Un autre payeur a aussi un dossier pour ${children} : la famille ${family}.`,
    change: (family: string) => `Faire payer plutôt la famille ${family}`,
    failures: {
      unknown: 'Ce brouillon n’existe plus.',
      closed: 'Cette facture est déjà émise ou abandonnée : son payeur ne change plus.',
      'child-not-shared':
        'Une ligne concerne un enfant que l’autre dossier n’a pas. Retirez cette ligne, ou faites deux factures.',
    },
  },
  newTitle: 'Nouvelle facture',
  title: (family: string) => `Facture de la famille ${family}`,
  chooseFamily: 'Pour quelle famille ?',
  chooseLabel: 'Nom de la famille ou d’un enfant',
  find: 'Chercher',
  noFamily: (typed: string) => `Aucune famille ne correspond à « ${typed} ».`,
  noFamilyNext: 'Essayez le début du nom, ou le prénom d’un enfant.',
  noEstablishment: 'Aucun de vos établissements ne peut facturer.',
  crumb: 'Factures',
  states: {
    draft: 'Brouillon',
    checked: 'Vérifiée',
    issued: 'Émise',
    dropped: 'Abandonnée',
  },
  unsaved: 'Pas encore enregistré',
  savedAt: (time: string) => `Brouillon enregistré à ${time}`,
  savedBy: (name: string, when: string) => `Enregistré par ${name} le ${when}`,
  saveFailed: 'Pas enregistré : la connexion manque, ou une autre personne a enregistré. Utilisez le bouton.',
  replaces: (number: string) => `Remplace la facture ${number}, déjà ramenée à zéro par un avoir.`,
  head: 'En-tête',
  establishment: 'Établissement',
  activity: 'Accueil',
  activityHint: 'Mercredis, Vacances d’hiver…',
  beneficiary: 'Bénéficiaire',
  beneficiaryHint: 'Vide : les enfants des lignes',
  referent: 'Référent',
  periodFrom: 'Période, du',
  periodTo: 'au',
  dueOn: 'Échéance affichée',
  onlineUntil: 'Dernier jour en ligne',
  deskUntil: 'Dernier jour au guichet',
  visible: (hours: number) =>
    hours === 0
      ? 'La famille verra la facture dès son émission.'
      : `La famille verra la facture ${hours} h après son émission.`,
  lines: 'Prestations',
  linesHint:
    'Entrée ajoute une ligne, Alt ↑ et Alt ↓ la déplacent. Une prestation du catalogue apporte son prix, sa TVA et son compte ; hors catalogue, la ligne est sans TVA ni compte.',
  columns: {
    child: 'Enfant',
    day: 'Date',
    label: 'Prestation',
    quantity: 'Quantité',
    price: 'Prix',
    amount: 'Montant',
    acts: 'Retirer',
  },
  cell: (column: string, line: number) => `${column}, ligne ${line}`,
  wholeFamily: 'Toute la famille',
  remove: (line: number) => `Retirer la ligne ${line}`,
  addLine: 'Ajouter une ligne',
  total: 'Total',
  save: 'Enregistrer le brouillon',
  check: 'Marquer comme vérifiée',
  issue: 'Émettre la facture',
  drop: 'Abandonner le brouillon',
  preview: 'Aperçu : ce que la famille verra',
  previewPdf: 'Aperçu du document (PDF)',
  previewOf: 'Tel qu’au dernier enregistrement.',
  draftNumber: 'BROUILLON',
  toFix: (count: number) =>
    `${count} ${plural(count, 'point à compléter', 'points à compléter')} avant de vérifier`,
  double: (line: number) => `La ligne ${line} répète une ligne du même enfant et du même jour.`,
  notes: {
    payeur: 'Le payeur est changé : vérifiez de nouveau la facture.',
    enregistre: 'Le brouillon est enregistré.',
    verifie: 'La facture est vérifiée. Il reste à l’émettre.',
    abandonne: 'Le brouillon est abandonné.',
  } as Readonly<Record<string, string>>,
  conflict: (name: string, time: string) =>
    `${name} a enregistré ce brouillon à ${time}. Votre saisie est gardée ci-dessous, rien n’est écrasé : comparez, puis enregistrez.`,
  conflictTitle: 'Ce qui est enregistré et diffère de votre saisie',
  conflictLine: (line: number) => `Ligne ${line}`,
  conflictNothing: '(vide)',
  failures: {
    unknown: 'Ce brouillon n’existe plus.',
    closed: 'Ce brouillon est déjà émis ou abandonné : il ne change plus.',
    'not-checked': 'La facture a changé depuis sa vérification : vérifiez-la de nouveau.',
    'saved-by-other': 'Une autre personne vient d’enregistrer ce brouillon : relisez-le.',
    faulty: 'La facture n’est pas complète : corrigez les points ci-dessous.',
    'numbered-elsewhere':
      'Les numéros de cette série sont encore donnés par l’autre logiciel. Reprenez la numérotation ici, puis émettez.',
  },
  takeOver: {
    title: 'Reprendre la numérotation ici',
    text: (series: string) =>
      `Les factures ${series} étaient importées de l’autre logiciel. Si vous reprenez la numérotation, la suite sera donnée ici, sans trou, et l’import de factures de cette série sera refusé. C’est définitif.`,
    button: (series: string) => `Numéroter la série ${series} ici`,
    done: 'La numérotation est reprise ici.',
    ask: 'Demandez à une personne qui gère les réglages de reprendre la numérotation.',
  },
} as const
