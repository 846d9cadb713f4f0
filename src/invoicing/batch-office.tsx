// The doors of batches: choose and control, start, follow, stop, cancel, report.
import type { Context, Hono } from 'hono'
import { BYTE_ORDER_MARK, csvLine } from '../kernel/csv.ts'
import { parisDay, readFrenchDay } from '../kernel/dates.ts'
import { csvCents } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { reachOf, type Scope } from '../staff/rights.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { type BatchFilter, type Control, readControl } from './control-store.ts'
import { BatchListPage, type TypedBatch } from './batch-list-page.tsx'
import { BatchPage } from './batch-page.tsx'
import { type Batch, countRows, findBatch, findCancelEnd, listBatches, listReport } from './batch-store.ts'
import { batchTexts as words } from './invoice-texts.ts'
import { listPlaces, type Place } from './places.ts'
import { cancelBatch, resumeBatch, startBatch, stopBatch } from './start-batch.ts'

const SHOWN = 200
const BATCHES = 20
const CSV_LIMIT = 200_000

/** `/gestion/factures/lots` and one batch under it. */
export function batchDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.batches, 'invoice.issue', (c, actor) => showBatches(c, services, actor))
  office.post(paths.office.batches, 'invoice.issue', (c, actor) => postBatch(c, services, actor))
  office.get(paths.office.batch(':id'), 'invoice.issue', async (c, actor) =>
    showBatch(c, services, actor, await requireBatch(c, services, actor)),
  )
  office.post(paths.office.batch(':id'), 'invoice.issue', (c, actor) => postTurn(c, services, actor))
  office.get(paths.office.batchCsv(':id'), 'invoice.issue', (c, actor) => sendReport(c, services, actor))
}

type Choice = { readonly name: string; readonly filter: BatchFilter; readonly scope: Scope }

/** Units as a whole, and establishments, where the actor may issue; by the value of the list's option. */
function choicesOf(places: readonly Place[], actor: StaffActor): ReadonlyMap<string, Choice> {
  const reach = reachOf(actor.grants, 'invoice.issue')
  const choices = new Map<string, Choice>()
  const none = { from: undefined, to: undefined }
  for (const { unit } of places)
    if (reach === 'all' || reach.unitIds.includes(unit.id))
      choices.set(`u:${unit.id}`, {
        name: words.unit(unit.name),
        filter: { unitId: unit.id, establishmentId: undefined, ...none },
        scope: { unitId: unit.id },
      })
  for (const { id, name, unit } of places)
    choices.set(`e:${id}`, {
      name,
      filter: { unitId: unit.id, establishmentId: id, ...none },
      scope: { unitId: unit.id, establishmentId: id },
    })
  return choices
}

type ReadChoice = {
  readonly typed: TypedBatch
  readonly choices: ReadonlyMap<string, Choice>
  readonly choice: Choice | undefined
  readonly problems: Problems
}

async function readChoice(
  { db }: Services,
  actor: StaffActor,
  value: (name: 'lieu' | 'du' | 'au') => string,
): Promise<ReadChoice> {
  const choices = choicesOf(await listPlaces(db, actor, 'invoice.issue'), actor)
  const typed = { lieu: value('lieu'), du: value('du').trim(), au: value('au').trim() }
  const [from, to] = [readFrenchDay(typed.du), readFrenchDay(typed.au)]
  const problems = (['du', 'au'] as const)
    .filter((name) => typed[name] !== '' && !readFrenchDay(typed[name]))
    .map((name) => ({ field: name, message: words.badDay }))
  const found = choices.get(typed.lieu)
  return { typed, choices, choice: found && { ...found, filter: { ...found.filter, from, to } }, problems }
}

async function showBatches(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  refused?: { readonly read: ReadChoice; readonly problems: Problems; readonly accepted: readonly string[] },
): Promise<Response> {
  const { db, clock } = services
  const { organisationId } = actor
  const now = clock.now()
  const read = refused?.read ?? (await readChoice(services, actor, (name) => c.req.query(name) ?? ''))
  const problems = refused?.problems ?? read.problems
  const { choice } = read
  const control: Control | undefined =
    choice && read.problems.length === 0
      ? await readControl(db, organisationId, choice.filter, parisDay(now), SHOWN)
      : undefined
  return render(
    c,
    <BatchListPage
      view={viewOf(c)}
      typed={read.typed}
      options={[...read.choices].map(([value, { name }]) => [value, name] as const)}
      control={control}
      accepted={refused?.accepted ?? []}
      batchId={newId<'batch'>(now)}
      batches={await listBatches(db, organisationId, reachOf(actor.grants, 'invoice.issue'), BATCHES)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function postBatch(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { db, clock } = services
  const read = await readChoice(services, actor, (name) => field(form, name))
  const { choice, typed } = read
  const id = readId<'batch'>(field(form, 'lot'))
  const accepted = (form.get('malgre') ?? []).flatMap((one) => readId<'draft'>(one) ?? [])
  if (!choice || !id || read.problems.length > 0)
    return showBatches(c, services, actor, {
      read,
      accepted,
      problems: read.problems.length > 0 ? read.problems : [{ field: 'lieu', message: words.choose }],
    })
  allow(actor, 'invoice.issue', choice.scope)
  const now = clock.now()
  const asked = { id, said: words.said(choice.name, typed.du, typed.au), filter: choice.filter, accepted }
  const started = await db.transaction((tx) => startBatch(tx, authorHere(c, actor), asked, now))
  if (started.ok) return c.redirect(paths.office.batch(id), 303)
  return showBatches(c, services, actor, {
    read,
    accepted,
    problems: [{ field: '', message: words.failures[started.failure] }],
  })
}

/** The batch of this address, where the actor may issue; another organisation's is not found. */
async function requireBatch(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<Batch> {
  const id = readId<'batch'>(c.req.param('id'))
  const batch = (id && (await findBatch(db, actor.organisationId, id))) ?? notFound()
  const places = await listPlaces(db, actor, 'invoice.issue')
  const isReached = places.some(({ unit }) => unit.id === batch.unitId)
  if (!isReached) allow(actor, 'invoice.issue', { unitId: batch.unitId })
  return batch
}

async function showBatch(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  batch: Batch,
  problems: Problems = [],
): Promise<Response> {
  const { organisationId } = actor
  const now = clock.now()
  const until = await findCancelEnd(db, organisationId, batch.id)
  return render(
    c,
    <BatchPage
      view={viewOf(c)}
      batch={batch}
      counts={await countRows(db, organisationId, batch.id)}
      rows={await listReport(db, organisationId, batch.id, SHOWN)}
      shown={SHOWN}
      cancelUntil={until !== null && until > now ? until : undefined}
      now={now}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function postTurn(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const batch = await requireBatch(c, services, actor)
  const { db, clock } = services
  const verb = { arreter: stopBatch, reprendre: resumeBatch, annuler: cancelBatch }[field(form, 'geste')]
  if (!verb) return c.redirect(paths.office.batch(batch.id), 303)
  const done = await db.transaction((tx) => verb(tx, authorHere(c, actor), batch.id, clock.now()))
  if (done.ok) return c.redirect(paths.office.batch(batch.id), 303)
  const message = words.failures[done.failure]
  return showBatch(c, services, actor, await requireBatch(c, services, actor), [{ field: '', message }])
}

async function sendReport(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const batch = await requireBatch(c, services, actor)
  const rows = await listReport(services.db, actor.organisationId, batch.id, CSV_LIMIT)
  const { family, number, total, state, why } = words.columns
  const lines = rows.map((one) => [
    one.familyName,
    one.number ?? '',
    csvCents(one.total),
    words.rows[one.state],
    one.reasons.map(words.reason).join(', '),
  ])
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="lot-${parisDay(batch.startedAt)}.csv"`)
  return c.body(
    BYTE_ORDER_MARK + [[family, number, total, state, why], ...lines].map(csvLine).join('\r\n') + '\r\n',
  )
}
