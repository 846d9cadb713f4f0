import type { Services } from '../platform/services.ts'
import { receiveMessage } from './receive-message.ts'
import { getContract, type Shops } from './shops.ts'
import { findAttempt } from './store.ts'

/**
 * Hears what the browser brought back from the bank, exactly as it came: proved, it is as good as a
 * notification; if not, it is forgotten. The page that follows shows what is stored, nothing else.
 */
export async function receiveReturn(
  services: Services,
  shops: Shops,
  reference: string,
  raw: string,
): Promise<void> {
  if (raw === '') return
  const { db, keys, log } = services
  const attempt = await findAttempt(db, reference)
  if (!attempt) return
  const { gateway, id } = await getContract(db, keys, attempt.organisationId, attempt.contractId)
  const message = { broughtBy: 'return', headers: {}, raw } as const
  const received = await receiveMessage(services, shops, { gateway, contractId: id }, message)
  if (!received.ok) log.warn({ failure: received.failure, reference }, 'a return proved nothing')
}
