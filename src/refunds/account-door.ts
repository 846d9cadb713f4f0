// The account of a refund: who prepares gives it, a second person checks it.
import type { Context } from 'hono'
import type { Services } from '../platform/services.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { requireFresh } from '../staff/guard.ts'
import { authorHere } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { Env } from '../web/request.ts'
import { type AccountFailure, checkAccount, giveAccount } from './give-account.ts'
import type { RefundRequest } from './store.ts'
import { transferTexts } from './transfer-texts.ts'

type ShowAgain = (failed: { readonly form?: Form; readonly problems: Problems }) => Promise<Response>

/** The problems of an account that was refused, beside the field at fault. */
export const accountProblems = (failure: AccountFailure): Problems => [
  {
    field:
      failure === 'no-holder'
        ? 'titulaire'
        : failure === 'bad-iban' || failure === 'own-account'
          ? 'iban'
          : '',
    message: transferTexts.accountFailures[failure],
  },
]

export async function postAccount(
  c: Context<Env>,
  { db, clock, keys }: Services,
  actor: StaffActor,
  request: RefundRequest,
  showAgain: ShowAgain,
): Promise<Response> {
  const form = await readForm(c)
  const now = clock.now()
  const { organisationId } = actor
  const by = { staffId: actor.staffId, name: staffName(actor) }
  const asked = {
    organisationId,
    requestId: request.id,
    holder: field(form, 'titulaire'),
    iban: field(form, 'iban'),
  }
  const done = await db.transaction(async (tx) => {
    const given = await giveAccount(tx, keys, asked, by, now)
    if (given.ok) {
      const changes = { account: { after: given.value.masked } }
      const { familyId, reference } = request
      const act = { kind: 'refund.account-given', familyId, object: reference, changes } as const
      await recordAct(tx, authorHere(c, actor), act, now)
    }
    return given
  })
  if (!done.ok) return showAgain({ form, problems: accountProblems(done.failure) })
  return c.redirect(`${paths.office.refund(request.id)}?note=iban`, 303)
}

export async function postCheck(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  request: RefundRequest,
  showAgain: ShowAgain,
): Promise<Response> {
  const form = await readForm(c)
  requireFresh(c, actor)
  const now = clock.now()
  const by = { staffId: actor.staffId, name: staffName(actor) }
  const asked = { organisationId: actor.organisationId, requestId: request.id, seen: field(form, 'compte') }
  const done = await db.transaction(async (tx) => {
    const checked = await checkAccount(tx, asked, by, now)
    const { familyId, reference } = request
    const act = { kind: 'refund.account-checked', familyId, object: reference } as const
    if (checked.ok) await recordAct(tx, authorHere(c, actor), act, now)
    return checked
  })
  if (!done.ok)
    return showAgain({ problems: [{ field: '', message: transferTexts.checkFailures[done.failure] }] })
  return c.redirect(`${paths.office.refund(request.id)}?note=verifie`, 303)
}
