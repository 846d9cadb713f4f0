// What every page of staff asks before it shows or does anything.
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { paths } from '../web/paths.ts'
import { type Env, returnPath } from '../web/request.ts'
import type { StaffActor } from './actor.ts'
import { may, type Right, type Scope } from './rights.ts'

/** A right that is missing: the page that says so, and a line in the journal (`openOffice`). */
export class RightMissing extends HTTPException {
  readonly right: Right
  constructor(right: Right) {
    super(403, { message: `right ${right}` })
    this.right = right
  }
}

/** Throws `RightMissing` unless one of the actor's roles gives the right there. */
export function allow(actor: StaffActor, right: Right, scope: Scope): void {
  if (!may(actor.grants, right, scope)) throw new RightMissing(right)
}

/** The signed-in member of staff, or the sign-in page, which comes back here. */
export function requireStaff(c: Context<Env>): StaffActor {
  const actor = c.get('staff')
  if (actor) return actor
  throw new HTTPException(401, { message: returnPath(c) })
}

/** A response that answers before the handler does. */
export class Detour extends Error {
  readonly to: string
  constructor(to: string) {
    super(`to ${to}`)
    this.to = to
  }
}

/** As `requireStaff`, and every step of signing in is done: else the step that is missing. */
export function requireOpenOffice(c: Context<Env>): StaffActor {
  const actor = requireStaff(c)
  if (actor.step === 'code') throw new Detour(withReturn(paths.office.code, c))
  if (actor.step === 'enrol') throw new Detour(paths.office.authenticator)
  return actor
}

/**
 * Before bank settings, mass exports and refunds: who asks proved who they are ten minutes ago at
 * most, or does it now and comes back. Call it where the form is shown and where it is posted.
 */
export function requireFresh(c: Context<Env>, actor: StaffActor): void {
  if (!actor.fresh) throw new Detour(withReturn(paths.office.proof, c))
}

const withReturn = (path: string, c: Context<Env>): string =>
  `${path}?suite=${encodeURIComponent(returnPath(c))}`
