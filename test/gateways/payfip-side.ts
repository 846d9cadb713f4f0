// PayFiP's side: its recorded answers, about the operations that it created.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Transport } from '../../src/payments/gateway.ts'
import type { BankSide, OpenBankSide, Situation } from './bank-side.ts'

const RECORDED = path.resolve(import.meta.dirname, '../../src/payments/gateways/payfip/messages')
const read = (name: string) => readFileSync(path.join(RECORDED, name), 'utf8')
const leaf = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
const withLeaf = (xml: string, name: string, value: string) =>
  xml.replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`)
let clients = 310_000

/** What the detail then answers; a fault is a payment that nobody made. */
const ANSWERS: Readonly<Record<Situation, { answer: string; changes?: Record<string, string> }>> = {
  paid: { answer: 'detail-answered-test-paid.xml' },
  refused: { answer: 'detail-answered-test-refused.xml' },
  abandoned: { answer: 'detail-answered-test-abandoned.xml' },
  // Whoever knows the number may send the same notification: the question still finds nothing.
  tampered: { answer: 'fault-no-result-yet.xml' },
  'other-amount': { answer: 'detail-answered-test-paid.xml', changes: { montant: '100' } },
  'other-shop': { answer: 'detail-answered-test-paid.xml', changes: { numcli: '999999' } },
  'unknown-order': {
    answer: 'detail-answered-test-paid.xml',
    changes: { refdet: '0Z9Z8Z7Z6Z5Z4Z3Z2Z1Z0Z9Z8Z' },
  },
  'test-message': { answer: 'detail-answered-test-paid.xml', changes: { saisie: 'T' } },
}

export const payfipSide: OpenBankSide = (mode) => {
  const numcli = String((clients += 1))
  const created = new Map<string, string>()
  const answers = new Map<string, string>()
  const create = (asked: string) => {
    const idOp = `cc0cb210-1cd4-11ea-8cca-${numcli}${String(created.size).padStart(6, '0')}`
    created.set(idOp, asked)
    return withLeaf(read('create-answered.xml'), 'idOp', idOp)
  }
  const transport: Transport = ({ body }) => {
    const text = body.includes(':creerPaiementSecurise>')
      ? create(body)
      : (answers.get(leaf(body, 'idOp')) ?? read('fault-no-result-yet.xml'))
    const status = text.includes('Fault>') ? 500 : 200
    return Promise.resolve({ ok: true, value: { status, headers: { 'content-type': 'text/xml' }, text } })
  }
  const happens: BankSide['happens'] = (situation, order) => {
    const idOp = new URL(order.url).searchParams.get('idop') ?? ''
    const asked = created.get(idOp) ?? ''
    const { answer, changes = {} } = ANSWERS[situation]
    const told = ['mel', 'montant', 'numcli', 'objet', 'refdet', 'saisie'].map(
      (name) => [name, leaf(asked, name)] as const,
    )
    let text = read(answer)
    for (const [name, value] of [...told, ['idOp', idOp] as const, ...Object.entries(changes)])
      text = withLeaf(text, name, value)
    answers.set(idOp, text)
    return [{ headers: {}, raw: `idop=${idOp}` }]
  }
  return {
    contract: {
      gateway: 'payfip',
      mode,
      shopNumber: numcli,
      host: 'www.payfip.gouv.fr',
      settings: { address: 'https://www.payfip.gouv.fr', saisie: mode === 'TEST' ? 'T' : 'W' },
      secrets: {},
    },
    transport,
    happens,
  }
}
