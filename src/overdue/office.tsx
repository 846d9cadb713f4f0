// The doors of overdue families: the list, its file, reminders, and debts given up.
import type { Context, Hono } from 'hono'
import { listPlaces } from '../invoicing/places.ts'
import { BYTE_ORDER_MARK, csvLine } from '../kernel/csv.ts'
import { parisDay } from '../kernel/dates.ts'
import { csvCents, formatDay } from '../kernel/french.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { requireFresh } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { may, reachOf } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { daysLate } from './filter.ts'
import { OverduePage } from './list-page.tsx'
import { afterWord, readFilter } from './read-filter.ts'
import { MOST_REMINDED, reminderDoor } from './reminder-office.tsx'
import { type Asked, type DebtRow, listDebtors, listDebts, listLines, sumByAge } from './store.ts'
import { texts } from './texts.ts'
import { writeOffDoor } from './write-off-office.tsx'

const PAGE = 50
const PRINTED = 500
/** Lines of the file read at a time. */
const CSV_PAGE = 2_000

/** `/gestion/impayes…`. */
export function overdueDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.overdue, 'invoice.read', (c, actor) => showList(c, services, actor))
  office.get(paths.office.overdueCsv, 'export.mass', (c, actor) => sendList(c, services, actor))
  reminderDoor(app, services)
  writeOffDoor(app, services)
}

async function showList(c: Context<Env>, { db, clock }: Services, actor: StaffActor): Promise<Response> {
  const { organisationId, grants } = actor
  const read = readFilter(c)
  const { filter, after } = read
  const today = parisDay(clock.now())
  const isPrint = c.req.query('imprimer') === 'oui'
  const asked: Asked = { organisationId, reach: reachOf(grants, 'invoice.read'), filter, today }
  const limit = isPrint ? PRINTED : PAGE
  const [found, totals, places] = await Promise.all([
    listDebtors(db, asked, { after, limit: limit + 1 }),
    sumByAge(db, asked),
    listPlaces(db, actor, 'invoice.read'),
  ])
  const last = found.length > limit ? found[limit - 1] : undefined
  return render(
    c,
    <OverduePage
      view={viewOf(c)}
      asked={read}
      today={today}
      places={places}
      totals={totals}
      lines={await listLines(db, asked, found.slice(0, limit))}
      next={last && afterWord(last)}
      isPrint={isPrint}
      mayExport={may(grants, 'export.mass', 'anywhere')}
      mayRemind={may(grants, 'reminder.send', 'anywhere')}
      mayWriteOff={may(grants, 'write-off.decide', 'anywhere')}
      limits={{ print: PRINTED, remind: MOST_REMINDED }}
    />,
    read.problems.length > 0 ? 422 : 200,
  )
}

async function sendList(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  requireFresh(c, actor)
  const { db, clock } = services
  const { typed, filter, problems } = readFilter(c)
  if (problems.length > 0) return showList(c, services, actor)
  const now = clock.now()
  const today = parisDay(now)
  const { organisationId, grants } = actor
  const asked: Asked = { organisationId, reach: reachOf(grants, 'export.mass'), filter, today }
  const filters = Object.values(typed).filter(Boolean).join(' · ')
  await db.transaction((tx) =>
    recordAct(
      tx,
      authorHere(c, actor),
      { kind: 'debts.exported', changes: { filters: { after: filters } } },
      now,
    ),
  )
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="impayes-${today}.csv"`)
  const encoder = new TextEncoder()
  let after: DebtRow | undefined
  let isFirst = true
  return c.body(
    new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const found = await listDebts(db, asked, { after, limit: CSV_PAGE })
        const lines = found.map((one) => csvLine(cellsOf(one, today)))
        const head = isFirst ? [BYTE_ORDER_MARK + csvLine(texts.csvColumns)] : []
        isFirst = false
        const text = [...head, ...lines].map((line) => `${line}\r\n`).join('')
        if (text !== '') controller.enqueue(encoder.encode(text))
        after = found.at(-1)
        if (found.length < CSV_PAGE) controller.close()
      },
    }),
  )
}

const cellsOf = (one: DebtRow, today: ReturnType<typeof parisDay>): readonly string[] => [
  one.familyName,
  one.unitName,
  one.establishment,
  one.number,
  formatDay(one.issuedOn),
  formatDay(one.dueOn),
  String(daysLate(one.dueOn, today)),
  csvCents(one.total),
  csvCents(one.due),
]
