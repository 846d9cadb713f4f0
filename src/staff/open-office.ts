import type { Context, Hono } from 'hono'
import type { Services } from '../platform/services.ts'
import type { Env } from '../web/request.ts'
import type { StaffActor } from './actor.ts'
import { allow, Detour, requireOpenOffice, RightMissing } from './guard.ts'
import { type Author, authorOf, recordAct } from './record-act.ts'
import type { Right } from './rights.ts'

type OfficeHandler = (c: Context<Env>, actor: StaffActor) => Response | Promise<Response>

export type Office = {
  /** A page: `right` opens it, held anywhere; narrow it with `allow` once the object is known. */
  readonly get: (path: string, right: Right | 'signed-in', handler: OfficeHandler) => void
  /** An act: as `get`, and the handler reads its form (`readForm`) and writes the journal. */
  readonly post: (path: string, right: Right | 'signed-in', handler: OfficeHandler) => void
}

/**
 * The only way to add a page of staff: nothing is shown or done before the person is signed in, with
 * the second factor when it is due, and holds the right. What is refused is written in the journal.
 */
export function openOffice(app: Hono<Env>, services: Services): Office {
  const guarded = (right: Right | 'signed-in', handler: OfficeHandler) => {
    const answer = async (c: Context<Env>) => {
      try {
        const actor = requireOpenOffice(c)
        if (right !== 'signed-in') allow(actor, right, 'anywhere')
        return await handler(c, actor)
      } catch (error) {
        if (error instanceof Detour) return c.redirect(error.to, 303)
        if (error instanceof RightMissing) await tellJournal(c, services, error.right)
        throw error
      }
    }
    // Read by the test of strangers: every route says which right it asks for.
    return Object.assign(answer, { right })
  }
  return {
    get: (path, right, handler) => {
      app.get(path, guarded(right, handler))
    },
    post: (path, right, handler) => {
      app.post(path, guarded(right, handler))
    },
  }
}

/** The author of what this request does, for `recordAct`. */
export const authorHere = (c: Context<Env>, actor: StaffActor): Author =>
  authorOf(actor, { screen: c.req.path, clientAddress: c.get('clientAddress') })

async function tellJournal(c: Context<Env>, { db, clock }: Services, right: Right): Promise<void> {
  const author = authorHere(c, requireOpenOffice(c))
  await db.transaction((tx) => recordAct(tx, author, { kind: 'right.refused', object: right }, clock.now()))
}
