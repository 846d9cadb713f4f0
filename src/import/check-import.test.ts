import { expect, test } from 'vitest'
import type { BillingUnitId, EstablishmentId } from '../kernel/ids.ts'
import { checkImport } from './check-import.ts'
import type { Known } from './known.ts'
import { parseRows } from './parse-rows.ts'
import type { Plan } from './plan.ts'
import { readFile } from './read-file.ts'

const unit = (code: string, series: string, seriesSource: 'preau' | 'import' | null) => ({
  id: `unit ${code}` as BillingUnitId,
  code,
  series,
  seriesSource,
  visibilityDelayHours: 24,
})
const place = (code: string, of: string) => ({
  id: `place ${code}` as EstablishmentId,
  code,
  unitId: `unit ${of}` as BillingUnitId,
})

/** Two units that import, one that numbers its own invoices, nobody yet. */
const EMPTY: Known = {
  units: new Map([
    ['THONON', unit('THONON', 'TH', 'import')],
    ['CCVS', unit('CCVS', 'CCV', null)],
    ['BUREAU', unit('BUREAU', 'BU', 'preau')],
  ]),
  establishments: new Map([
    ['THONON', place('THONON', 'THONON')],
    ['MEZY', place('MEZY', 'CCVS')],
    ['BUREAU', place('BUREAU', 'BUREAU')],
  ]),
  families: new Map(),
  adults: new Map(),
  children: new Map(),
  invoices: new Map(),
  invoicesByNumber: new Map(),
  payments: new Map(),
  openings: new Map(),
}

const GOOD = `# une famille, ses factures et ce qu'elle a payé
famille;F1;MARTIN;4 chemin du Lac;74200;Thonon-les-Bains;THONON
adulte;A1;F1;payeur;Claire;MARTIN;claire.martin@exemple.fr;06 12 34 56 78
enfant;E1;F1;Léo;MARTIN;03/09/2004
facture;K1;TH001987;THONON;THONON;F1;16/03/2012;01/02/2012;29/02/2012;15/04/2012;;Mercredis;;31,00;immédiatement
ligne;K1;E1;01/02/2012;Mercredi;2;11,50;23,00;tranche C
ligne;K1;E1;15/02/2012;Demi-journée;0,5;16,00;8,00;
paiement;P1;THONON;F1;20/03/2012;chèque;26,50;TH001987
solde;S1;CCVS;F1;31/12/2011;-12,00
famille;F2;BERNARD;1 rue du Port;CH-1204;Genève
adulte;A2;F2;payeur;Paul;BERNARD
facture;K2;TH001988;THONON;THONON;F2;16/03/2012;;;;;;;10,00
`

const planOf = (text: string, known: Known = EMPTY): Plan => {
  const file = readFile(text)
  const { records, problems } = parseRows(file.rows)
  return checkImport(records, known, [...file.problems, ...problems])
}
const problemsOf = (text: string) =>
  planOf(text).problems.map(({ line, column, value, reason }) => [line, column, value, reason])

test('a good file has no problem', () => {
  const plan = planOf(GOOD)
  expect([plan.problems, plan.notes]).toEqual([[], []])
  expect(plan.invoices.created[0]?.record).toMatchObject({
    beneficiary: 'MARTIN Léo',
    referent: 'MARTIN Claire',
    total: 3_100,
    visible: 'at-once',
  })
  expect(plan.openings.created[0]?.amount).toBe(-1_200)
})

/** Each mistake is one change to the good file: the text replaced, by what, and what is said of it. */
const MISTAKES: readonly [
  from: string,
  to: string,
  line: number,
  column: string,
  value: string,
  reason: string,
][] = [
  ['solde;S1', 'avoir;S1', 9, 'sorte de ligne', 'avoir', 'sorte de ligne inconnue'],
  ['MARTIN;4 chemin', ';4 chemin', 2, 'nom', '', 'obligatoire'],
  ['Genève', 'Genève;;;de trop', 10, '', 'de trop', 'au plus 7 cellules'],
  ['MARTIN;4 chemin', 'MAR\u0000TIN;4 chemin', 2, 'nom', 'MAR\u0000TIN', 'signe invisible'],
  ['MARTIN;4 chemin', `${'M'.repeat(501)};4 chemin`, 2, 'nom', 'M'.repeat(501), '500 caractères'],
  ['74200', '7420', 2, 'code postal', '7420', 'code postal'],
  ['Bains;THONON', 'Bains;EVIAN', 2, 'unités', 'EVIAN', 'unité inconnue'],
  ['payeur;Claire', 'mère;Claire', 3, 'rôle', 'mère', 'payeur'],
  ['claire.martin@', 'claire.martin', 3, 'courriel', 'claire.martinexemple.fr', 'adresse électronique'],
  ['06 12 34 56 78', 'six', 3, 'mobile', 'six', 'numéro de téléphone'],
  ['adulte;A1;F1', 'adulte;A1;F9', 3, 'famille', 'F9', 'famille inconnue'],
  ['03/09/2004', '31/02/2004', 4, 'date de naissance', '31/02/2004', 'pas une date'],
  ['16/03/2012;01', '2012-03-16;01', 5, 'date', '2012-03-16', 'pas une date'],
  ['01/02/2012;29/02/2012', '29/02/2012;01/02/2012', 5, 'période au', '01/02/2012', 'finit avant'],
  ['01/02/2012;29/02/2012', '01/02/2012;', 5, 'période au', '', 'un début et une fin'],
  ['15/04/2012', '15/03/2012', 5, 'échéance', '15/03/2012', 'précède la date'],
  ['K1;TH001987', 'K1;TH1987', 5, 'numéro', 'TH1987', '6 chiffres'],
  ['K2;TH001988', 'K2;CCV001988', 12, 'numéro', 'CCV001988', 'la série de l’unité est TH'],
  ['K2;TH001988', 'K2;TH001987', 12, 'numéro', 'TH001987', 'ligne 5'],
  ['facture;K2', 'facture;K1', 12, 'clé', 'K1', 'ligne 5'],
  ['TH001988;THONON;THONON', 'BU001988;BUREAU;BUREAU', 12, 'unité', 'BUREAU', 'numérotée par Préau'],
  ['TH001988;THONON', 'TH001988;EVIAN', 12, 'unité', 'EVIAN', 'unité inconnue'],
  ['TH001988;THONON;THONON', 'TH001988;THONON;EVIAN', 12, 'établissement', 'EVIAN', 'inconnu'],
  ['TH001988;THONON;THONON', 'TH001988;THONON;MEZY', 12, 'établissement', 'MEZY', 'de l’unité THONON'],
  [';10,00', ';10,005', 12, 'montant', '10,005', 'montant'],
  [';10,00', ';-10,00', 12, 'montant', '-10,00', 'un avoir'],
  [';10,00', ';0,00', 12, 'montant', '0,00', 'facture nulle'],
  ['31,00;immédiatement', '31,00;bientôt', 5, 'visible le', 'bientôt', 'immédiatement'],
  ['8,00;', '9,00;', 5, 'montant', '31,00\u00A0€', 'la somme des lignes est 32,00\u00A0€'],
  ['ligne;K1;E1;15', 'ligne;K9;E1;15', 7, 'facture', 'K9', 'n’a cette clé'],
  ['Demi-journée;0,5', 'Demi-journée;une', 7, 'quantité', 'une', 'quantité'],
  ['16,00;8,00', 'seize;8,00', 7, 'prix unitaire', 'seize', 'montant'],
  ['chèque', 'troc', 8, 'mode', 'troc', 'mode inconnu'],
  ['26,50;TH001987', '0;TH001987', 8, 'montant', '0', 'supérieur à zéro'],
  ['26,50;TH001987', '26,50;TH001999', 8, 'factures', 'TH001999', 'facture inconnue'],
  ['26,50;TH001987', '26,50;TH001988', 8, 'factures', 'TH001988', 'autre famille'],
  ['P1;THONON', 'P1;CCVS', 8, 'factures', 'TH001987', 'unité THONON'],
  ['-12,00', '0,00', 9, 'montant', '0,00', 'jamais nul'],
  ['solde;S1', 'solde;RAN000001', 9, 'clé', 'RAN000001', 'réservées'],
  ['MARTIN;4 chemin', '"MARTIN;4 chemin', 2, '', '', 'guillemet'],
]

test.each(MISTAKES)(
  '« %s » become « %s » is remarked on line %i',
  (from, to, line, column, value, reason) => {
    expect(GOOD).toContain(from)
    const problems = problemsOf(GOOD.replace(from, to))
    const found = problems.find((one) => one[1] === column && one[2] === value)
    expect(found?.[3]).toContain(reason)
    if (column !== '') expect(found?.[0]).toBe(line)
  },
)

test('an empty file says so', () => {
  expect(problemsOf('# rien\n')).toEqual([[1, 'sorte de ligne', '', 'le fichier ne contient aucune ligne']])
})

test('a mistake is told once', () => {
  expect(problemsOf(GOOD.replace('74200', '7420'))).toHaveLength(1)
})

test('a child of another family cannot be billed', () => {
  const moved = GOOD.replace('enfant;E1;F1', 'enfant;E1;F2')
  expect(problemsOf(moved).map((one) => one[1])).toEqual(['enfant', 'enfant'])
})

test('a payment above what is due is a note: the rest is credit', () => {
  const plan = planOf(GOOD.replace('26,50', '40,00'))
  expect(plan.problems).toEqual([])
  expect(plan.notes).toMatchObject([{ line: 8, column: 'montant', reason: expect.stringContaining('9,00') }])
})

test('two payments of one invoice share what is due', () => {
  const twice = `${GOOD}paiement;P2;THONON;F1;21/03/2012;espèces;5,00;TH001987\n`
  expect(planOf(twice).notes).toMatchObject([{ line: 13, reason: expect.stringContaining('0,50') }])
})

test('a family that nobody can pay for is a note', () => {
  const notes = planOf(GOOD.replace('A1;F1;payeur', 'A1;F1;lecteur')).notes
  expect(notes).toMatchObject([{ line: 2, value: 'F1' }])
})

test('quantity times price that gives another amount is a note', () => {
  const plan = planOf(GOOD.replace('2;11,50;23,00', '3;11,50;23,00'))
  expect([plan.problems.length, plan.notes.map((note) => note.line)]).toEqual([0, [6]])
})

test('rows may come in any order', () => {
  const turned = GOOD.trim().split('\n').toReversed().join('\n')
  expect(planOf(turned).problems).toEqual([])
})
