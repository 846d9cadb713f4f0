// Reminders: what would leave, the sending, and the report.
import type { Context, Hono } from 'hono'
import { parisDay } from '../kernel/dates.ts'
import { type FamilyId, readId } from '../kernel/ids.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { staffName, type StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { may, reaches, reachOf } from '../staff/rights.ts'
import { listPayerAddresses } from '../billing/store.ts'
import { field, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import type { Debtor } from './filter.ts'
import { readFilter } from './read-filter.ts'
import { readProspect, remindFamily } from './remind-families.ts'
import { PreviewPage, ReportPage, type Previewed } from './reminder-page.tsx'
import { listRound } from './reminder-store.ts'
import { listDebtors, listLines } from './store.ts'
import { writeReminderMail } from './write-reminder.ts'

/** So many families in one go: a page, a form and a few seconds. */
export const MOST_REMINDED = 300

/** `/gestion/impayes/relances`: a preview of those chosen; with `tour`, the report of a round. */
export function reminderDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.reminders, 'reminder.send', (c, actor) =>
    c.req.query('tour') === undefined ? preview(c, services, actor) : report(c, services, actor),
  )
  office.post(paths.office.reminders, 'reminder.send', (c, actor) => send(c, services, actor))
}

const readPairs = (words: readonly string[], actor: StaffActor): Debtor[] => {
  const reach = reachOf(actor.grants, 'reminder.send')
  return words.slice(0, MOST_REMINDED).flatMap((word) => {
    const [family, unit] = word.split('.')
    const [familyId, unitId] = [readId<'family'>(family), readId<'billingUnit'>(unit)]
    return familyId && unitId && reaches(reach, unitId) ? [{ familyId, unitId }] : []
  })
}

async function preview(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const { db, clock } = services
  const { organisationId } = actor
  const now = clock.now()
  const { filter, typed } = readFilter(c)
  const asked = {
    organisationId,
    reach: reachOf(actor.grants, 'reminder.send'),
    filter,
    today: parisDay(now),
  }
  const pairs =
    c.req.query('choix') === 'tous'
      ? await listDebtors(db, asked, { after: undefined, limit: MOST_REMINDED })
      : readPairs(c.req.queries('f') ?? [], actor)
  // Narrowed to nothing but the reach: what is chosen is shown, whatever the filter it was chosen under.
  const everything = {
    ...filter,
    unitId: undefined,
    establishmentId: undefined,
    age: undefined,
    mode: undefined,
  }
  const lines = await listLines(db, { ...asked, filter: everything }, pairs)
  const previewed: Previewed[] = []
  for (const line of lines) {
    const whose = { organisationId, familyId: line.familyId, unitId: line.unitId }
    previewed.push({ line, ...(await readProspect(db, whose, now)) })
  }
  const first = previewed.find(({ outcome }) => outcome === 'planned')
  return render(
    c,
    <PreviewPage
      view={viewOf(c)}
      roundId={newId<'round'>(now)}
      previewed={previewed}
      example={first && (await exampleOf(services, actor, first))}
      typed={typed}
      isCapped={pairs.length === MOST_REMINDED ? MOST_REMINDED : undefined}
    />,
  )
}

/** The very mail that the first family's first payer would receive. */
async function exampleOf(services: Services, { organisationId }: StaffActor, { line }: Previewed) {
  const { familyId, unitId: billingUnitId } = line
  const [payer] = await listPayerAddresses(services.db, organisationId, familyId)
  if (!payer) return undefined
  const plan = { kind: 'reminder', adultId: payer.id, familyId, billingUnitId } as const
  return writeReminderMail(services, organisationId, plan)
}

async function send(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const roundId = readId<'round'>(field(form, 'tour')) ?? notFound()
  const { db, clock } = services
  const { organisationId } = actor
  const now = clock.now()
  const round = { roundId, by: staffName(actor) }
  // A family each its own transaction: what was sent stays sent, and the same form goes on from there.
  for (const { familyId, unitId } of readPairs(form.get('f') ?? [], actor))
    await db.transaction(async (tx) => {
      const whose = { organisationId, familyId: familyId as FamilyId, unitId }
      if ((await remindFamily(tx, whose, round, now)) !== 'planned') return
      await recordAct(tx, authorHere(c, actor), { kind: 'family.reminded', familyId: whose.familyId }, now)
    })
  return c.redirect(`${paths.office.reminders}?tour=${roundId}`, 303)
}

async function report(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<Response> {
  const roundId = readId<'round'>(c.req.query('tour')) ?? notFound()
  const found = await listRound(db, actor.organisationId, roundId)
  const seen = found.filter(({ unitId }) => may(actor.grants, 'reminder.send', { unitId }))
  if (seen.length === 0) return notFound()
  return render(c, <ReportPage view={viewOf(c)} lines={seen} />)
}
