// Slips and till closings as files for the accounts; their format is stated beside the link.
import type { Context, Hono } from 'hono'
import { BYTE_ORDER_MARK, csvLine } from '../kernel/csv.ts'
import { parisDay } from '../kernel/dates.ts'
import { csvCents, formatDay } from '../kernel/french.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { requireFresh } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { reachOf } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import type { Env } from '../web/request.ts'
import {
  type DepositedPiece,
  listDepositedPieces,
  listTillLines,
  type TillLine,
  type Units,
} from './export-store.ts'
import { exportTexts as words } from './export-texts.ts'
import { slipTexts } from './slip-texts.ts'
import { differenceOf } from './till.ts'

const RIGHT = 'export.mass'
const MOST = 50_000

/** `/gestion/remises.csv`, `/gestion/caisse.csv`. */
export function deskExportsDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.depositsCsv, RIGHT, async (c, actor) => {
    requireFresh(c, actor)
    const found = await listDepositedPieces(services.db, actor.organisationId, unitsOf(actor), MOST)
    return send(c, services, actor, words.slips, found.map(slipCells))
  })
  office.get(paths.office.tillCsv, RIGHT, async (c, actor) => {
    requireFresh(c, actor)
    const found = await listTillLines(services.db, actor.organisationId, unitsOf(actor), MOST)
    return send(c, services, actor, words.tills, found.map(tillCells))
  })
}

const unitsOf = ({ grants }: StaffActor): Units => {
  const reach = reachOf(grants, RIGHT)
  return reach === 'all' ? undefined : reach.unitIds
}

async function send(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  { file, columns }: { readonly file: string; readonly columns: readonly string[] },
  lines: readonly (readonly string[])[],
): Promise<Response> {
  const now = clock.now()
  const name = `${file}-${parisDay(now)}.csv`
  const changes = { lines: { after: lines.length } }
  await db.transaction((tx) =>
    recordAct(tx, authorHere(c, actor), { kind: 'desk.exported', object: name, changes }, now),
  )
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${name}"`)
  return c.body(BYTE_ORDER_MARK + [columns, ...lines].map(csvLine).join('\r\n') + '\r\n')
}

const slipCells = (one: DepositedPiece): readonly string[] => [
  one.slip,
  one.unit,
  slipTexts.kinds[one.kind],
  formatDay(one.depositedOn),
  one.family,
  one.payer,
  one.bank,
  one.mark,
  formatDay(one.receivedOn),
  csvCents(one.amount),
  one.undone ? words.bounced : '',
  one.closedBy,
]

const tillCells = (one: TillLine): readonly string[] => [
  formatDay(one.closedOn),
  one.unit,
  csvCents(one.received),
  csvCents(one.takenBack),
  csvCents(one.deposited),
  csvCents(one.float),
  csvCents(one.counted),
  csvCents(differenceOf(one.counted, one, one.float)),
  one.reason ?? '',
  one.closedBy,
]
