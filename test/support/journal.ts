// A bank's journal as its back office exports it.
import type { BankFact } from '../../src/payments/gateway.ts'
import { transDate } from '../../src/payments/gateways/systempay/fields.ts'

const HEAD =
  'ENTETE;PAYMENT_DATE;TRANSACTION_ID;TRANSACTION_UUID;ORDER_ID;OPERATION_TYPE;ORIGIN_AMOUNT;CURRENCY_CODE;STATUS;CARD_TYPE;CARD_NUMBER;AUTH_NUMBER'

const lineOf = (fact: BankFact) =>
  [
    'DETAILS',
    transDate(fact.happenedAt),
    fact.transactionNumber,
    fact.bankTransaction,
    fact.reference,
    fact.operation === 'credit' ? 'CT' : 'DT',
    fact.amount,
    '978',
    fact.verdict === 'accepted' ? 'CAPTURED' : 'CANCELLED',
    fact.cardBrand,
    '497010XXXXXX0055',
    fact.authorisation,
  ].join(';')

/** The journal of a shop in test mode that tells these facts. */
export const journalOf = (shopNumber: string, facts: readonly BankFact[]): Buffer =>
  Buffer.from([`TITRE;JOURNAL;${shopNumber};TEST;2012-04-12`, HEAD, ...facts.map(lineOf), ''].join('\r\n'))
