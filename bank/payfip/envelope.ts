import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { wordingOf, type FaultCode } from './faults.ts'

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'
const SERVICE =
  'http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService'

/** A question put to the web service: the operation, and the children of arg0 under their exact names. */
export type Question = { readonly operation: string; readonly fields: Readonly<Record<string, string>> }

const reader = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  ignoreDeclaration: true,
  htmlEntities: true,
  isArray: (name) => name === 'arg0',
})

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a SOAP 1.1 question; undefined when it is none. Nothing that declares a type or an entity is read. */
export function readQuestion(xml: string): Question | undefined {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml) || XMLValidator.validate(xml.trim()) !== true) return undefined
  try {
    const tree: unknown = reader.parse(xml)
    const envelope = isTree(tree) ? tree['Envelope'] : undefined
    const body = isTree(envelope) ? envelope['Body'] : undefined
    if (!isTree(body)) return undefined
    const [operation, call] = Object.entries(body).find(([name]) => !name.startsWith('@')) ?? []
    const args = isTree(call) ? call['arg0'] : undefined
    const arg: unknown = Array.isArray(args) ? args[0] : undefined
    if (operation === undefined || arg === undefined) return undefined
    const leaves = isTree(arg) ? Object.entries(arg) : []
    return {
      operation,
      fields: Object.fromEntries(
        leaves.filter((leaf): leaf is [string, string] => typeof leaf[1] === 'string'),
      ),
    }
  } catch {
    return undefined
  }
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const leaves = (values: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${escape(value ?? '')}</${name}>`)
    .join('')

const envelope = (body: string): string =>
  `<?xml version='1.0' encoding='UTF-8'?><S:Envelope xmlns:S="${SOAP}"><S:Body>${body}</S:Body></S:Envelope>`

/** The answer to an operation; a value left undefined is not written. */
export const writeReturn = (
  operation: string,
  values: Readonly<Record<string, string | undefined>>,
): string =>
  envelope(
    `<ns2:${operation}Response xmlns:ns2="${SERVICE}"><return>${leaves(values)}</return></ns2:${operation}Response>`,
  )

/** A refusal of the service, with the words that go with its code. */
export function writeFault(code: FaultCode): string {
  const { kind, label, severity } = wordingOf(code)
  const told = leaves({ code, descriptif: '', libelle: label, message: '', severite: severity })
  return envelope(
    `<S:Fault><faultcode>S:Server</faultcode>` +
      `<faultstring>fr.gouv.finances.cp.tpa.webservice.exceptions.${kind}</faultstring>` +
      `<detail><ns2:${kind} xmlns:ns2="${SERVICE}">${told}</ns2:${kind}></detail></S:Fault>`,
  )
}
