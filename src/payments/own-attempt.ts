import type { Context } from 'hono'
import type { FamilyActor } from '../identity/actor.ts'
import type { Read } from '../platform/db.ts'
import { type Env, notFound } from '../web/request.ts'
import type { Attempt } from './payment.ts'
import { findAttempt } from './store.ts'

/** The payment's reference in the address; what cannot be one is not found. */
export function referenceOf(c: Context<Env>): string {
  const reference = c.req.param('ref') ?? ''
  return /^[0-9A-Z]{26}$/.test(reference) ? reference : notFound()
}

/** The payment in the address, when it is this family's; another family's is not found. */
export async function ownAttempt(c: Context<Env>, read: Read, actor: FamilyActor): Promise<Attempt> {
  const attempt = await findAttempt(read, referenceOf(c))
  return attempt && isOwn(attempt, actor) ? attempt : notFound()
}

export const isOwn = (attempt: Attempt, actor: FamilyActor): boolean =>
  attempt.organisationId === actor.organisationId &&
  (attempt.familyId === actor.familyId || (actor.merged ?? []).includes(attempt.familyId))
