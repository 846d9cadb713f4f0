// The doors of the till.
import type { Context, Hono } from 'hono'
import { present } from '../kernel/assert.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatCents } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import { cents, readAmount, ZERO } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { closeTill } from './close-till.ts'
import { typedAmount } from './entry-form.ts'
import { NoUnit } from './entry-page.tsx'
import { chooseUnit, listReachedUnits } from './reached-units.ts'
import { faceField, sayDifference, TillPage } from './till-page.tsx'
import { TillSheet } from './till-sheet.tsx'
import { findClosing, listClosings, readCashMoves } from './till-store.ts'
import { tillTexts } from './till-texts.ts'
import { countedOf, type Counts, DENOMINATIONS, differenceOf, heldBy } from './till.ts'

const RIGHT = 'till.close'
const LATEST = 30
const MAX_REASON = 300
const words = tillTexts.problems

/** `/gestion/caisse` and one closing. */
export function tillDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.till, RIGHT, async (c, actor) => {
    const units = await listReachedUnits(services.db, actor, RIGHT)
    return show(c, services, actor, units, chooseUnit(units, c.req.query('service')))
  })
  office.post(paths.office.till, RIGHT, (c, actor) => close(c, services, actor))
  office.get(paths.office.tillClosing(':id'), RIGHT, async (c, actor) => {
    const { db } = services
    const { organisationId } = actor
    const id = readId<'closing'>(c.req.param('id'))
    const closing = id && (await findClosing(db, organisationId, id))
    if (!closing) return notFound()
    const { billingUnitId, closedOn } = closing
    allow(actor, RIGHT, { unitId: billingUnitId })
    const [[before], unit, organisation] = await Promise.all([
      listClosings(db, organisationId, billingUnitId, 1, closedOn),
      findUnit(db, organisationId, billingUnitId),
      findOrganisation(db, organisationId),
    ])
    return render(
      c,
      <TillSheet
        view={viewOf(c)}
        closing={closing}
        before={before}
        unit={present(unit, 'a closing of no unit')}
        organisation={present(organisation, 'a closing of no organisation')}
        isNew={c.req.query('fait') === '1'}
      />,
    )
  })
}

async function show(
  c: Context<Env>,
  { db, clock }: Services,
  { organisationId }: StaffActor,
  units: readonly BillingUnit[],
  unit: BillingUnit | undefined,
  posted?: { form: Form; problems: Problems },
): Promise<Response> {
  if (!unit) return render(c, <NoUnit view={viewOf(c)} title={tillTexts.title} />)
  const [moves, closings] = await Promise.all([
    readCashMoves(db, organisationId, unit.id),
    listClosings(db, organisationId, unit.id, LATEST),
  ])
  const first: Form = new Map([['fonds', [typedAmount(closings[0]?.float ?? ZERO)]]])
  return render(
    c,
    <TillPage
      view={viewOf(c)}
      unit={unit}
      units={units}
      today={parisDay(clock.now())}
      moves={moves}
      closings={closings}
      form={posted?.form ?? first}
      problems={posted?.problems}
    />,
    posted ? 422 : 200,
  )
}

/** How many of each face value were typed, or what is wrong with them. */
function readCounts(form: Form): { counts: Counts; problems: Problems } {
  const problems: { field: string; message: string }[] = []
  const counts: { [value: string]: number } = {}
  for (const value of DENOMINATIONS) {
    const typed = field(form, faceField(value)).trim()
    if (typed === '') continue
    if (/^\d{1,6}$/.test(typed)) counts[value] = Number(typed)
    else problems.push({ field: faceField(value), message: words.count(formatCents(cents(value))) })
  }
  return { counts, problems }
}

async function close(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { db, clock } = services
  const { organisationId } = actor
  const units = await listReachedUnits(db, actor, RIGHT)
  const unit = chooseUnit(units, field(form, 'service'))
  if (!unit) return render(c, <NoUnit view={viewOf(c)} title={tillTexts.title} />)
  const again = (problems: Problems) => show(c, services, actor, units, unit, { form, problems })
  const { counts, problems } = readCounts(form)
  const float = readAmount(field(form, 'fonds') || '0')
  if (float === undefined) return again([...problems, { field: 'fonds', message: words.float }])
  if (problems.length > 0) return again(problems)
  const seen = Number(field(form, 'attendu'))
  const count = {
    organisationId,
    billingUnitId: unit.id,
    counts,
    float,
    seen: cents(Number.isSafeInteger(seen) ? seen : 0),
    reason: field(form, 'motif').trim().slice(0, MAX_REASON),
  }
  const now = clock.now()
  const closed = await db.transaction((tx) => closeTill(tx, count, authorHere(c, actor), now))
  if (closed.ok) return c.redirect(`${paths.office.tillClosing(closed.value.closingId)}?fait=1`, 303)
  if (closed.failure === 'already-closed') return show(c, services, actor, units, unit)
  const moves = await readCashMoves(db, organisationId, unit.id)
  return again([
    closed.failure === 'moved'
      ? { field: '', message: words.moved(heldBy(moves)) }
      : {
          field: 'motif',
          message: words.reason(sayDifference(differenceOf(countedOf(counts), moves, float))),
        },
  ])
}
