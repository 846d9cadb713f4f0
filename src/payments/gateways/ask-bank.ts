// The only calls to a bank that the portal makes by itself.
import { fail, ok } from '../../kernel/result.ts'
import { assertNoTransaction } from '../../platform/db.ts'
import type { Transport } from '../gateway.ts'

const TIMEOUT_MS = 10_000
/** A hundred times what a bank sends. */
const MAX_BYTES = 1_000_000

/**
 * Asks a question and brings the whole answer, or says why it could not be had: in time, under a
 * bearable size, from this very address (a redirect is an answer like another, never followed).
 */
export const askBank =
  (timeoutMs = TIMEOUT_MS): Transport =>
  async ({ method, url, headers, body }) => {
    assertNoTransaction()
    const signal = AbortSignal.timeout(timeoutMs)
    let hasBegun = false
    try {
      const asked = { method, headers, redirect: 'manual', signal } as const
      const response = await fetch(url, method === 'GET' ? asked : { ...asked, body })
      hasBegun = true
      const text = await readAll(response)
      if (text === undefined) return fail('too-large')
      return ok({ status: response.status, headers: Object.fromEntries(response.headers), text })
    } catch {
      return fail(signal.aborted ? 'timed-out' : hasBegun ? 'cut-short' : 'unreachable')
    }
  }

async function readAll(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
