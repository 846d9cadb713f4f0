// PayFiP (docs/gateways/payfip.md): nothing is signed, so nothing is believed but the answer of
// recupererDetailPaiementSecurise about an operation that we created.
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type { Adapter, News } from '../../gateway.ts'
import { plainAnswer } from '../plain-answer.ts'
import { askOperations, createOperation, findClient } from './ask-payfip.ts'
import { LEAST, MOST } from './fields.ts'
import { readOperationId } from './notification.ts'
import { FINAL_MINUTES } from './sending-answer.ts'

const PAGE_MINUTES = 15

/** PayFiP of the Direction générale des finances publiques, for public bodies. */
export const payfip: Adapter<'payfip'> = {
  name: 'payfip',
  capabilities: {
    minAmount: LEAST,
    maxAmount: MOST,
    pageMinutes: PAGE_MINUTES,
    abandonmentFinalMinutes: FINAL_MINUTES,
    severalInvoices: false,
    needsEmail: true,
  },
  pageOrigin: (settings) => new URL(settings.address).origin,
  claimedShop: null,
  answer: plainAnswer,
  readJournal: null,
  readChargebacks: null,
  open: (contract) => ({
    order: (order, transport) => createOperation(contract, order, transport),
    readNotification: ({ raw }) => readAsk(raw),
    readReturn: readAsk,
    readKept: readAsk,
    enquire: (enquiry, transport) => askOperations(contract, enquiry, transport),
    closePage: null,
    cancelOrRefund: null,
    testConnection: (transport) => findClient(contract, transport),
  }),
}

function readAsk(raw: string): Result<News, 'unreadable'> {
  const providerReference = readOperationId(raw)
  return providerReference === undefined ? fail('unreadable') : ok({ kind: 'ask', providerReference })
}
