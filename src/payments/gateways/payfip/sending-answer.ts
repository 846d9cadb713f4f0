// What an answer of recupererDetailPaiementSecurise says of one sending, in our words (gateways 3.2).
import { MINUTE_MS } from '../../../kernel/dates.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { BankFact, ContractOf, EnquireFailure, Enquiry } from '../../gateway.ts'
import { type Detail, readDetail } from './detail.ts'
import type { Answer } from './envelope.ts'
import { meaningOf } from './errors.ts'

type Contract = ContractOf<'payfip'>

/** Before that, the family may still pay on a page that it left; after, A is final. */
export const FINAL_MINUTES = 20

export type Sending = Enquiry['sendings'][number] & { readonly providerReference: string }

/**
 * What the answer says of one sending. No fact while there is no result, nor when the operation is
 * gone: the attempt then expires by itself, and the family reads that nobody knows of a payment.
 */
export function readAnswer(
  contract: Contract,
  enquiry: Enquiry,
  sending: Sending,
  answer: Answer,
): Result<readonly BankFact[], EnquireFailure> {
  if (answer.kind === 'fault') {
    const meaning = meaningOf(answer.fault)
    if (meaning === 'gone' || meaning === 'used' || meaning === 'waiting') return ok([])
    if (meaning === 'down') return fail('unreachable')
    return fail(meaning === 'settings' ? 'refused' : 'unreadable')
  }
  if (answer.operation !== 'recupererDetailPaiementSecurise') return fail('unreadable')
  const detail = readDetail(answer.fields)
  if (!detail || !isOurs(contract, enquiry, sending, detail)) return fail('unreadable')
  return ok([toFact(enquiry, sending, detail)])
}

/** The answer is about this operation, of this client, for this order (the amount is compared by who books). */
const isOurs = (contract: Contract, { reference }: Enquiry, sending: Sending, detail: Detail): boolean =>
  detail.idop === sending.providerReference &&
  detail.numcli === contract.shopNumber &&
  detail.refdet === reference

function toFact({ reference, askedAt }: Enquiry, sending: Sending, detail: Detail): BankFact {
  const isFresh = askedAt.getTime() - sending.sentAt.getTime() < FINAL_MINUTES * MINUTE_MS
  return {
    mode: detail.saisie === 'T' ? 'TEST' : 'PRODUCTION',
    reference,
    transactionNumber: sending.transactionNumber,
    bankTransaction: detail.idop,
    operation: 'debit',
    verdict: verdictOf(detail.resultrans, isFresh),
    ...(detail.resultrans === 'A' && isFresh ? { isPageOpen: true as const } : {}),
    amount: detail.montant,
    isEuro: true,
    happenedAt: detail.happenedAt ?? askedAt,
    ...(detail.resultrans === 'V' ? { means: 'direct-debit' as const } : {}),
    cardBrand: '',
    cardMasked: '',
    authorisation: detail.numauto,
    reason: '',
  }
}

/** A debit order accepted counts as paid: what bounces later is taken back. Another letter is never guessed. */
function verdictOf(resultrans: string, isFresh: boolean): BankFact['verdict'] {
  switch (resultrans) {
    case 'P':
    case 'V':
      return 'accepted'
    case 'R':
    case 'Z':
      return 'refused'
    case 'A':
      return isFresh ? 'pending' : 'abandoned'
    default:
      return 'unknown'
  }
}
