// The door of « Préparer depuis un mois passé ».
import type { Context, Hono } from 'hono'
import { addMonths, type Day, firstOfMonth, lastOfMonth, parisDay, readIsoDay } from '../kernel/dates.ts'
import { formatDay, formatMonth } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { may } from '../staff/rights.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { findPlace, listPlaces, type Place, placeOptions } from './places.ts'
import { type Prepared, prepareMonth } from './prepare-month.ts'
import { PreparePage } from './prepare-page.tsx'
import { prepareTexts as words } from './prepare-texts.ts'

const PAST_MONTHS = 18
const NEW_MONTHS = 4

/** `/gestion/factures/lots/preparer`; before the batches, whose address it would be. */
export function prepareDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.prepareMonth, 'invoice.draft', async (c, actor) => {
    const query = (name: string) => c.req.query(name) ?? ''
    const typed = { lieu: query('lieu'), de: query('de'), pour: query('pour') }
    const [made, served, left] = ['faits', 'servis', 'partis'].map((name) => Number(query(name)) || 0)
    const done = query('faits') === '' ? undefined : { made: made ?? 0, served: served ?? 0, left: left ?? 0 }
    return show(c, services, actor, typed, [], done)
  })
  office.post(paths.office.prepareMonth, 'invoice.draft', (c, actor) => prepare(c, services, actor))
}

type Typed = { readonly lieu: string; readonly de: string; readonly pour: string }

const readMonth = (text: string): Day | undefined => {
  const day = readIsoDay(text)
  return day && firstOfMonth(day) === day ? day : undefined
}

async function show(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  typed: Typed,
  problems: Problems,
  done?: Prepared,
): Promise<Response> {
  const places = await listPlaces(db, actor, 'invoice.draft')
  const now = firstOfMonth(parisDay(clock.now()))
  const months = (from: number, count: number) =>
    Array.from({ length: count }, (_, place) => addMonths(now, from + place)).map(
      (month) => [month, formatMonth(month)] as const,
    )
  const place = places.find(({ id }) => id === typed.lieu)
  return render(
    c,
    <PreparePage
      view={viewOf(c)}
      typed={{
        lieu: typed.lieu,
        de: typed.de || addMonths(now, -1),
        pour: typed.pour || now,
      }}
      places={placeOptions(places)}
      pastMonths={months(-PAST_MONTHS, PAST_MONTHS + 1).toReversed()}
      newMonths={months(0, NEW_MONTHS)}
      done={done && place && nextOf(actor, place, typed, done)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

/** The control of what was prepared, for who may issue; else the drafts. */
function nextOf(actor: StaffActor, place: Place, { pour }: Typed, done: Prepared) {
  const mayControl = may(actor.grants, 'invoice.issue', {
    unitId: place.billingUnitId,
    establishmentId: place.id,
  })
  const month = readMonth(pour)
  const days = month ? { du: formatDay(month), au: formatDay(lastOfMonth(month)) } : { du: '', au: '' }
  const asked = new URLSearchParams({ lieu: `e:${place.id}`, ...days })
  const next = mayControl ? `${paths.office.batches}?${asked.toString()}` : paths.office.invoices
  return { said: words.done(done), next, mayControl }
}

async function prepare(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { db, clock } = services
  const typed = { lieu: field(form, 'lieu'), de: field(form, 'de'), pour: field(form, 'pour') }
  const [from, to] = [readMonth(typed.de), readMonth(typed.pour)]
  const id = readId<'establishment'>(typed.lieu)
  const problems = [
    !id && { field: 'lieu', message: words.problems.place },
    !from && { field: 'de', message: words.problems.from },
    !to && { field: 'pour', message: words.problems.to },
    from && to && from >= to && { field: 'pour', message: words.problems.same },
  ].filter((one) => typeof one === 'object')
  if (!id || !from || !to || problems.length > 0) return show(c, services, actor, typed, problems)
  const place = (await findPlace(db, actor.organisationId, id)) ?? notFound()
  allow(actor, 'invoice.draft', { unitId: place.billingUnitId, establishmentId: id })
  const done = await prepareMonth(db, authorHere(c, actor), place, { from, to }, clock.now())
  const told = { faits: String(done.made), servis: String(done.served), partis: String(done.left) }
  return c.redirect(
    `${paths.office.prepareMonth}?${new URLSearchParams({ ...typed, ...told }).toString()}`,
    303,
  )
}
