// A circuit breaker: a bank that fails keeps nobody waiting, and spares the other banks' families.
import type { Instant } from '../../kernel/dates.ts'
import { fail } from '../../kernel/result.ts'
import type { Transport } from '../gateway.ts'

/** After so many failures in a row, the bank is left alone for so long; then one call tries again. */
const PATIENCE = 3
const REST_MS = 60_000

type State = { failures: number; restsUntil: number }

/** The way to a bank, by the key of its contract. */
type LineTo = (key: string, now: Instant) => Transport
export type Lines = {
  readonly lineTo: LineTo
  /** Until when the bank is left alone; undefined: it is asked. */
  readonly restsUntil: (key: string, now: Instant) => Instant | undefined
}

/** One breaker per key, kept in memory: `lineTo(contract id, now)` is the transport to use. */
export function createLines(transport: Transport): Lines {
  const states = new Map<string, State>()
  const restsUntil = (key: string, now: Instant) => {
    const state = states.get(key)
    const isResting = state && state.failures >= PATIENCE && now.getTime() < state.restsUntil
    return isResting ? new Date(state.restsUntil) : undefined
  }
  const lineTo: LineTo = (key, now) => async (question) => {
    const state = states.get(key) ?? { failures: 0, restsUntil: 0 }
    if (state.failures >= PATIENCE && now.getTime() < state.restsUntil) return fail('resting')
    // Whoever tries again is alone until the answer: the others still find the bank resting.
    states.set(key, { ...state, restsUntil: now.getTime() + REST_MS })
    const got = await transport(question)
    const isBroken = !got.ok || (got.value.status >= 500 && !isSoapAnswer(got.value))
    if (!isBroken) states.delete(key)
    else
      states.set(key, {
        failures: (states.get(key)?.failures ?? 0) + 1,
        restsUntil: now.getTime() + REST_MS,
      })
    return got
  }
  return { lineTo, restsUntil }
}

/** SOAP 1.1 says its refusals with the status 500: an answer like another. */
const isSoapAnswer = ({
  status,
  headers,
}: {
  status: number
  headers: { readonly [name: string]: string }
}) => status === 500 && /^(?:text|application)\/(?:soap\+)?xml\b/i.test(headers['content-type'] ?? '')
