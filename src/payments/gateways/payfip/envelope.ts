// SOAP 1.1 by hand: an envelope is written, and an answer is read by local names (gateways 3.1).
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Result, fail, ok } from '../../../kernel/result.ts'

export type Operation = 'creerPaiementSecurise' | 'recupererDetailPaiementSecurise' | 'recupererDetailClient'

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'
const SERVICE =
  'http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService'

/** The content type of a question, as SOAP 1.1 wants it. */
export const CONTENT_TYPE = 'text/xml; charset=utf-8'

/** A question to the service. `arg0` and its children are in no namespace; empty values are sent as empty. */
export function writeEnvelope(operation: Operation, fields: readonly (readonly [string, string])[]): string {
  const children = fields.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('')
  return (
    `<?xml version="1.0" encoding="UTF-8"?>` +
    `<soapenv:Envelope xmlns:soapenv="${SOAP}" xmlns:pai="${SERVICE}"><soapenv:Header/><soapenv:Body>` +
    `<pai:${operation}><arg0>${children}</arg0></pai:${operation}>` +
    `</soapenv:Body></soapenv:Envelope>`
  )
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const escapeXml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

/** Names in lower case: the service writes `idOp` and `idop` (gateways 3.2). */
export type AnswerFields = ReadonlyMap<string, string>

/** What went wrong, by the name of the element in the fault's detail; empty when there is none. */
export type Fault = {
  readonly kind: string
  /** « P5 », « R3 », « 999 »…; empty when the fault has none. */
  readonly code: string
  /** The service's own words, for the people who look after it. */
  readonly label: string
}

export type Answer =
  | { readonly kind: 'return'; readonly operation: string; readonly fields: AnswerFields }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** Forty times the longest answer that the service is known to give. */
const MAX_CHARACTERS = 64_000
/** Envelope, Body, Fault, detail, error, code: six. */
const MAX_DEPTH = 12

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  // « 090909 » and « 0912 » are texts.
  parseTagValue: false,
  processEntities: true,
  // For numbered characters; named ones are refused before.
  htmlEntities: true,
  maxNestedTags: MAX_DEPTH,
})

/**
 * Reads an answer. Unreadable: too long, not well formed, cut short, with a document type, an entity
 * that is not one of XML's own five or a number, a processing instruction, a field given twice, or
 * not the envelope of a return or of a fault. The HTTP status says nothing: a fault comes with 500.
 */
export function readEnvelope(text: string): Result<Answer, 'unreadable'> {
  if (text.length > MAX_CHARACTERS || hasForbidden(text)) return fail('unreadable')
  try {
    if (XMLValidator.validate(text) !== true) return fail('unreadable')
    const body = child(child(parser.parse(text), 'Envelope'), 'Body')
    const answer = readFault(child(body, 'Fault')) ?? readReturn(body)
    return answer ? ok(answer) : fail('unreadable')
  } catch {
    return fail('unreadable')
  }
}

const DECLARATION = /^(?:\uFEFF)?\s*<\?xml\s[^?<>]*\?>/

function hasForbidden(text: string): boolean {
  const document = text.replace(DECLARATION, '')
  return (
    /<!(?!\[CDATA\[|--)|<\?/.test(document) ||
    /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i.test(document)
  )
}

type Element = { readonly [name: string]: unknown }
const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function child(parent: unknown, name: string): Element | undefined {
  const found = isElement(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined
  return isElement(found) ? found : undefined
}

function readFault(fault: Element | undefined): Answer | undefined {
  if (!fault) return undefined
  const [name = '', told] =
    Object.entries(child(fault, 'detail') ?? {}).find(([, one]) => isElement(one)) ?? []
  const fields = readFields(told) ?? new Map<string, string>()
  const words = [
    fields.get('libelle'),
    fields.get('descriptif'),
    fields.get('message'),
    text(fault['faultstring']),
  ]
  const label = words.find((one) => one !== undefined && one !== '') ?? ''
  return { kind: 'fault', fault: { kind: name, code: fields.get('code') ?? '', label } }
}

function readReturn(body: Element | undefined): Answer | undefined {
  const operations = Object.entries(body ?? {})
  const [name = '', told] = operations[0] ?? []
  const fields = operations.length === 1 ? readFields(child(told, 'return')) : undefined
  if (!fields || !name.endsWith('Response')) return undefined
  return { kind: 'return', operation: name.slice(0, -'Response'.length), fields }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The leaves of an element; undefined when a name comes twice or a leaf has children. */
function readFields(element: unknown): AnswerFields | undefined {
  if (!isElement(element)) return undefined
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(element)) {
    const key = name.toLowerCase()
    if (typeof value !== 'string' || fields.has(key)) return undefined
    fields.set(key, value)
  }
  return fields
}
