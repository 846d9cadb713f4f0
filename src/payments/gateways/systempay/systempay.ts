import { cents } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { Adapter, ContractOf, News, ReadFailure } from '../../gateway.ts'
import { plainAnswer } from '../plain-answer.ts'
import { askSystempay } from './ask-systempay.ts'
import { readChargebacks } from './chargebacks.ts'
import { orderFields, parseFields, toFact } from './fields.ts'
import { readJournal } from './journal.ts'
import { isKrSigned, krMessage } from './kr-answer.ts'
import { at, parseJson, readPayment, textOf } from './payment-answer.ts'
import { type Fields, isSigned, sign } from './signature.ts'

/** Systempay and the brands of its platform: form V2 and REST V4 (docs/gateways/systempay.md). */
export const systempay: Adapter<'systempay'> = {
  name: 'systempay',
  capabilities: {
    minAmount: cents(1),
    maxAmount: null,
    pageMinutes: 10,
    abandonmentFinalMinutes: 10,
    severalInvoices: true,
    needsEmail: false,
  },
  pageOrigin: (settings) => new URL(settings.formUrl).origin,
  claimedShop: (raw) => claimedShop(parseFields(raw) ?? []),
  answer: plainAnswer,
  readJournal,
  readChargebacks,
  open: (contract) => {
    const { settings, secrets } = contract
    return {
      order: (order) => {
        const fields = orderFields(contract, order)
        const signature = sign(fields, secrets.key, settings.signature)
        const form = [...fields, ['signature', signature]] as const
        return Promise.resolve(
          ok({
            redirection: { kind: 'form', url: settings.formUrl, fields: form },
            providerReference: null,
          }),
        )
      },
      readNotification: ({ raw }) => readMessage(contract, raw, secrets.restPassword),
      readReturn: (raw) => readMessage(contract, raw, secrets.restHmacKey),
      readKept: (raw) => readFields(parseFields(raw) ?? []),
      closePage: null,
      ...askSystempay(contract),
    }
  },
}

/** Reads a message once it is proved: by the form's key, current or previous, or by `krKey`. */
function readMessage(
  { settings, secrets, shopNumber }: ContractOf<'systempay'>,
  raw: string,
  krKey: string | undefined,
): Result<News, ReadFailure> {
  const fields = parseFields(raw)
  if (!fields) return fail('unreadable')
  const kr = krMessage(fields)
  const signature = fields.find(([name]) => name === 'signature')?.[1] ?? ''
  const isProved = kr
    ? krKey !== undefined && isKrSigned(kr, krKey)
    : [secrets.key, secrets.previousKey].some(
        (key) => key !== undefined && isSigned(fields, signature, key, settings.signature),
      )
  if (!isProved) return fail('bad-signature')
  return claimedShop(fields) === shopNumber ? readFields(fields) : fail('unknown-shop')
}

function readFields(fields: Fields): Result<News, 'unreadable'> {
  const kr = krMessage(fields)
  const facts = kr ? readPayment(parseJson(kr.answer))?.facts : [toFact(fields)].flatMap((fact) => fact ?? [])
  return facts && (kr || facts.length > 0) ? ok({ kind: 'facts', facts }) : fail('unreadable')
}

function claimedShop(fields: Fields): string | undefined {
  const kr = krMessage(fields)
  return kr
    ? textOf(at(parseJson(kr.answer), 'shopId')) || undefined
    : fields.find(([name]) => name === 'vads_site_id')?.[1]
}
