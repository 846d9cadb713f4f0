// A camt.053 statement (ISO 20022), versions 02 to 12: gateways.md 6.2. Read strictly, or refused whole.
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parisDay, readIsoDay } from '../kernel/dates.ts'
import { type Cents, ZERO, cents, sum } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { readIban } from '../kernel/transfer-reference.ts'
import type { IncomingLine, OutgoingLine, Statement, StatementProblem } from './transfer.ts'

/** An element: its children, its attributes under « @ », its text under « #text ». */
type Node = { readonly [name: string]: unknown }

const REPEATED = new Set(['Stmt', 'Ntry', 'NtryDtls', 'TxDtls', 'Ustrd', 'Strd', 'Rcrd'])
/** Values stay text: « 0123 » is a reference. Only the five entities of XML and numbers are read. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  isArray: (name) => REPEATED.has(name),
})

/** Reads a file: one statement or more, all or nothing. A file with a DTD is refused unread. */
export function readCamt053(content: Uint8Array): Result<readonly Statement[], StatementProblem> {
  const text = decode(content)
  if (text === undefined) return fail({ kind: 'encoding', entry: 0 })
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return fail({ kind: 'doctype', entry: 0 })
  if (XMLValidator.validate(text) !== true) return fail({ kind: 'xml', entry: 0 })
  const found = list(node(node(asNode(parser.parse(text)), 'Document'), 'BkToCstmrStmt'), 'Stmt')
  if (found.length === 0) return fail({ kind: 'not-camt', entry: 0 })
  const statements: Statement[] = []
  for (const one of found) {
    const read = readStatement(one)
    if (!read.ok) return read
    statements.push(read.value)
  }
  return ok(statements)
}

/** The bytes in the encoding they announce, UTF-8 when they announce none; undefined when they are not in it. */
function decode(content: Uint8Array): string | undefined {
  const head = Buffer.from(content.subarray(0, 200)).toString('latin1')
  const label = /^\s*<\?xml[^>]*encoding=["'](iso-8859-1|iso-8859-15|windows-1252)["']/i.exec(head)?.[1]
  try {
    const text = new TextDecoder(label ?? 'utf-8', { fatal: true }).decode(content)
    return text.includes('\u0000') ? undefined : text
  } catch {
    return undefined
  }
}

function readStatement(statement: Node): Result<Statement, StatementProblem> {
  const iban = readIban(text(node(node(statement, 'Acct'), 'Id'), 'IBAN'))
  if (iban === undefined) return fail({ kind: 'account', entry: 0 })
  const lines: IncomingLine[] = []
  const outgoing: OutgoingLine[] = []
  let pending = 0
  for (const [index, entry] of list(statement, 'Ntry').entries()) {
    // Version 02 writes the status as text, the later ones as a code.
    const status = text(entry, 'Sts') || text(node(entry, 'Sts'), 'Cd')
    const direction = text(entry, 'CdtDbtInd')
    if (direction === 'DBIT') {
      if (status === 'BOOK') outgoing.push(...readDebit(entry))
      continue
    }
    if (status !== 'BOOK') {
      pending += 1
      continue
    }
    const read = direction === 'CRDT' ? readEntry(entry) : undefined
    if (read === undefined) return fail({ kind: 'entry', entry: index + 1 })
    lines.push(...read)
  }
  return ok({ iban, lines, outgoing, pending })
}

/** The payments of an entry: several when the bank booked them as one; undefined when they do not add up. */
function readEntry(entry: Node): IncomingLine[] | undefined {
  const amount = readEuros(node(entry, 'Amt'))
  const bookedOn = readDate(node(entry, 'BookgDt')) ?? readDate(node(entry, 'ValDt'))
  if (amount === undefined || bookedOn === undefined) return undefined
  const details = list(entry, 'NtryDtls').flatMap((one) => list(one, 'TxDtls'))
  const shared = {
    bookedOn,
    marks: [text(entry, 'NtryRef'), text(entry, 'AcctSvcrRef')],
    isReturn: text(entry, 'RvslInd') === 'true',
    fee: feeOf(entry),
  }
  const [only = {}, ...others] = details
  if (others.length === 0) return [readPayment(shared, only, amount, text(entry, 'AddtlNtryInf'))]
  const parts = details.map((one) => readEuros(node(one, 'Amt')) ?? readEuros(instructed(one)))
  const known = parts.filter((part) => part !== undefined)
  if (known.length !== parts.length || sum(known) !== amount) return undefined
  return details.map((one, index) => readPayment({ ...shared, fee: ZERO }, one, known[index] ?? amount, ''))
}

/** The charges of an entry or of its details, whole or as their records; zero when it says none. */
function feeOf(parent: Node): Cents {
  const charges = node(parent, 'Chrgs')
  const whole = readEuros(node(charges, 'TtlChrgsAndTaxAmt'))
  return whole ?? sum(list(charges, 'Rcrd').flatMap((one) => readEuros(node(one, 'Amt')) ?? []))
}

const instructed = (details: Node): Node => node(node(node(details, 'AmtDtls'), 'TxAmt'), 'Amt')

function readPayment(
  shared: Pick<IncomingLine, 'bookedOn' | 'marks' | 'isReturn' | 'fee'>,
  details: Node,
  amount: Cents,
  additional: string,
): IncomingLine {
  const { bookedOn, isReturn, fee } = shared
  const refs = node(details, 'Refs')
  const remittance = node(details, 'RmtInf')
  const debtor = node(node(details, 'RltdPties'), 'Dbtr')
  const structured = list(remittance, 'Strd').map((one) => text(node(one, 'CdtrRefInf'), 'Ref'))
  const words = [...texts(remittance, 'Ustrd'), ...structured.slice(1), additional]
  return {
    bookedOn,
    amount,
    // Version 02 names the payer at once, the later ones as a party.
    payerName: (text(debtor, 'Nm') || text(node(debtor, 'Pty'), 'Nm')).slice(0, 140),
    reference: structured[0] ?? '',
    words: words
      .filter((one) => one !== '')
      .join(' ')
      .slice(0, 500),
    marks: [...shared.marks, text(refs, 'AcctSvcrRef'), text(refs, 'EndToEndId'), text(refs, 'TxId')],
    isReturn: isReturn || Object.hasOwn(details, 'RtrInf'),
    endToEnd: text(refs, 'EndToEndId'),
    fee: fee > ZERO ? fee : feeOf(details),
    returnReason: text(node(node(details, 'RtrInf'), 'Rsn'), 'Cd'),
  }
}

/**
 * What left, one line a transfer when the bank tells them apart, else the whole debit with the
 * references of its batch. A debit that cannot be read is none of ours: it bears no reference.
 */
function readDebit(entry: Node): OutgoingLine[] {
  const amount = readEuros(node(entry, 'Amt'))
  const bookedOn = readDate(node(entry, 'BookgDt')) ?? readDate(node(entry, 'ValDt'))
  if (amount === undefined || bookedOn === undefined || text(entry, 'RvslInd') === 'true') return []
  const groups = list(entry, 'NtryDtls')
  const batch = groups.map((one) => node(one, 'Btch'))
  const details = groups.flatMap((one) => list(one, 'TxDtls'))
  const parts = details.map((one) => readEuros(node(one, 'Amt')) ?? readEuros(instructed(one)))
  const known = parts.filter((part) => part !== undefined)
  if (details.length > 1 && known.length === parts.length && sum(known) === amount)
    return details.map((one, index) => ({
      bookedOn,
      amount: known[index] ?? amount,
      references: referencesOf([node(one, 'Refs')], ['EndToEndId']),
    }))
  const named = [...batch, ...details.map((one) => node(one, 'Refs'))]
  const names = details.length > 1 ? ['PmtInfId', 'MsgId'] : ['EndToEndId', 'PmtInfId', 'MsgId']
  return [{ bookedOn, amount, references: referencesOf(named, names) }]
}

const referencesOf = (from: readonly Node[], names: readonly string[]): string[] => [
  ...new Set(from.flatMap((one) => names.map((name) => text(one, name))).filter((one) => one !== '')),
]

/** `123.45` in euros, as cents; undefined for another currency or more than two decimals. */
function readEuros(amount: Node): Cents | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text(amount, '#text'))
  if (!match || text(amount, '@Ccy') !== 'EUR') return undefined
  const value = cents(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')))
  return value > 0 ? value : undefined
}

function readDate(date: Node) {
  const at = text(date, 'DtTm')
  if (at === '') return readIsoDay(text(date, 'Dt').slice(0, 10))
  const instant = new Date(at)
  return Number.isNaN(instant.getTime()) ? undefined : parisDay(instant)
}

const asNode = (value: unknown): Node =>
  typeof value === 'object' && value !== null
    ? (value as Node)
    : typeof value === 'string'
      ? { '#text': value }
      : {}
const node = (parent: Node, name: string): Node => asNode(parent[name])
const list = (parent: Node, name: string): Node[] => {
  const value = parent[name]
  return Array.isArray(value) ? value.map(asNode) : []
}
const text = (parent: Node, name: string): string => {
  const value = parent[name]
  return typeof value === 'string' ? value.trim() : ''
}
const texts = (parent: Node, name: string): string[] => list(parent, name).map((one) => text(one, '#text'))
