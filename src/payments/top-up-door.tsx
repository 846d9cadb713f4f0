import type { Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { FamilyActor } from '../identity/actor.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { listFamilyUnits } from '../organisations/store.ts'
import { newToken } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requirePayer, viewOf } from '../web/request.ts'
import { balanceOf } from './balances.ts'
import { withinBank } from './bank-limits.ts'
import { readFormKey } from './form-key.ts'
import { TopUpPage } from './pages/top-up-page.tsx'
import { startPayment, takesOnlinePayments } from './start-payment.ts'
import { texts } from './texts.ts'
import { readTopUp, topUpView, type TopUpView } from './top-up-view.ts'

/** « Recharger mon compte », for units paid from an account. */
export function topUpDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.topUp(':unit'), async (c) => {
    const actor = requirePayer(c)
    const unit = await prepaidUnit(c, services, actor)
    return showTopUp(c, services, topUpView(unit, await balanceNow(services, actor, unit)))
  })

  app.post(paths.topUp(':unit'), async (c) => {
    const form = await readForm(c)
    const actor = requirePayer(c, paths.topUp(encodeURIComponent(c.req.param('unit') ?? '')))
    const unit = await prepaidUnit(c, services, actor)
    const chosen = { choice: field(form, 'montant'), other: field(form, 'autre') }
    const topUp = topUpView(unit, await balanceNow(services, actor, unit), chosen)
    const amount = readTopUp(topUp)
    const { minPayment, maxPayment } = unit
    const message = texts.problems.topUp(minPayment, maxPayment, topUp.example)
    if (amount === undefined) return showTopUp(c, services, topUp, [{ field: 'autre', message }], 422)
    const formKey = readFormKey(form)
    const order = { billingUnitId: unit.id, formKey, purpose: 'top_up', amount } as const
    const started = await startPayment(services, actor, order)
    if (started.ok) return c.redirect(paths.confirmPayment(started.value), 303)
    const closed = started.failure === 'no-online-payment' ? texts.problems.closed : message
    return showTopUp(c, services, topUp, [{ field: 'autre', message: closed }], 422)
  })
}

async function prepaidUnit(c: Context<Env>, { db }: Services, actor: FamilyActor): Promise<BillingUnit> {
  const units = await listFamilyUnits(db, actor.organisationId, actor.familyId)
  const unit = units.find((one) => one.code === c.req.param('unit') && one.mode === 'prepaid')
  return unit ? withinBank(unit) : notFound()
}

const balanceNow = ({ db, clock }: Services, actor: FamilyActor, unit: BillingUnit) =>
  balanceOf(db, actor.organisationId, unit.id, actor.familyId, clock.now())

function showTopUp(
  c: Context<Env>,
  { config }: Services,
  topUp: TopUpView,
  problems: Problems = [],
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const isOpen = takesOnlinePayments(topUp.unit, config.mode)
  const page = (
    <TopUpPage view={viewOf(c)} topUp={topUp} isOpen={isOpen} formKey={newToken()} problems={problems} />
  )
  return render(c, page, status)
}
