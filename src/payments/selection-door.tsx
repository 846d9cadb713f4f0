import type { Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { unreachable } from '../kernel/assert.ts'
import { type InvoiceSummary, listUnsettled } from '../billing/store.ts'
import type { FamilyActor } from '../identity/actor.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { listFamilyUnits } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { newToken } from '../platform/secrets.ts'
import { listOperations } from '../statements/store.ts'
import { field, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requireFamily, requirePayer, viewOf } from '../web/request.ts'
import { listCredits } from './balances.ts'
import { withinBank } from './bank-limits.ts'
import { readFormKey } from './form-key.ts'
import { asClause } from './pages/parts.tsx'
import { SelectionPage } from './pages/selection-page.tsx'
import { type SelectionBlock, selectionBlocks, type Ticks } from './selection-view.ts'
import { startPayment, type StartFailure } from './start-payment.ts'
import { listRunning } from './store.ts'
import { texts } from './texts.ts'

/** Operations shown under the invoices to pay. */
const LAST_OPERATIONS = 5

/** The invoices to pay, and the start of their payment. */
export function selectionDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.invoices, (c) => showSelection(c, services, requireFamily(c), ticksOf(c)))

  app.post(paths.startPayment, async (c) => {
    const form = await readForm(c)
    const unitCode = field(form, 'unite')
    const numbers = form.get('f') ?? []
    const again = selectionPath(unitCode, numbers)
    const actor = requirePayer(c, again)
    if (field(form, 'choix') === 'update') return c.redirect(again, 303)
    const units = await listFamilyUnits(services.db, actor.organisationId, actor.familyId)
    const unit = units.find((one) => one.code === unitCode && one.mode === 'per_invoice')
    if (!unit) return notFound()
    const limits = withinBank(unit)
    const formKey = readFormKey(form)
    const order = { billingUnitId: unit.id, formKey, purpose: 'invoices', invoiceNumbers: numbers } as const
    const started = await startPayment(services, actor, order)
    if (started.ok) return c.redirect(paths.confirmPayment(started.value), 303)
    const ticks = { unitCode, numbers: new Set(numbers) }
    return showSelection(c, services, actor, ticks, problemOf(started.failure, limits), 422)
  })
}

/** The page of invoices with these boxes ticked. */
const selectionPath = (unitCode: string, numbers: readonly string[]): string =>
  `${paths.invoices}?${new URLSearchParams([['unite', unitCode], ...numbers.map((number) => ['f', number])]).toString()}`

function ticksOf(c: Context<Env>): Ticks | undefined {
  const unitCode = c.req.query('unite')
  if (unitCode === undefined) return undefined
  const isAll = c.req.query('choix') === 'all'
  return { unitCode, numbers: isAll ? 'all' : new Set(c.req.queries('f')) }
}

async function showSelection(
  c: Context<Env>,
  { db, clock, config }: Services,
  actor: FamilyActor,
  ticks: Ticks | undefined,
  problem?: string,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const now = clock.now()
  const { organisationId, familyId } = actor
  const [units, unsettled, running, credits, operations] = await Promise.all([
    listFamilyUnits(db, organisationId, familyId),
    listUnsettled(db, organisationId, familyId, now),
    listRunning(db, organisationId, familyId),
    listCredits(db, organisationId, familyId),
    listOperations(db, organisationId, familyId, now, LAST_OPERATIONS),
  ])
  const blocks = selectionBlocks({ units, unsettled, running, credits }, actor, config.mode, ticks, problem)
  const page = (
    <SelectionPage
      view={viewOf(c)}
      blocks={blocks}
      operations={operations}
      credits={creditSentences(units, credits, blocks)}
      onAccount={unitsOnAccount(units, unsettled)}
      formKey={newToken()}
    />
  )
  return render(c, page, status)
}

const unitsOnAccount = (units: readonly BillingUnit[], unsettled: readonly InvoiceSummary[]): string[] =>
  units
    .filter((unit) => unit.mode === 'prepaid')
    .filter((unit) => unsettled.some((invoice) => invoice.billingUnitId === unit.id))
    .map((unit) => unit.name)

const creditSentences = (
  units: readonly BillingUnit[],
  credits: Awaited<ReturnType<typeof listCredits>>,
  blocks: readonly SelectionBlock[],
): string[] =>
  units.flatMap((unit) => {
    const credit = credits.get(unit.id)
    const isShown = unit.mode !== 'per_invoice' || blocks.some((block) => block.unit.id === unit.id)
    return credit === undefined || isShown ? [] : texts.credit(credit, unit.name)
  })

/** What to tell the family; limits come with another way to pay. */
function problemOf(failure: StartFailure, unit: BillingUnit): string {
  switch (failure) {
    case 'nothing-selected':
      return texts.problems.nothing
    case 'unknown-invoice':
    case 'unknown-unit':
      return texts.problems.gone
    case 'one-at-a-time':
      return texts.problems.oneAtATime
    case 'in-progress':
      return texts.problems.running
    case 'below-minimum':
      return texts.problems.below(unit.minPayment, asClause(unit.otherMeans))
    case 'above-maximum':
      return texts.problems.above(unit.maxPayment, asClause(unit.otherMeans))
    case 'no-online-payment':
      return texts.problems.closed
    default:
      return unreachable(failure)
  }
}
