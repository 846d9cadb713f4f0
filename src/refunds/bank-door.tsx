// What a person does about a refund that the bank says nothing of.
import type { Context } from 'hono'
import { giveUpSending } from '../payments/refunds/give-up-sending.ts'
import { payRefunds } from '../payments/refunds/pay-refunds.ts'
import type { Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { requireFresh } from '../staff/guard.ts'
import { authorHere } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { type Form, field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { Env } from '../web/request.ts'
import { bankTexts } from './bank-texts.ts'
import { findRequest, type RefundRequest } from './store.ts'

const MAX_REASON = 300

/** The bank is asked now, or a person says that it has nothing: never is it asked blindly again. */
export async function postAtBank(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  request: RefundRequest,
  again: (failed: { readonly form: Form; readonly problems: Problems }) => Promise<Response>,
): Promise<Response> {
  const form = await readForm(c)
  requireFresh(c, actor)
  const { db, clock } = services
  const { organisationId } = actor
  const { id, refundId, familyId, reference: object } = request
  const back = (note: string) => c.redirect(`${paths.office.refund(id)}?note=${note}`, 303)
  const write = (tx: Tx, kind: 'refund.asked-again' | 'refund.given-up', reason?: string) =>
    recordAct(tx, authorHere(c, actor), { kind, familyId, object, reason }, clock.now())
  if (request.state !== 'approved' || refundId === null) return back('deja')
  if (field(form, 'geste') === 'redemander') {
    await db.transaction((tx) => write(tx, 'refund.asked-again'))
    await payRefunds(services, undefined, refundId)
    const state = (await findRequest(db, organisationId, id))?.state
    return back(state === 'paid' ? 'paye' : 'demande')
  }
  const reason = field(form, 'constat').trim().slice(0, MAX_REASON)
  const refuse = (message: string) => again({ form, problems: [{ field: 'constat', message }] })
  if (reason === '') return refuse(bankTexts.missingReason)
  const given = await db.transaction(async (tx) => {
    const done = await giveUpSending(tx, organisationId, refundId, reason, clock.now())
    if (done.ok) await write(tx, 'refund.given-up', reason)
    return done
  })
  if (given.ok) return back('constate')
  return given.failure === 'just-asked' ? refuse(bankTexts.justAsked) : back('deja')
}
