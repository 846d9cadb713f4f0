// What a piece of work says to the database, statement by statement.
import { Client } from 'pg'

export type RecordedQuery = { readonly text: string; readonly values: readonly unknown[] }

/** The statements that the work sends, in their order; no other work may run meanwhile. */
export async function recordQueries(work: () => Promise<void>): Promise<RecordedQuery[]> {
  const queries: RecordedQuery[] = []
  // Called with its own `this` below, and put back.
  // oxlint-disable-next-line typescript/unbound-method
  const real = Client.prototype.query as (...args: unknown[]) => unknown
  Client.prototype.query = function recorded(this: Client, ...args: unknown[]) {
    const first = args[0] as string | { text?: string; values?: unknown[] }
    if (typeof first === 'string') queries.push({ text: first, values: [] })
    else if (first.text !== undefined) queries.push({ text: first.text, values: first.values ?? [] })
    return real.apply(this, args)
  } as typeof Client.prototype.query
  try {
    await work()
  } finally {
    Client.prototype.query = real as typeof Client.prototype.query
  }
  return queries
}
