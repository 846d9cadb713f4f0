// What the service's error codes ask of us (gateways 3.3; the list M, N, D, S, T is indicative).
import type { Fault } from './envelope.ts'

/**
 * gone: the operation cannot be paid any more. used: it was spent, a new one is needed. waiting: no
 * result yet. email: the family must correct its address. amount: outside of what PayFiP takes.
 * settings: ours to mend, in the contract or the code. down: the service itself fails. unlisted: a
 * code nobody told us about; nothing is concluded from it.
 */
export type Meaning = 'gone' | 'used' | 'waiting' | 'email' | 'amount' | 'settings' | 'down' | 'unlisted'

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries<Meaning>({
    P1: 'gone',
    P3: 'used',
    P4: 'gone',
    P5: 'waiting',
    R3: 'settings',
    A1: 'email',
    A2: 'email',
    M1: 'amount',
    M3: 'amount',
    M5: 'amount',
    N1: 'settings',
    D1: 'settings',
    S1: 'settings',
    T1: 'settings',
    T2: 'settings',
    T4: 'settings',
  }),
)

/** What a fault means to us. Only a functional error has a code that we read. */
export function meaningOf({ kind, code }: Fault): Meaning {
  if (kind !== 'FonctionnelleErreur') return 'down'
  return MEANINGS.get(code) ?? 'unlisted'
}
