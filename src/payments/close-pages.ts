import { DAY_MS, later } from '../kernel/dates.ts'
import type { Services } from '../platform/services.ts'
import { askPayment } from './ask-payment.ts'
import { listSendings } from './bank-store.ts'
import { openGateway } from './gateways/registry.ts'
import type { Attempt } from './payment.ts'
import { getContract, type Shops } from './shops.ts'

/** No bank's page waits for longer. */
const LONGEST_PAGE_MS = DAY_MS

/**
 * Closes at the bank the pages that the attempt's sendings opened, but that of `keptNumber`, so that
 * nobody pays on two of them. One that was just paid cannot be closed: the bank is asked, and the money
 * is booked. A bank that does not answer leaves a page that closes by itself. Safe to run twice.
 */
export async function closePages(
  services: Services,
  shops: Shops,
  { organisationId, id, contractId, reference }: Attempt,
  keptNumber?: string,
): Promise<void> {
  const { db, keys, clock } = services
  const now = clock.now()
  const contract = await getContract(db, keys, organisationId, contractId)
  const { closePage } = openGateway(contract)
  if (!closePage) return
  const transport = shops.lineTo(contract.id, now)
  const sendings = await listSendings(db, organisationId, id)
  let isOver = false
  for (const { providerReference, transactionNumber, sentAt } of sendings) {
    if (providerReference === null || transactionNumber === keptNumber) continue
    if (sentAt < later(now, -LONGEST_PAGE_MS)) continue
    const closed = await closePage(providerReference, transport)
    if (!closed.ok) services.log.warn({ failure: closed.failure, reference }, 'a page could not be closed')
    else if (closed.value === 'over') isOver = true
  }
  if (isOver) await askPayment(services, contract, { organisationId, id, contractId, reference }, transport)
}
