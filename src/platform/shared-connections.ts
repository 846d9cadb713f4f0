// Connections that reads share. Queries asked together leave in one packet on one connection and are
// answered in order (the protocol's pipelining): a page of five reads costs one round trip, not five.
import { Socket } from 'node:net'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type * as pg from 'pg'

type Shared = {
  readonly client: pg.Client
  readonly ready: Promise<PostgresPoolClient>
  inFlight: number
}

/**
 * A pool of `size` connections that hands each of them to many askers at once. For single statements
 * only: a transaction needs a connection of its own. A connection that breaks is replaced at the
 * next question; its open questions fail, as with any pool.
 */
export function shareConnections(open: (stream: Socket) => pg.Client, size: number): PostgresPool {
  const slots: (Shared | undefined)[] = Array.from({ length: size }, () => undefined)
  let chosen: number | undefined

  const drop = (index: number, client: pg.Client) => {
    if (slots[index]?.client === client) slots[index] = undefined
  }
  const connectSlot = (index: number): Shared => {
    const socket = new Socket()
    const client = open(socket)
    client.on('error', () => drop(index, client))
    client.on('end', () => drop(index, client))
    const shared: Shared = {
      client,
      inFlight: 0,
      ready: client.connect().then(() => asker(shared, socket)),
    }
    shared.ready.catch(() => drop(index, client))
    slots[index] = shared
    return shared
  }
  /** One connection for all that is asked in this turn of the event loop: the least busy. */
  const choose = (): number => {
    if (chosen !== undefined) return chosen
    const loads = slots.map((slot) => slot?.inFlight ?? 0)
    chosen = loads.indexOf(Math.min(...loads))
    setImmediate(() => {
      chosen = undefined
    })
    return chosen
  }
  return {
    options: {},
    connect: () => {
      const index = choose()
      return (slots[index] ?? connectSlot(index)).ready
    },
    end: async () => {
      for (const slot of slots) await slot?.client.end()
    },
  }
}

function asker(shared: Shared, socket: Socket): PostgresPoolClient {
  let isCorked = false
  const query = async (text: string, values: readonly unknown[]) => {
    if (!isCorked) {
      isCorked = true
      socket.cork()
      // After every question of this turn was written.
      process.nextTick(() => {
        isCorked = false
        socket.uncork()
      })
    }
    shared.inFlight += 1
    try {
      return await shared.client.query(text, [...values])
    } finally {
      shared.inFlight -= 1
    }
  }
  return { query, release: () => {} } as unknown as PostgresPoolClient
}
