// What the schema of pain.001.001.09 says of the elements that a SEPA credit transfer uses, in the
// customer-to-bank subset of the European Payments Council (EPC132-08, 2023): which children, in which
// order, how many, and what a leaf may hold. An element that is not here is one the subset does not have.
import { XMLParser, XMLValidator } from 'fast-xml-parser'

type Child = readonly [name: string, atLeast: 0 | 1, atMost: number]
const MANY = Infinity
const one = (name: string): Child => [name, 1, 1]
const maybe = (name: string): Child => [name, 0, 1]

const IDENTIFIER = /^(?!\/)(?!.*\/\/)[a-zA-Z0-9/\-?:().,'+ ]{1,35}(?<!\/)$/
const NAME = /^[a-zA-Z0-9/\-?:().,'+ ]{1,70}$/
const WORDS = /^[a-zA-Z0-9/\-?:().,'+ ]{1,140}$/
const IBAN = /^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const SUM = /^\d{1,15}\.\d{2}$/
const COUNT = /^[0-9]{1,15}$/

const NODES: { readonly [path: string]: readonly Child[] | RegExp } = {
  Document: [one('CstmrCdtTrfInitn')],
  CstmrCdtTrfInitn: [one('GrpHdr'), ['PmtInf', 1, MANY]],
  GrpHdr: [one('MsgId'), one('CreDtTm'), one('NbOfTxs'), one('CtrlSum'), one('InitgPty')],
  PmtInf: [
    one('PmtInfId'),
    one('PmtMtd'),
    maybe('BtchBookg'),
    maybe('NbOfTxs'),
    maybe('CtrlSum'),
    maybe('PmtTpInf'),
    one('ReqdExctnDt'),
    one('Dbtr'),
    one('DbtrAcct'),
    one('DbtrAgt'),
    maybe('UltmtDbtr'),
    maybe('ChrgBr'),
    ['CdtTrfTxInf', 1, MANY],
  ],
  CdtTrfTxInf: [
    one('PmtId'),
    maybe('PmtTpInf'),
    one('Amt'),
    maybe('ChrgBr'),
    maybe('UltmtDbtr'),
    maybe('CdtrAgt'),
    one('Cdtr'),
    one('CdtrAcct'),
    maybe('UltmtCdtr'),
    maybe('Purp'),
    maybe('RmtInf'),
  ],
  PmtId: [maybe('InstrId'), one('EndToEndId'), maybe('UETR')],
  PmtTpInf: [maybe('InstrPrty'), ['SvcLvl', 1, 1], maybe('LclInstrm'), maybe('CtgyPurp')],
  SvcLvl: [one('Cd')],
  ReqdExctnDt: [one('Dt')],
  InitgPty: [maybe('Nm'), maybe('Id')],
  Dbtr: [one('Nm'), maybe('PstlAdr'), maybe('Id')],
  Cdtr: [one('Nm'), maybe('PstlAdr'), maybe('Id')],
  DbtrAcct: [one('Id')],
  CdtrAcct: [one('Id')],
  Id: [one('IBAN')],
  DbtrAgt: [one('FinInstnId')],
  CdtrAgt: [one('FinInstnId')],
  FinInstnId: [one('BICFI')],
  Amt: [one('InstdAmt')],
  RmtInf: [maybe('Ustrd')],
  MsgId: IDENTIFIER,
  PmtInfId: IDENTIFIER,
  EndToEndId: IDENTIFIER,
  InstrId: IDENTIFIER,
  CreDtTm: INSTANT,
  NbOfTxs: COUNT,
  CtrlSum: SUM,
  InstdAmt: SUM,
  PmtMtd: /^TRF$/,
  BtchBookg: /^(?:true|false)$/,
  Cd: /^SEPA$/,
  ChrgBr: /^SLEV$/,
  Dt: DAY,
  Nm: NAME,
  Ustrd: WORDS,
  IBAN,
  BICFI: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/,
}

type Ordered = { readonly [name: string]: unknown }
const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
})
const nameOf = (node: Ordered): string => Object.keys(node).find((key) => key !== ':@') ?? ''
const childrenOf = (node: Ordered): readonly Ordered[] => node[nameOf(node)] as readonly Ordered[]

/** What breaks the schema's rules, each with its place; a right file has none. */
export function problemsOf(xml: string): string[] {
  if (XMLValidator.validate(xml) !== true) return ['not XML']
  const roots = (parser.parse(xml) as readonly Ordered[]).filter((node) => nameOf(node) !== '?xml')
  const [root] = roots
  if (roots.length !== 1 || !root || nameOf(root) !== 'Document') return ['not one Document']
  const attributes = (root[':@'] ?? {}) as Ordered
  const isOfThisVersion = attributes['@xmlns'] === 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'
  return [...(isOfThisVersion ? [] : ['another version']), ...check(root, '')]
}

function check(node: Ordered, place: string): string[] {
  const name = nameOf(node)
  const here = `${place}/${name}`
  const rule = NODES[name]
  const children = childrenOf(node)
  if (rule === undefined) return [`${here} is not in the subset`]
  if (rule instanceof RegExp) {
    const content = children.map((one) => (typeof one['#text'] === 'string' ? one['#text'] : '<>')).join('')
    const currency = ((node[':@'] ?? {}) as Ordered)['@Ccy']
    return [
      ...(rule.test(content) ? [] : [`${here}: ${content}`]),
      ...(name === 'InstdAmt' && currency !== 'EUR' ? [`${here} is not in euros`] : []),
    ]
  }
  const found = children.map(nameOf)
  const order = found.map((child) => rule.findIndex(([known]) => known === child))
  return [
    ...(order.every((at, index) => at >= (order[index - 1] ?? 0)) ? [] : [`${here} in another order`]),
    ...rule.flatMap(([child, atLeast, atMost]) => {
      const count = found.filter((other) => other === child).length
      return count < atLeast || count > atMost ? [`${here}/${child} × ${count}`] : []
    }),
    ...children.flatMap((child) => check(child, here)),
  ]
}
