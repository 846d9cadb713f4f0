// The doors of the staff journal: the screen, and the file of what it shows.
import type { Context, Hono } from 'hono'
import { BYTE_ORDER_MARK, csvLine } from '../kernel/csv.ts'
import { addDays, parisDay, parisInstant, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { ACT_KINDS } from './act.ts'
import type { StaffActor } from './actor.ts'
import { allow, requireFresh } from './guard.ts'
import { changesOf, FILTER_NAMES, JournalPage, type Typed } from './journal-page.tsx'
import {
  type JournalFilters,
  type JournalLine,
  type JournalReach,
  listActs,
  listStaffNames,
} from './journal-store.ts'
import { journalTexts as words } from './journal-texts.ts'
import { authorHere, openOffice } from './open-office.ts'
import { recordAct } from './record-act.ts'
import { may, reachOf } from './rights.ts'

const PAGE = 50
const CSV_LIMIT = 50_000

/** `/gestion/journal` and its CSV. */
export function journalDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.journal, 'journal.read', (c, actor) => showJournal(c, services, actor))
  office.get(paths.office.journalCsv, 'export.mass', (c, actor) => sendJournal(c, services, actor))
}

/** Who holds a part of the organisation reads what was done on its families, and what they did. */
function reachHere({ grants, staffId }: StaffActor): JournalReach {
  const places = reachOf(grants, 'journal.read')
  return places === 'all' ? 'all' : { staffId, places }
}

async function showJournal(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<Response> {
  const reach = reachHere(actor)
  const { typed, filters, problems } = readFilters(c)
  const asked = { before: readId(c.req.query('avant')), limit: PAGE + 1 }
  const found = problems.length > 0 ? [] : await listActs(db, actor.organisationId, reach, filters, asked)
  const lines = found.slice(0, PAGE)
  const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''))
  if (filters.familyId !== undefined) query.set('dossier', filters.familyId)
  const link = (path: string, more: { readonly [name: string]: string } = {}) => {
    const text = new URLSearchParams([...query, ...Object.entries(more)]).toString()
    return text === '' ? path : `${path}?${text}`
  }
  const last = lines.at(-1)
  return render(
    c,
    <JournalPage
      view={viewOf(c)}
      lines={lines}
      typed={typed}
      problems={problems}
      staff={await listStaffNames(db, actor.organisationId)}
      older={found.length > PAGE && last ? link(paths.office.journal, { avant: last.id }) : undefined}
      newest={asked.before === undefined ? undefined : link(paths.office.journal)}
      csv={may(actor.grants, 'export.mass', 'organisation') ? link(paths.office.journalCsv) : undefined}
      showsAddresses={may(actor.grants, 'team.manage', 'organisation')}
      isPart={reach !== 'all'}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

function readFilters(c: Context<Env>): { typed: Typed; filters: JournalFilters; problems: Problems } {
  const typed = Object.fromEntries(
    FILTER_NAMES.map((name) => [name, (c.req.query(name) ?? '').trim().slice(0, 100)]),
  ) as Typed
  const problems: { field: string; message: string }[] = []
  const dayOf = (name: 'du' | 'au') => {
    const day = readFrenchDay(typed[name]) ?? readIsoDay(typed[name])
    if (typed[name] !== '' && !day) problems.push({ field: name, message: words.badDay })
    return day
  }
  const from = dayOf('du')
  const to = dayOf('au')
  return {
    typed,
    problems,
    filters: {
      staffId: readId<'staff'>(typed.personne),
      familyId: readId<'family'>(c.req.query('dossier')),
      familyName: typed.famille || undefined,
      object: typed.objet || undefined,
      kind: ACT_KINDS.find((kind) => kind === typed.action),
      from: from && parisInstant(from),
      until: to && parisInstant(addDays(to, 1)),
    },
  }
}

async function sendJournal(c: Context<Env>, { db, clock }: Services, actor: StaffActor): Promise<Response> {
  allow(actor, 'journal.read', 'organisation')
  allow(actor, 'export.mass', 'organisation')
  requireFresh(c, actor)
  const { typed, filters, problems } = readFilters(c)
  if (problems.length > 0) return c.redirect(paths.office.journal, 303)
  const lines = await listActs(db, actor.organisationId, 'all', filters, { limit: CSV_LIMIT })
  const filtersText = Object.values(typed).filter(Boolean).join(' · ')
  const changes = { filters: { after: filtersText }, lines: { after: lines.length } }
  await db.transaction((tx) =>
    recordAct(tx, authorHere(c, actor), { kind: 'journal.exported', changes }, clock.now()),
  )
  const showsAddresses = may(actor.grants, 'team.manage', 'organisation')
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="journal-${parisDay(clock.now())}.csv"`)
  return c.body(
    BYTE_ORDER_MARK +
      [words.columns, ...lines.map((line) => cellsOf(line, showsAddresses))].map(csvLine).join('\r\n') +
      '\r\n',
  )
}

const cellsOf = (line: JournalLine, showsAddresses: boolean): readonly string[] => [
  line.at.toISOString(),
  line.staffName,
  words.acts[line.kind] ?? line.kind,
  line.familyName ?? '',
  line.object ?? '',
  line.reason ?? '',
  changesOf(line).join(' · '),
  line.screen,
  showsAddresses ? line.clientAddress : words.masked,
]
