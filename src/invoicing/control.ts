// What a batch looks at before it issues a draft. Pure.

/** Faults of a draft: it cannot be issued before it is put right. Everything else, a person may accept. */
export const BLOCKING = ['incomplete', 'no-amount', 'no-payer'] as const
export const isBlocking = (code: string): boolean => (BLOCKING as readonly string[]).includes(code)

/** Progress is announced by tenths only. 1 240 of 3 000 is 40. */
export const announcedPercent = (done: number, total: number): number =>
  total === 0 ? 100 : Math.floor((done * 10) / total) * 10
