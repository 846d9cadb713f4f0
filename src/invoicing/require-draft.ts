import type { Context } from 'hono'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { type Env, notFound } from '../web/request.ts'
import { type Draft, findDraft } from './draft-store.ts'

/** The draft of this address, where the actor may draft; another organisation's is not found. */
export async function requireDraft(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<Draft> {
  const id = readId<'draft'>(c.req.param('id'))
  const draft = (id && (await findDraft(db, actor.organisationId, id))) ?? notFound()
  allow(actor, 'invoice.draft', { unitId: draft.unitId, establishmentId: draft.establishmentId })
  return draft
}
