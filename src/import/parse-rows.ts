// From cells to records: dates, amounts, words. A cell that cannot be read is remarked, and the row
// goes on with a harmless value, so that one mistake is told once. Pure.
import { type Day, day, parisInstant, type Period, readFrenchDay } from '../kernel/dates.ts'
import { type Cents, negate, readAmount, ZERO } from '../kernel/money.ts'
import { AT_ONCE, type Column, columnsOf, type Kind, METHODS, type RawRow, type Remark } from './format.ts'
import type { Records, Visibility } from './records.ts'
import { texts } from './texts.ts'

const { reasons } = texts
const SOME_DAY = day('2000-01-01')
/** An amount beyond this is a slip of the keyboard; the ledger refuses it too. */
const MAX_CENTS = 100_000_000
const EMAIL = /^[^\s@;,<>"]+@[^\s@;,<>"]+\.[^\s@;,<>".]+$/

/** Understands the rows. Empty required cells were remarked before and are not again. */
export function parseRows(rows: readonly RawRow[]): { records: Records; problems: Remark[] } {
  const problems: Remark[] = []
  const of = <K extends Kind, T>(kind: K, parse: (row: Cells<K>) => T): T[] =>
    rows.filter((row) => row.kind === kind).map((row) => parse(cellsOf<K>(row, problems)))
  const records: Records = {
    families: of('famille', parseFamily),
    adults: of('adulte', parseAdult),
    children: of('enfant', parseChild),
    invoices: of('facture', parseInvoice),
    lines: of('ligne', parseLine),
    payments: of('paiement', parsePayment),
    openings: of('solde', parseOpening),
  }
  return { records, problems }
}

type Cells<K extends Kind> = {
  readonly line: number
  readonly get: (column: Column<K>) => string
  readonly refuse: (column: Column<K>, reason: string) => void
}

function cellsOf<K extends Kind>(row: RawRow, problems: Remark[]): Cells<K> {
  const columns = columnsOf(row.kind)
  const get = (column: Column<K>) => row.cells[columns.indexOf(column)] ?? ''
  return {
    line: row.line,
    get,
    refuse: (column, reason) => {
      problems.push({ line: row.line, column, value: get(column), reason })
    },
  }
}

/** Reads a cell; an empty one gives `fallback` without a word, an unreadable one with the reason. */
function read<K extends Kind, T>(
  row: Cells<K>,
  column: Column<K>,
  parse: (text: string) => T | undefined,
  reason: string,
  fallback: T,
): T {
  const text = row.get(column)
  if (text === '') return fallback
  const value = parse(text)
  if (value === undefined) row.refuse(column, reason)
  return value ?? fallback
}

const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined)

function parseFamily(row: Cells<'famille'>) {
  return {
    line: row.line,
    key: row.get('clé'),
    name: row.get('nom'),
    address: row.get('adresse'),
    postalCode: read(row, 'code postal', matching(/^(\d{5}|[A-Z]{1,2}-\d{4,6})$/), reasons.postalCode, ''),
    city: row.get('ville'),
    units: row.get('unités').split(/\s+/).filter(Boolean),
  }
}

const ROLES: Readonly<Record<string, 'payer' | 'reader'>> = { payeur: 'payer', lecteur: 'reader' }

function parseAdult(row: Cells<'adulte'>) {
  return {
    line: row.line,
    key: row.get('clé'),
    family: row.get('famille'),
    role: read(row, 'rôle', (text) => ROLES[text.toLowerCase()], reasons.role, 'payer'),
    firstName: row.get('prénom'),
    lastName: row.get('nom'),
    email: read(row, 'courriel', matching(EMAIL), reasons.email, '').toLowerCase() || undefined,
    mobile: read(row, 'mobile', matching(/^\+?[\d .()-]{8,24}$/), reasons.mobile, '') || undefined,
  }
}

function parseChild(row: Cells<'enfant'>) {
  return {
    line: row.line,
    key: row.get('clé'),
    family: row.get('famille'),
    firstName: row.get('prénom'),
    lastName: row.get('nom'),
    bornOn: read(row, 'date de naissance', readFrenchDay, reasons.day, undefined),
  }
}

function parseInvoice(row: Cells<'facture'>) {
  return {
    line: row.line,
    key: row.get('clé'),
    number: row.get('numéro'),
    unit: row.get('unité'),
    establishment: row.get('établissement'),
    family: row.get('famille'),
    issuedOn: read(row, 'date', readFrenchDay, reasons.day, SOME_DAY),
    period: parsePeriod(row),
    dueOn: read(row, 'échéance', readFrenchDay, reasons.day, undefined),
    beneficiary: row.get('bénéficiaire'),
    activity: row.get('accueil'),
    referent: row.get('référent'),
    total: read(row, 'montant', positive, reasons.total, ZERO),
    visible: read(row, 'visible le', readVisibility, reasons.visible, 'after-delay'),
  }
}

function parsePeriod(row: Cells<'facture'>): Period | undefined {
  const from = read(row, 'période du', readFrenchDay, reasons.day, undefined)
  const to = read(row, 'période au', readFrenchDay, reasons.day, undefined)
  if ((row.get('période du') === '') !== (row.get('période au') === ''))
    row.refuse(row.get('période du') === '' ? 'période du' : 'période au', reasons.halfPeriod)
  if (!from || !to) return undefined
  if (from > to) row.refuse('période au', reasons.periodOrder)
  return { from, to }
}

function parseLine(row: Cells<'ligne'>) {
  return {
    line: row.line,
    invoice: row.get('facture'),
    child: row.get('enfant'),
    happenedOn: read(row, 'date', readFrenchDay, reasons.day, undefined),
    label: row.get('libellé'),
    quantityThousandths: read(row, 'quantité', readQuantity, reasons.quantity, 0),
    unit: read(row, 'prix unitaire', readSigned, reasons.amount, ZERO),
    amount: read(row, 'montant', readSigned, reasons.amount, ZERO),
    rateNote: row.get('mention de tarif'),
  }
}

const METHOD_NAMES: readonly string[] = METHODS

function parsePayment(row: Cells<'paiement'>) {
  const method = (text: string) => METHOD_NAMES.find((one) => one.toLowerCase() === text.toLowerCase())
  return {
    line: row.line,
    key: row.get('clé'),
    unit: row.get('unité'),
    family: row.get('famille'),
    receivedOn: read(row, 'date', readFrenchDay, reasons.day, SOME_DAY),
    method: read(row, 'mode', method, reasons.method(METHOD_NAMES), ''),
    amount: read(row, 'montant', positive, reasons.positive, ZERO),
    invoices: [...new Set(row.get('factures').split(/\s+/).filter(Boolean))],
  }
}

function parseOpening(row: Cells<'solde'>) {
  const nonzero = (text: string) => {
    const amount = readSigned(text)
    return amount === ZERO ? undefined : amount
  }
  return {
    line: row.line,
    key: row.get('clé'),
    unit: row.get('unité'),
    family: row.get('famille'),
    on: read(row, 'date', readFrenchDay, reasons.day, SOME_DAY),
    amount: read(row, 'montant', nonzero, reasons.opening, ZERO),
    visible: read(row, 'visible le', readVisibility, reasons.visible, 'after-delay'),
  }
}

function readSigned(text: string): Cents | undefined {
  const minus = /^[-\u2212]\s*/.exec(text)?.[0] ?? ''
  const amount = readAmount(text.slice(minus.length))
  if (amount === undefined || amount > MAX_CENTS) return undefined
  return minus === '' ? amount : negate(amount)
}

function positive(text: string): Cents | undefined {
  const amount = readSigned(text)
  return amount !== undefined && amount > ZERO ? amount : undefined
}

/** `1`, `0,5`, `1,125`: thousandths, a minus sign allowed. */
function readQuantity(text: string): number | undefined {
  const match = /^([-\u2212]?)(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text)
  if (!match) return undefined
  const thousandths = Number(match[2]) * 1000 + Number((match[3] ?? '').padEnd(3, '0'))
  return match[1] === '' ? thousandths : -thousandths
}

/** « immédiatement », `16/03/2012` (from midnight) or `16/03/2012 18:30`, Paris time. */
function readVisibility(text: string): Visibility | undefined {
  if (text.toLowerCase() === AT_ONCE) return 'at-once'
  const match = /^(\S+)(?:\s+([01]?\d|2[0-3])[:h]([0-5]\d))?$/.exec(text)
  const on: Day | undefined = readFrenchDay(match?.[1] ?? '')
  if (!match || !on) return undefined
  const hour = parisInstant(on, Number(match[2] ?? 0))
  return new Date(hour.getTime() + Number(match[3] ?? 0) * 60_000)
}
