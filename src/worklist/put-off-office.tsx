// A block of « À traiter » put off, or taken up again.
import type { Context, Hono } from 'hono'
import type { Services } from '../platform/services.ts'
import { staffName, type StaffActor } from '../staff/actor.ts'
import { RightMissing } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { type Reach, reachOf } from '../staff/rights.ts'
import { field, type Form, readForm } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { Card } from '../web/ui.tsx'
import { type Check, findCheck } from './checks.ts'
import { putOff, takeUp } from './postponement-store.ts'
import { PutOffForm } from './put-off-form.tsx'
import { readPutOff } from './read-put-off.ts'
import { texts } from './texts.ts'

/** `/gestion/a-traiter/report`. */
export function putOffDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.putOff, 'worklist.treat', (c, actor) => {
    requireReach(actor)
    return showForm(c, findCheck(c.req.query('bloc')) ?? notFound(), new Map(), [])
  })
  office.post(paths.office.putOff, 'worklist.treat', async (c, actor) => {
    const form = await readForm(c)
    const reach = requireReach(actor)
    const check = findCheck(field(form, 'bloc')) ?? notFound()
    return field(form, 'geste') === 'reprendre'
      ? takeUpBlock(c, services, actor, reach, check)
      : putOffBlock(c, services, actor, reach, check, form)
  })
}

/** Where the person treats whole units: a block is put off for all who work there. */
function requireReach(actor: StaffActor): Reach {
  const reach = reachOf(actor.grants, 'worklist.treat')
  if (reach !== 'all' && reach.unitIds.length === 0) throw new RightMissing('worklist.treat')
  return reach
}

const showForm = (
  c: Context<Env>,
  { name }: Check,
  form: Form,
  problems: ReturnType<typeof readPutOff>['problems'],
) =>
  render(
    c,
    <OfficePage
      view={viewOf(c)}
      title={texts.putOff.title(texts.checks[name].title)}
      crumb={<a href={paths.office.home}>{texts.task.back}</a>}
      lede={texts.putOff.lede}
      current="worklist"
      problems={problems}
    >
      <Card class="petite">
        <p class="etiq">{texts.putOff.everything}</p>
        <PutOffForm
          view={viewOf(c)}
          action={paths.office.putOff}
          hidden={[['bloc', name]]}
          form={form}
          problems={problems}
        />
      </Card>
    </OfficePage>,
    problems.length > 0 ? 422 : 200,
  )

async function putOffBlock(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  reach: Reach,
  check: Check,
  form: Form,
): Promise<Response> {
  const now = clock.now()
  const { until, day, note, problems } = readPutOff(form, now)
  if (!until) return showForm(c, check, form, problems)
  await db.transaction(async (tx) => {
    const said = { check: check.name, until, reason: note, by: staffName(actor) }
    await putOff(tx, actor.organisationId, reach, said, now)
    const object = texts.checks[check.name].title
    const act = { kind: 'task.postponed', object, reason: note, changes: { until: { after: day } } } as const
    await recordAct(tx, authorHere(c, actor), act, now)
  })
  return c.redirect(`${paths.office.home}?note=bloc-reporte`, 303)
}

async function takeUpBlock(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  reach: Reach,
  { name }: Check,
): Promise<Response> {
  await db.transaction(async (tx) => {
    if (!(await takeUp(tx, actor.organisationId, reach, name))) return
    const act = { kind: 'task.taken-up', object: texts.checks[name].title } as const
    await recordAct(tx, authorHere(c, actor), act, clock.now())
  })
  return c.redirect(`${paths.office.home}?note=repris`, 303)
}
