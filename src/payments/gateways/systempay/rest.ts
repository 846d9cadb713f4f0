// Systempay REST V4: the questions, and what its envelope says (gateways.md 2).
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { BankAnswer, BankQuestion, ContractOf, EnquireFailure } from '../../gateway.ts'
import { at, parseJson, readPayment, textOf } from './payment-answer.ts'

/** « Transaction not found »: no payment under this order, or none yet. */
const NOT_FOUND = 'PSP_010'
/** The shop's offer is without REST, or its name or password is wrong. */
const REFUSED = ['PSP_100', 'INT_905']

/**
 * Nothing is settled: asked too often (PSP_099, PSP_106), not refundable until the capture (PSP_076),
 * or a breakdown on the way, after which the work may have been done (…_999, PSP_514).
 */
const UNSETTLED = /^(?:[A-Z]+_999|PSP_(?:076|099|106|514))$/
export const isSettled = (code: string): boolean => !UNSETTLED.test(code)

/** Where the bank is asked, and under which name and password. */
export type Access = { readonly url: string; readonly user: string; readonly password: string }

/** undefined for a shop without the interface, or without its password. */
export function accessOf({ settings, secrets, shopNumber }: ContractOf<'systempay'>): Access | undefined {
  const { restUrl } = settings
  const { restPassword } = secrets
  return restUrl === null || restPassword === undefined
    ? undefined
    : { url: restUrl, user: shopNumber, password: restPassword }
}

/** A call of a service of the interface: JSON, HTTP Basic. */
export const call = ({ url, user, password }: Access, service: string, content: object): BankQuestion => ({
  method: 'POST',
  url: `${url}/api-payment/V4/${service}`,
  headers: {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'content-type': 'application/json',
  },
  body: JSON.stringify(content),
})

type Got = { readonly status: number; readonly text: string }
type Envelope =
  | { readonly status: 'SUCCESS'; readonly mode: unknown; readonly answer: unknown }
  | { readonly status: 'ERROR'; readonly code: string }

/** Opens an answer; what is not the interface's own envelope is unreadable. */
export function openEnvelope({ status, text }: Got): Result<Envelope, EnquireFailure> {
  if (status === 401 || status === 403) return fail('refused')
  if (status !== 200) return fail('unreachable')
  const envelope = parseJson(text)
  const answer = at(envelope, 'answer')
  switch (at(envelope, 'status')) {
    case 'ERROR': {
      const code = textOf(at(answer, 'errorCode'))
      return REFUSED.includes(code) ? fail('refused') : ok({ status: 'ERROR', code })
    }
    case 'SUCCESS':
      return ok({ status: 'SUCCESS', mode: at(envelope, 'mode'), answer })
    default:
      return fail('unreadable')
  }
}

/** Reads the answer of Order/Get: about this very shop and order, or unreadable as a whole. */
export function readAnswer(
  contract: ContractOf<'systempay'>,
  reference: string,
  got: Got,
): Result<BankAnswer, EnquireFailure> {
  const opened = openEnvelope(got)
  if (!opened.ok) return opened
  if (opened.value.status === 'ERROR')
    return opened.value.code === NOT_FOUND ? ok({ raw: got.text, facts: [] }) : fail('unreadable')
  const payment = readPayment(opened.value.answer)
  const isOurs = payment?.shopNumber === contract.shopNumber && payment.reference === reference
  return isOurs ? ok({ raw: got.text, facts: payment.facts }) : fail('unreadable')
}
