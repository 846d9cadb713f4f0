import type { Finding } from './check.ts'

/** What a verification says: how much it went through, and everything that is wrong. */
export type Verdict = {
  readonly seals: number
  readonly head: { readonly sequence: number; readonly sha256: string }
  /** Booked since the last sealing; undefined for an archive, which has none. */
  readonly unsealed: number | undefined
  readonly closings: number
  readonly closedThrough: string | undefined
  readonly findings: readonly Finding[]
}
