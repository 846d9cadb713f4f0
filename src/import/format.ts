// The import file: which rows there are, and the columns of each, in order. docs/import.md tells the same.

/** Each kind of row with its columns after the first; `?` marks a cell that may stay empty. */
export const FORMAT = {
  famille: ['clé', 'nom', 'adresse', 'code postal', 'ville', 'unités?'],
  adulte: ['clé', 'famille', 'rôle', 'prénom', 'nom', 'courriel?', 'mobile?'],
  enfant: ['clé', 'famille', 'prénom', 'nom', 'date de naissance?'],
  facture: [
    'clé',
    'numéro',
    'unité',
    'établissement',
    'famille',
    'date',
    'période du?',
    'période au?',
    'échéance?',
    'bénéficiaire?',
    'accueil?',
    'référent?',
    'montant',
    'visible le?',
  ],
  ligne: [
    'facture',
    'enfant?',
    'date?',
    'libellé',
    'quantité',
    'prix unitaire',
    'montant',
    'mention de tarif?',
  ],
  paiement: ['clé', 'unité', 'famille', 'date', 'mode', 'montant', 'factures?'],
  solde: ['clé', 'unité', 'famille', 'date', 'montant', 'visible le?'],
} as const

export type Kind = keyof typeof FORMAT
type Bare<Name extends string> = Name extends `${infer Column}?` ? Column : Name
/** The columns of a kind of row, without their mark. */
export type Column<K extends Kind = Kind> = Bare<(typeof FORMAT)[K][number]>

export const KINDS = Object.keys(FORMAT) as readonly Kind[]
export const columnsOf = (kind: Kind): readonly string[] =>
  FORMAT[kind].map((column) => column.replace(/\?$/, ''))
export const isRequired = (kind: Kind, index: number): boolean => !FORMAT[kind][index]?.endsWith('?')

/** How families paid elsewhere, as the file writes it; it is kept and shown as it stands. */
export const METHODS = [
  'chèque',
  'espèces',
  'carte',
  'virement',
  'prélèvement',
  'CESU',
  'ANCV',
  'autre',
] as const

/** « visible le »: this word instead of a date. */
export const AT_ONCE = 'immédiatement'

/** Something to say about one cell of the file: the line as the user's editor counts it. */
export type Remark = {
  readonly line: number
  readonly column: string
  readonly value: string
  readonly reason: string
}

/** A row cut into cells, in the order of its kind's columns; missing ends are empty. */
export type RawRow = { readonly line: number; readonly kind: Kind; readonly cells: readonly string[] }
