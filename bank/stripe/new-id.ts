import { randomBytes } from 'node:crypto'

/** An id as Stripe's: what it is of, then what nobody can guess. */
export const newId = (prefix: string, bytes = 12): string => `${prefix}_${randomBytes(bytes).toString('hex')}`
