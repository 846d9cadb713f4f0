// The doors of the search of everything and of a family's file.
import type { Context, Hono } from 'hono'
import { later, DAY_MS, parisDay } from '../kernel/dates.ts'
import { type FamilyId, readId } from '../kernel/ids.ts'
import { listFamilyUnits } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { listOperations, listPendingPayments, listStandings } from '../statements/store.ts'
import type { StaffActor } from '../staff/actor.ts'
import { RightMissing } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordReading } from '../staff/record-act.ts'
import { may, reaches, reachOf } from '../staff/rights.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render, renderPart } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { type FamilyFile, FilePage } from './file-page.tsx'
import { type FamilyHeader, listFileAdults, listFileMails } from './file-store.ts'
import { listNotes } from './note-store.ts'
import type { People } from './people-cards.tsx'
import { peopleTexts } from './people-texts.ts'
import { readPeople } from './read-people.ts'
import { requireFamilyFile, whoseOf } from './require-file.ts'
import { searchEverything } from './search-everything.ts'
import { Results, SearchPage } from './search-page.tsx'
import { listRecentFiles } from './search-store.ts'
import { EVENT_KINDS, timelineOf } from './timeline.ts'
import { startViewing, stopViewing } from './view-as-family.ts'

const FOUND = 20
const SUGGESTED = 5
const RECENT = 10
const PAGE = 50
const MAILS = 500
/** Staff see an invoice from its issue; families only from the moment it is visible. */
const EVERYTHING_MS = 3_650 * DAY_MS

/** `/gestion/recherche`, `/gestion/familles/…`. */
export function householdsDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.search, 'family.read', async (c, actor) => {
    const typed = (c.req.query('q') ?? '').trim()
    const found = typed === '' ? undefined : await searchEverything(services.db, whoseOf(actor), typed, FOUND)
    const recent = found ? [] : await listRecentFiles(services.db, whoseOf(actor), actor.staffId, RECENT)
    return render(
      c,
      <SearchPage
        view={viewOf(c)}
        typed={typed}
        found={found}
        recent={recent}
        mayCreate={may(actor.grants, 'family.edit', 'anywhere')}
      />,
    )
  })
  office.get(paths.office.suggestions, 'family.read', async (c, actor) => {
    const typed = (c.req.query('q') ?? '').trim()
    const found = await searchEverything(services.db, whoseOf(actor), typed, SUGGESTED)
    return renderPart(c, <Results found={found} />)
  })
  office.get(paths.office.family(':id'), 'family.read', async (c, actor) => showFile(c, services, actor))
  office.post(paths.office.viewAs(':id'), 'family.view-as', async (c, actor) => {
    const form = await readForm(c)
    const family = await requireFamilyFile(c, services, actor, 'family.view-as')
    // The portal shows a family all its units together.
    if (!(await holdsAll(services, actor, family.id))) throw new RightMissing('family.view-as')
    const adultId = readId<'adult'>(field(form, 'responsable'))
    const started =
      adultId && (await startViewing(services, actor, { familyId: family.id, adultId }, authorHere(c, actor)))
    if (!started) return notFound()
    return c.redirect(paths.home, 303)
  })
  office.post(paths.office.stopViewing, 'signed-in', async (c, actor) => {
    await readForm(c)
    const familyId = await stopViewing(services, actor)
    return c.redirect(familyId ? paths.office.family(familyId) : paths.office.search, 303)
  })
}

/** Whether the right to look as the family holds at every unit that it deals with. */
async function holdsAll({ db }: Services, actor: StaffActor, familyId: FamilyId): Promise<boolean> {
  const units = await listFamilyUnits(db, actor.organisationId, familyId)
  return units.every(({ id }) => may(actor.grants, 'family.view-as', { unitId: id }))
}

export async function showFile(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  again?: { readonly form: Form; readonly problems: Problems },
): Promise<Response> {
  const { db, clock } = services
  const family = await requireFamilyFile(c, services, actor, 'family.read')
  const now = clock.now()
  await db.transaction((tx) => recordReading(tx, authorHere(c, actor), family.id, now))
  const people = await readPeople(services, actor, family.id)
  const kind = EVENT_KINDS.find((one) => one === c.req.query('type'))
  const events = (await readTimeline(services, actor, family.id)).filter((one) => !kind || one.kind === kind)
  const pages = Math.max(1, Math.ceil(events.length / PAGE))
  const page = Math.min(pages, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  return render(
    c,
    <FilePage
      view={viewOf(c)}
      file={await readFile(services, actor, family)}
      events={events.slice((page - 1) * PAGE, page * PAGE)}
      page={page}
      pages={pages}
      kind={kind}
      today={parisDay(now)}
      people={people}
      notes={await listNotes(db, actor.organisationId, family.id)}
      form={again?.form ?? new Map()}
      mayViewAs={
        may(actor.grants, 'family.view-as', 'anywhere') && (await holdsAll(services, actor, family.id))
      }
      mayTakeMoney={may(actor.grants, 'desk.record', 'anywhere')}
      mayReadJournal={may(actor.grants, 'journal.read', 'anywhere')}
      saved={peopleTexts.saved[c.req.query('note') ?? '']}
      undo={undoOf(c, family.id, people)}
      {...(again && { problems: again.problems })}
    />,
    again ? 422 : 200,
  )
}

/** Taking back a leaving that was just noted. */
function undoOf(c: Context<Env>, familyId: FamilyId, people: People) {
  if (c.req.query('note') !== 'depart') return undefined
  const adult = people.accesses.find(({ adultId }) => adultId === c.req.query('adult'))
  const child = people.children.find(({ id }) => id === c.req.query('child'))
  const action = adult
    ? paths.office.personLeaving('adult', familyId, adult.adultId)
    : child && paths.office.personLeaving('child', familyId, child.id)
  const name = adult?.name ?? child?.name
  return action === undefined || name === undefined
    ? undefined
    : { action, label: peopleTexts.undoLeaving(name) }
}

async function readTimeline(
  { db, clock }: Services,
  { organisationId, grants }: StaffActor,
  familyId: FamilyId,
) {
  const reach = reachOf(grants, 'family.read')
  const [operations, mails, notes] = await Promise.all([
    listOperations(db, organisationId, familyId, later(clock.now(), EVERYTHING_MS)),
    listFileMails(db, organisationId, familyId, MAILS),
    listNotes(db, organisationId, familyId),
  ])
  return timelineOf(
    operations.filter(({ billingUnitId }) => reaches(reach, billingUnitId)),
    mails,
    notes,
  )
}

async function readFile(
  { db, clock }: Services,
  actor: StaffActor,
  family: FamilyHeader,
): Promise<FamilyFile> {
  const { organisationId } = actor
  const reach = reachOf(actor.grants, 'family.read')
  const [adults, units, standings, pending] = await Promise.all([
    listFileAdults(db, organisationId, family.id),
    listFamilyUnits(db, organisationId, family.id),
    listStandings(db, organisationId, family.id, clock.now()),
    listPendingPayments(db, organisationId, family.id),
  ])
  return {
    family,
    adults,
    pending: pending.length,
    standings: units.flatMap((unit) => {
      const standing = standings.find(({ unitId }) => unitId === unit.id)
      return standing && reaches(reach, unit.id) ? [{ unit, standing }] : []
    }),
  }
}
