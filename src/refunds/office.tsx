// The doors of refunds: who prepares, who approves, who pays by transfer.
import type { Context, Hono } from 'hono'
import { parisDay } from '../kernel/dates.ts'
import { readId } from '../kernel/ids.ts'
import { ZERO } from '../kernel/money.ts'
import { fail } from '../kernel/result.ts'
import { isLeftToTransfer } from '../payments/refunds/sending-store.ts'
import { settleRefund } from '../payments/refunds/settle-refund.ts'
import type { Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import type { ActKind } from '../staff/act.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { allow, requireFresh } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { may, reaches, reachOf } from '../staff/rights.ts'
import { type Form, field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { findAccount } from './account-store.ts'
import { postAccount, postCheck } from './account-door.ts'
import { approveRefund, needsAnother, refuseRequest } from './decide-refund.ts'
import { isInFile } from './file-store.ts'
import { mayCheck } from './give-account.ts'
import { RefundsPage } from './pages.tsx'
import { findMissing, postPreparation, showPreparation } from './prepare-door.tsx'
import { mostOf, readRefundable } from './prepare-refund.ts'
import { RequestPage } from './request-page.tsx'
import { findRequest, listRequests, REFUND_STATES, type RefundRequest } from './store.ts'
import { texts } from './texts.ts'

const MAX_REASON = 300

/** `/gestion/remboursements…`. */
export function refundsDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.refunds, 'refund.prepare', (c, actor) => showAll(c, services, actor))
  office.get(paths.office.newRefund, 'refund.prepare', (c, actor) => showPreparation(c, services, actor))
  office.post(paths.office.newRefund, 'refund.prepare', (c, actor) => postPreparation(c, services, actor))
  office.get(paths.office.refund(':id'), 'refund.prepare', async (c, actor) => {
    const request = await requireRequest(c, services, actor)
    if (request.state === 'waiting' && mayApprove(actor, request) && !needsAnother(request, actor.staffId))
      requireFresh(c, actor)
    return showOne(c, services, actor, request)
  })
  office.post(paths.office.approveRefund(':id'), 'refund.approve', (c, actor) => approve(c, services, actor))
  office.post(paths.office.refuseRefund(':id'), 'refund.approve', (c, actor) => refuse(c, services, actor))
  office.post(paths.office.refundAccount(':id'), 'refund.prepare', async (c, actor) => {
    const request = await requireRequest(c, services, actor)
    return postAccount(c, services, actor, request, (failed) => showOne(c, services, actor, request, failed))
  })
  office.post(paths.office.checkRefundAccount(':id'), 'refund.approve', async (c, actor) => {
    const request = await requireRequest(c, services, actor, 'refund.approve')
    return postCheck(c, services, actor, request, (failed) => showOne(c, services, actor, request, failed))
  })
  office.post(paths.office.settleRefund(':id'), 'refund.approve', (c, actor) => settle(c, services, actor))
}

async function showAll(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<Response> {
  const reach = reachOf(actor.grants, 'refund.prepare')
  const state = REFUND_STATES.find((one) => one === c.req.query('etat'))
  const found = await listRequests(db, actor.organisationId)
  return render(
    c,
    <RefundsPage
      view={viewOf(c)}
      requests={found.filter((one) => reaches(reach, one.unitId) && (!state || one.state === state))}
      state={state}
      missing={await findMissing(db, actor, 'anywhere')}
    />,
  )
}

async function requireRequest(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  right: 'refund.prepare' | 'refund.approve' = 'refund.prepare',
): Promise<RefundRequest> {
  const id = readId<'refundRequest'>(c.req.param('id'))
  const request = id && (await findRequest(db, actor.organisationId, id))
  if (!request) return notFound()
  allow(actor, right, { unitId: request.unitId })
  return request
}

const mayApprove = (actor: StaffActor, { unitId }: RefundRequest): boolean =>
  may(actor.grants, 'refund.approve', { unitId })

async function showOne(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  request: RefundRequest,
  failed: { readonly form?: Form; readonly problems?: Problems } = {},
): Promise<Response> {
  const { organisationId } = actor
  const [refundable, history, account, isNeeded] = await Promise.all([
    db.transaction((tx) => readRefundable(tx, organisationId, request.captureId, request.id)),
    listRequests(db, organisationId, request.familyId),
    findAccount(db, organisationId, request.id),
    request.refundId !== null && isLeftToTransfer(db, organisationId, request.refundId),
  ])
  const saved = c.req.query('note') ?? ''
  return render(
    c,
    <RequestPage
      view={viewOf(c)}
      request={request}
      today={refundable ? mostOf(refundable, request.invoiceId) : ZERO}
      history={history.filter(({ id }) => id !== request.id)}
      mayApprove={mayApprove(actor, request)}
      payout={{
        account,
        isNeeded,
        mayCheck: account !== undefined && mayCheck(account, request, actor.staffId),
      }}
      isOwn={needsAnother(request, actor.staffId)}
      missing={await findMissing(db, actor, { unitId: request.unitId })}
      saved={Object.hasOwn(texts.saved, saved) ? (saved as keyof typeof texts.saved) : undefined}
      {...failed}
    />,
    failed.problems ? 422 : 200,
  )
}

const back = (c: Context<Env>, { id }: RefundRequest, saved: keyof typeof texts.saved): Response =>
  c.redirect(`${paths.office.refund(id)}?note=${saved}`, 303)

const write = (
  tx: Tx,
  c: Context<Env>,
  actor: StaffActor,
  kind: ActKind,
  { familyId, reference, amount }: RefundRequest,
  reason: string,
  now: Date,
): Promise<void> => {
  const changes = { amount: { after: amount / 100 } }
  return recordAct(tx, authorHere(c, actor), { kind, familyId, object: reference, reason, changes }, now)
}

async function approve(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const request = await requireRequest(c, services, actor, 'refund.approve')
  requireFresh(c, actor)
  const { db, clock } = services
  const now = clock.now()
  const by = { staffId: actor.staffId, name: staffName(actor) }
  const done = await db.transaction(async (tx) => {
    const approved = await approveRefund(
      tx,
      { organisationId: actor.organisationId, id: request.id },
      by,
      now,
      field(form, 'compte'),
    )
    if (approved.ok) await write(tx, c, actor, 'refund.approved', request, request.reason, now)
    return approved
  })
  if (done.ok) return back(c, request, 'approuve')
  if (done.failure === 'decided-before') return back(c, request, 'deja')
  const message = texts.failures[done.failure] ?? texts.failed
  return showOne(c, services, actor, request, { problems: [{ field: '', message }] })
}

async function refuse(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const request = await requireRequest(c, services, actor, 'refund.approve')
  const reason = field(form, 'raison').trim().slice(0, MAX_REASON)
  if (reason === '')
    return showOne(c, services, actor, request, {
      form,
      problems: [{ field: 'raison', message: texts.one.missingRefusal }],
    })
  const { db, clock } = services
  const now = clock.now()
  const by = { staffId: actor.staffId, name: staffName(actor) }
  const isMine = await db.transaction(async (tx) => {
    const asked = { organisationId: actor.organisationId, id: request.id }
    if (!(await refuseRequest(tx, asked, reason, by, now)).ok) return false
    await write(tx, c, actor, 'refund.refused', request, reason, now)
    return true
  })
  return back(c, request, isMine ? 'refuse' : 'deja')
}

async function settle(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const request = await requireRequest(c, services, actor, 'refund.approve')
  requireFresh(c, actor)
  const { refundId, amount } = request
  if (refundId === null) return back(c, request, 'deja')
  const reference = field(form, 'virement').trim()
  const again = (message: string) =>
    showOne(c, services, actor, request, { form, problems: [{ field: 'virement', message }] })
  if (reference === '') return again(texts.one.missingTransfer)
  const { db, clock } = services
  const now = clock.now()
  const done = await db.transaction(async (tx) => {
    if (await isInFile(tx, actor.organisationId, refundId)) return fail('at-the-bank')
    const settlement = {
      organisationId: actor.organisationId,
      refundId,
      by: 'transfer',
      reference,
      amount,
    } as const
    const settled = await settleRefund(tx, { ...settlement, paidOn: parisDay(now) }, now, staffName(actor))
    if (settled.ok && settled.value.settled) await write(tx, c, actor, 'refund.paid', request, reference, now)
    return settled
  })
  if (done.ok) return back(c, request, 'rendu')
  return done.failure === 'exists-with-other-content'
    ? again(texts.one.knownTransfer)
    : back(c, request, 'deja')
}
