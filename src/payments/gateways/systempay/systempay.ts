import { cents } from '../../../kernel/money.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { Adapter, ContractOf, News, ReadFailure } from '../../gateway.ts'
import { plainAnswer } from '../plain-answer.ts'
import { orderFields, parseFields, toFact } from './fields.ts'
import { readJournal } from './journal.ts'
import { restOf } from './rest.ts'
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
  claimedShop: (raw) => shopOf(parseFields(raw) ?? []),
  answer: plainAnswer,
  readJournal,
  open: (contract) => {
    const { settings, secrets } = contract
    return {
      order: (order) => {
        const fields = orderFields(contract, order)
        const signature = sign(fields, secrets.key)
        const form = [...fields, ['signature', signature]] as const
        return Promise.resolve(
          ok({
            redirection: { kind: 'form', url: settings.formUrl, fields: form },
            providerReference: null,
          }),
        )
      },
      readNotification: ({ raw }) => readForm(contract, raw),
      readReturn: (raw) => readForm(contract, raw),
      readKept: (raw) => readFields(parseFields(raw) ?? []),
      ...restOf(contract),
    }
  },
}

function readForm({ secrets, shopNumber }: ContractOf<'systempay'>, raw: string): Result<News, ReadFailure> {
  const fields = parseFields(raw)
  if (!fields) return fail('unreadable')
  const signature = fields.find(([name]) => name === 'signature')?.[1] ?? ''
  if (!isSigned(fields, signature, secrets.key)) return fail('bad-signature')
  return shopOf(fields) === shopNumber ? readFields(fields) : fail('unknown-shop')
}

const shopOf = (fields: Fields): string | undefined => fields.find(([name]) => name === 'vads_site_id')?.[1]

function readFields(fields: Fields): Result<News, 'unreadable'> {
  const fact = toFact(fields)
  return fact ? ok({ kind: 'facts', facts: [fact] }) : fail('unreadable')
}
