import type { Context } from 'hono'
import { randomUUID } from 'node:crypto'
import { type InvoiceId, readId } from '../kernel/ids.ts'
import { assert } from '../kernel/assert.ts'
import { readAmount } from '../kernel/money.ts'
import type { Read } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { may, type Scope } from '../staff/rights.ts'
import { type Form, field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { FindPage, type Missing } from './pages.tsx'
import { PreparePage } from './prepare-page.tsx'
import { accountProblems } from './account-door.ts'
import { findLatestOfFamily } from './account-store.ts'
import { giveAccount, readAccount } from './give-account.ts'
import { mostOf, prepareRefund, readRefundable } from './prepare-refund.ts'
import { findPaymentCalled, listHeldRoles } from './store.ts'
import { texts } from './texts.ts'

const MAX_REASON = 300

/** Whether nobody else could approve what this person prepares there. */
export async function findMissing(read: Read, actor: StaffActor, scope: Scope): Promise<Missing> {
  const held = await listHeldRoles(read, actor.organisationId)
  const others = held.filter(({ staffId }) => staffId !== actor.staffId)
  if (may(others, 'refund.approve', scope)) return undefined
  return may(actor.grants, 'refund.approve', scope) ? 'alone' : 'nobody'
}

/** A whole reference, or its last eight signs as people quote them; empty when it is neither. */
function referenceIn(typed: string): string {
  const bare = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return /^[0-9A-Z]{8,26}$/.test(bare) ? bare : ''
}

export async function showPreparation(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  form: Form = new Map(),
  problems?: Problems,
): Promise<Response> {
  const asked = c.req.query('paiement')
  const typed = (asked ?? '').trim().slice(0, 40)
  const reference = referenceIn(typed)
  const find = (message: string) =>
    render(c, <FindPage view={viewOf(c)} typed={typed} problems={[{ field: 'paiement', message }]} />, 422)
  if (asked === undefined) return render(c, <FindPage view={viewOf(c)} typed="" />)
  if (typed === '') return find(texts.find.missing)
  const payment = reference === '' ? undefined : await findPaymentCalled(db, actor.organisationId, reference)
  const refundable =
    payment && (await db.transaction((tx) => readRefundable(tx, actor.organisationId, payment.captureId)))
  if (!payment || !refundable) return find(texts.find.unknown(typed))
  const unitId = refundable.capture.billingUnitId
  allow(actor, 'refund.prepare', { unitId })
  return render(
    c,
    <PreparePage
      view={viewOf(c)}
      reference={reference}
      payment={payment}
      refundable={refundable}
      form={form}
      formKey={field(form, 'cle') || randomUUID()}
      missing={await findMissing(db, actor, { unitId })}
      known={
        refundable.capture.familyId
          ? await findLatestOfFamily(db, actor.organisationId, refundable.capture.familyId)
          : undefined
      }
      problems={problems}
    />,
    problems ? 422 : 200,
  )
}

export async function postPreparation(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
): Promise<Response> {
  const form = await readForm(c)
  const { db, clock, keys } = services
  const { organisationId } = actor
  const typed = referenceIn(c.req.query('paiement') ?? '')
  const payment = typed === '' ? undefined : await findPaymentCalled(db, organisationId, typed)
  if (!payment) return showPreparation(c, services, actor, form, [])
  const words = texts.form
  const source = field(form, 'origine')
  const invoiceId: InvoiceId | null = payment.invoices.find(({ id }) => id === source)?.id ?? null
  const amount = readAmount(field(form, 'montant'))
  const reason = field(form, 'motif').trim().slice(0, MAX_REASON)
  const account = { holder: field(form, 'titulaire'), iban: field(form, 'iban') }
  const byTransfer = field(form, 'retour') === 'virement'
  const payout = byTransfer ? await readAccount(db, organisationId, account) : undefined
  const problems = [
    ...(payout && !payout.ok ? accountProblems(payout.failure) : []),
    ...(source === 'credit' || invoiceId ? [] : [{ field: 'origine', message: words.noSource }]),
    ...(amount === undefined || amount === 0 ? [{ field: 'montant', message: words.badAmount }] : []),
    ...(reason === '' ? [{ field: 'motif', message: words.missingReason }] : []),
  ]
  if (problems.length > 0 || amount === undefined) return showPreparation(c, services, actor, form, problems)
  const now = clock.now()
  const done = await db.transaction(async (tx) => {
    const refundable = await readRefundable(tx, organisationId, payment.captureId)
    if (!refundable) return { above: texts.find.unknown(typed) }
    allow(actor, 'refund.prepare', { unitId: refundable.capture.billingUnitId })
    const { captureId } = payment
    const requestKey = readId(field(form, 'cle')) ?? randomUUID()
    const asked = { organisationId, requestKey, captureId, invoiceId, amount, reason }
    const by = { staffId: actor.staffId, name: staffName(actor) }
    const prepared = await prepareRefund(tx, asked, by, now)
    if (!prepared.ok) return { above: words.above(mostOf(refundable, invoiceId)) }
    const familyId = refundable.capture.familyId ?? undefined
    const changes = { amount: { after: amount / 100 } }
    const act = { kind: 'refund.prepared', familyId, object: typed, reason, changes } as const
    const { id, isNew } = prepared.value
    if (isNew) await recordAct(tx, authorHere(c, actor), act, now)
    if (!isNew || !byTransfer) return { id }
    const given = await giveAccount(tx, keys, { organisationId, requestId: id, ...account }, by, now)
    assert(given.ok, `the account of ${id} was read before, and is refused now`)
    return { id }
  })
  if (done.id !== undefined) return c.redirect(`${paths.office.refund(done.id)}?note=prepare`, 303)
  return showPreparation(c, services, actor, form, [{ field: 'montant', message: done.above }])
}
