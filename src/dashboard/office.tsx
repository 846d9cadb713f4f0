// The doors of the dashboard: the page, and each of its tables as a file.
import type { Context, Hono } from 'hono'
import { listPlaces } from '../invoicing/places.ts'
import { BYTE_ORDER_MARK, csvLine } from '../kernel/csv.ts'
import { type Day, HOUR_MS, parisDay } from '../kernel/dates.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { openOffice } from '../staff/open-office.ts'
import { reachOf } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { CHART_NAMES, drawCharts } from './charts.ts'
import { type AskedFigures, findDrawnAt, listFigures, listOwedByAge } from './figure-store.ts'
import { DashboardPage, PERIODS, type Typed } from './page.tsx'

/** Figures of the current month older than this: the job does not run. */
const STALE_MS = HOUR_MS

/** `/gestion/pilotage`. */
export function dashboardDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.dashboard, 'dashboard.read', async (c, actor) => {
    const { db, clock } = services
    const { typed, asked } = readAsked(c, services, actor)
    const now = clock.now()
    const drawnAt = await findDrawnAt(db, { ...asked, from: asked.to })
    return render(
      c,
      <DashboardPage
        view={viewOf(c)}
        typed={typed}
        from={asked.from}
        to={asked.to}
        places={await listPlaces(db, actor, 'dashboard.read')}
        charts={await readCharts(services, asked)}
        drawnAt={drawnAt}
        isStale={drawnAt !== undefined && now.getTime() - drawnAt.getTime() > STALE_MS}
      />,
    )
  })
  office.get(paths.office.dashboardCsv, 'dashboard.read', async (c, actor) => {
    const name = CHART_NAMES.find((one) => one === c.req.query('graphique')) ?? notFound()
    const charts = await readCharts(services, readAsked(c, services, actor).asked)
    const chart = charts.find((one) => one.name === name) ?? notFound()
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="${name}-${parisDay(services.clock.now())}.csv"`)
    return c.body(
      BYTE_ORDER_MARK + [chart.columns, ...chart.csv].map((cells) => `${csvLine(cells)}\r\n`).join(''),
    )
  })
}

function readAsked(
  c: Context<Env>,
  { clock }: Services,
  { organisationId, grants }: StaffActor,
): { readonly typed: Typed; readonly asked: AskedFigures } {
  const periode = PERIODS.find((one) => one === c.req.query('periode')) ?? '12'
  const unitId = readId<'billingUnit'>(c.req.query('unite'))
  const establishmentId = readId<'establishment'>(c.req.query('etablissement'))
  const to = `${parisDay(clock.now()).slice(0, 7)}-01` as Day
  return {
    typed: { unite: unitId ?? '', etablissement: establishmentId ?? '', periode },
    asked: {
      organisationId,
      reach: reachOf(grants, 'dashboard.read'),
      unitId,
      establishmentId,
      from: monthsBefore(to, Number(periode) - 1),
      to,
    },
  }
}

/** The first day of the month so many months before this one. */
function monthsBefore(month: Day, count: number): Day {
  const total = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}-01` as Day
}

async function readCharts({ db, clock }: Services, asked: AskedFigures) {
  const [figures, owed] = [
    await listFigures(db, asked),
    await listOwedByAge(db, asked, parisDay(clock.now())),
  ]
  return drawCharts(figures, owed)
}
