// The doors of « À traiter ».
import type { Context, Hono } from 'hono'
import { parisDay } from '../kernel/dates.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import { allow, Detour } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { staffName, type StaffActor } from '../staff/actor.ts'
import { may, reachOf } from '../staff/rights.ts'
import { findTask, finishTask, type OpenTask, postponeTask } from '../tasks/store.ts'
import { texts as taskTexts } from '../tasks/texts.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { waitingOf } from './count-waiting.ts'
import { mailsDoor } from './mails-office.tsx'
import { WorklistPage } from './pages.tsx'
import { putOffDoor } from './put-off-office.tsx'
import { readPutOff } from './read-put-off.ts'
import { runChecks } from './run-checks.ts'
import { TaskPage } from './task-page.tsx'
import { texts } from './texts.ts'

const MAX_NOTE = 300

/** `/gestion`, `/gestion/taches/…`, blocks put off and mails in failure. */
export function worklistDoor(app: Hono<Env>, services: Services): void {
  putOffDoor(app, services)
  mailsDoor(app, services)
  const office = openOffice(app, services)
  office.get(paths.office.home, 'worklist.read', (c, actor) => showWorklist(c, services, actor))
  office.get(paths.office.task(':id'), 'worklist.treat', async (c, actor) => {
    const task = await requireTask(c, services, actor)
    return render(c, <TaskPage view={viewOf(c)} task={task} form={new Map()} />)
  })
  office.post(paths.office.task(':id'), 'worklist.treat', async (c, actor) => {
    const form = await readForm(c)
    const task = await requireTask(c, services, actor)
    return field(form, 'geste') === 'reporter'
      ? postpone(c, services, actor, task, form)
      : finish(c, services, actor, task, form)
  })
}

async function showWorklist(
  c: Context<Env>,
  { db, clock, log }: Services,
  actor: StaffActor,
): Promise<Response> {
  const now = clock.now()
  const treats = reachOf(actor.grants, 'worklist.treat')
  const saved = c.req.query('note') ?? ''
  const checked = await runChecks(db, actor, now, (check, err) => log.error({ check, err }, 'a check failed'))
  return render(
    c,
    <WorklistPage
      view={{ ...viewOf(c), waiting: waitingOf(checked) }}
      checked={checked}
      now={now}
      saved={Object.hasOwn(texts.saved, saved) ? (saved as keyof typeof texts.saved) : undefined}
      mayTreat={may(actor.grants, 'worklist.treat', 'anywhere')}
      mayPutOff={treats === 'all' || treats.unitIds.length > 0}
    />,
  )
}

async function requireTask(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<OpenTask> {
  const id = readId<'task'>(c.req.param('id'))
  const task = id && (await findTask(db, actor.organisationId, id))
  if (!task) return notFound()
  const { unitIds } = task
  const held = unitIds.find((unitId) => may(actor.grants, 'worklist.treat', { unitId })) ?? unitIds[0]
  allow(actor, 'worklist.treat', held === undefined ? 'organisation' : { unitId: held })
  if (task.isDone) throw new Detour(backWith('deja'))
  return task
}

const backWith = (saved: keyof typeof texts.saved): string => `${paths.office.home}?note=${saved}`

const again = (c: Context<Env>, task: OpenTask, form: Form, problems: Problems) =>
  render(c, <TaskPage view={viewOf(c)} task={task} form={form} problems={problems} />, 422)

/** A task by its kind's first words, as the journal names it. */
const nameOf = ({ kind, details }: OpenTask): string =>
  typeof details['reference'] === 'string' && details['reference'] !== ''
    ? details['reference']
    : (taskTexts.kinds[kind] ?? kind)

async function finish(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  task: OpenTask,
  form: Form,
): Promise<Response> {
  const note = field(form, 'fait').trim().slice(0, MAX_NOTE)
  if (note === '') return again(c, task, form, [{ field: 'fait', message: texts.task.missingDone }])
  const now = clock.now()
  const isMine = await db.transaction(async (tx) => {
    if (!(await finishTask(tx, actor.organisationId, task.id, { by: staffName(actor), note }, now)))
      return false
    const act = { kind: 'task.done', object: nameOf(task), reason: note } as const
    await recordAct(tx, authorHere(c, actor), act, now)
    return true
  })
  return c.redirect(backWith(isMine ? 'faite' : 'deja'), 303)
}

async function postpone(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  task: OpenTask,
  form: Form,
): Promise<Response> {
  const now = clock.now()
  const { until, day, note, problems } = readPutOff(form, now)
  if (!until) return again(c, task, form, problems)
  const isMine = await db.transaction(async (tx) => {
    if (!(await postponeTask(tx, actor.organisationId, task.id, until, note))) return false
    const act = {
      kind: 'task.postponed',
      object: nameOf(task),
      reason: note,
      changes: { until: { before: task.notBefore && parisDay(task.notBefore), after: day } },
    } as const
    await recordAct(tx, authorHere(c, actor), act, now)
    return true
  })
  return c.redirect(backWith(isMine ? 'reportee' : 'deja'), 303)
}
