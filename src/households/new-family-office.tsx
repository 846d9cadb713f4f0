// The doors of « Nouvelle famille ».
import type { Context, Hono } from 'hono'
import { readRecord, type Values } from '../families/record.ts'
import { readMobile } from '../identity/names.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import { newId } from '../platform/secrets.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { field, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { unseenDoubles } from './look-twice.ts'
import { peopleTexts as words } from './people-texts.ts'
import { listUnitChoices } from './place-choices.ts'
import { MAX_QUERY } from './query.ts'
import { problemsOf, typedIn } from './record-form.ts'
import { RecordPage, type RecordPageProps } from './record-page.tsx'
import { addRecord, dealWith } from './save-record.ts'

/** `/gestion/familles/nouvelle`: to be registered before the families' own addresses. */
export function newFamilyDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.newFamily, 'family.edit', (c, actor) =>
    show(c, services, actor, newId(services.clock.now()), [], {
      values: prefilled((c.req.query('q') ?? '').slice(0, MAX_QUERY)),
    }),
  )
  office.post(paths.office.newFamily, 'family.edit', (c, actor) => post(c, services, actor))
}

/** What was searched is a telephone number, or else a name; a number of something is neither. */
function prefilled(searched: string): Values {
  const phone = readMobile(searched)
  if (phone !== undefined) return { phone }
  return /\d|@/.test(searched) ? {} : { name: searched.trim().toUpperCase() }
}

async function show(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  id: string,
  ticked: readonly string[],
  page: Pick<RecordPageProps, 'values' | 'problems' | 'doubles'>,
): Promise<Response> {
  return render(
    c,
    <RecordPage
      view={viewOf(c)}
      title={words.titles.newFamily}
      lede={words.newFamilyLede}
      kind="family"
      action={paths.office.newFamily}
      cancel={paths.office.search}
      newId={id}
      origin={{}}
      units={await listUnitChoices(services.db, actor, ticked)}
      {...page}
    />,
    page.problems || page.doubles ? 422 : 200,
  )
}

async function post(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { db, clock } = services
  const now = clock.now()
  const familyId = readId<'family'>(field(form, 'cle')) ?? newId<'family'>(now)
  const read = readRecord('family', typedIn('family', form))
  const ticked = form.get('services') ?? []
  const choices = await listUnitChoices(db, actor, [])
  const units = choices.filter(({ value }) => ticked.includes(value))
  const problems = [
    ...problemsOf(read),
    ...(units.length === 0 && choices.length > 0 ? [{ field: 'services', message: words.missingUnit }] : []),
  ]
  const { values } = read
  if (problems.length > 0) return show(c, services, actor, familyId, ticked, { values, problems })
  const record = { kind: 'family', familyId } as const
  const doubles = await unseenDoubles(services, actor, { ...record, values }, form)
  if (doubles.length > 0) return show(c, services, actor, familyId, ticked, { values, doubles })
  await db.transaction(async (tx) => {
    const isNew = await addRecord(tx, authorHere(c, actor), record, values, now)
    const unitIds = units.map(({ id }) => id)
    if (isNew) await dealWith(tx, actor.organisationId, familyId, unitIds, now)
  })
  return c.redirect(`${paths.office.family(familyId)}?note=creee`, 303)
}
