import type { Clock } from '../clock.ts'
import type { Exchanges } from '../exchanges.ts'
import type { Operation, PayfipDelivery } from './counter.ts'

const TIMEOUT = 35_000
const MINUTE = 60_000

export type PayfipNotifier = {
  /** Tells the creditor's server that an operation ended. Once: no retry is documented (gateways 3.2). */
  announce: (operation: Operation) => Promise<void>
  stop: () => void
}

/** The body of a notification, and the query of a return. */
export const notificationBody = (idOp: string): string => `idop=${encodeURIComponent(idOp)}`

/** Starts the sender; the message carries the operation's number and nothing of how it ended. */
export function startPayfipNotifier(
  clock: Clock,
  exchanges: Exchanges,
  onFailure: (idOp: string) => void,
): PayfipNotifier {
  const closing = new AbortController()
  const bodyOf = ({ idOp }: Operation) => notificationBody(idOp)
  const begin = (operation: Operation) =>
    exchanges.begin({
      kind: 'payfip-notification',
      address: `POST ${operation.order.urlnotif}`,
      request: bodyOf(operation),
    })

  const post = async (operation: Operation): Promise<PayfipDelivery['status']> => {
    const end = begin(operation)
    try {
      const response = await fetch(operation.order.urlnotif, {
        method: 'POST',
        body: bodyOf(operation),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT)]),
      })
      end(response.status, await response.text())
      return response.status
    } catch (error) {
      end('failed', String(error))
      return 'failed'
    }
  }

  const deliver = async (operation: Operation) => {
    const status = await post(operation)
    operation.deliveries.push({ at: clock.now(), status })
    if (status !== 200) onFailure(operation.idOp)
  }

  const deliverAll = async (operation: Operation) => {
    await Promise.all(Array.from({ length: 1 + (operation.faults.repeat ?? 0) }, () => deliver(operation)))
  }

  return {
    announce: async (operation) => {
      const { loss, lateMinutes } = operation.faults
      if (loss) {
        operation.deliveries.push({ at: clock.now(), status: 'lost' })
        begin(operation)('lost', '')
      } else if (lateMinutes) clock.at(clock.now() + lateMinutes * MINUTE, () => deliverAll(operation))
      else await deliverAll(operation)
    },
    stop: () => closing.abort(),
  }
}
