/** A broken invariant of our own code: a defect, not bad input. */
export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant'
}

/** Throws `BrokenInvariant` with the reason when the condition does not hold. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new BrokenInvariant(why)
}

/** The end of an exhaustive switch: reached only if a case was forgotten. */
export function unreachable(value: never): never {
  throw new BrokenInvariant(`unexpected value: ${String(value)}`)
}

/** The value, when it must be there; `why` says what was expected. */
export function present<T>(value: T | null | undefined, why: string): T {
  assert(value !== null && value !== undefined, why)
  return value
}
