/** An expected outcome: a value, or one of a closed set of failures. */
export type Result<T, Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const fail = <Failure>(failure: Failure): Result<never, Failure> => ({ ok: false, failure })
