// The only call to a bank that the portal makes by itself.
import { fail, ok } from '../../kernel/result.ts'
import { assertNoTransaction } from '../../platform/db.ts'
import type { Transport } from '../gateway.ts'

const TIMEOUT_MS = 10_000
/** A hundred times what the bank sends. */
const MAX_BYTES = 1_000_000

/**
 * Posts a question and brings the whole answer, or says that it could not be had: in time, under a
 * bearable size, from this very address (a redirect is an answer like another, never followed).
 */
export const askBank =
  (timeoutMs = TIMEOUT_MS): Transport =>
  async ({ url, user, password, body }) => {
    assertNoTransaction()
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      })
      const text = await readAll(response)
      return text === undefined ? fail('unreachable') : ok({ status: response.status, text })
    } catch {
      return fail('unreachable')
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
