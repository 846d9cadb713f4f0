import { fail, ok } from '../../../kernel/result.ts'
import type { Gateway } from '../../gateway.ts'
import { orderFields, parseFields, toFact } from './fields.ts'
import { readJournal } from './journal.ts'
import { askOrder, readAnswer } from './rest.ts'
import { isSigned, sign } from './signature.ts'

/** Systempay and the brands of its platform: form V2, signed with HMAC-SHA-256 (docs/gateways/systempay.md). */
export const systempay: Gateway = {
  name: 'systempay',
  order: (contract, order) => {
    const fields = orderFields(contract, order)
    return { url: contract.formUrl, fields: [...fields, ['signature', sign(fields, contract.key)]] }
  },
  claimedShop: (raw) => parseFields(raw)?.find(([name]) => name === 'vads_site_id')?.[1],
  read: (contract, raw) => {
    const fields = parseFields(raw)
    if (!fields) return fail('unreadable')
    const signature = fields.find(([name]) => name === 'signature')?.[1] ?? ''
    if (!isSigned(fields, signature, contract.key)) return fail('bad-signature')
    const fact = toFact(fields)
    return fact ? ok(fact) : fail('unreadable')
  },
  enquire: (contract, reference, transport) =>
    transport(askOrder(contract, reference)).then((got) =>
      got.ok ? readAnswer(contract, reference, got.value) : got,
    ),
  readJournal,
}
