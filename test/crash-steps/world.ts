// A portal's own services on a database of the proof; no server, no clock but the one given.
import type { Transport } from '../../src/payments/gateway.ts'
import { askBank } from '../../src/payments/gateways/ask-bank.ts'
import { createShops, type Shops } from '../../src/payments/shops.ts'
import { type ConnectionSettings, openDb } from '../../src/platform/db.ts'
import { testServices, type TestServices } from '../support/services.ts'
import type { Watch } from './watch-steps.ts'

export type World = {
  readonly services: TestServices
  readonly shops: Shops
  readonly transport: Transport
}

/** Does the work with a portal of its own, from this instant on, watched or not. */
export async function inWorld<T>(
  connection: ConnectionSettings,
  at: Date,
  work: (world: World) => Promise<T>,
  watch?: Watch,
): Promise<T> {
  const db = openDb(connection, 4, watch?.Client)
  const services = testServices(db, { now: at })
  try {
    return await work({
      services,
      shops: createShops(db, services.keys),
      transport: watch?.transport ?? askBank(),
    })
  } finally {
    await db.close()
  }
}
