// The doors on which families, adults and children are added, changed, and leave.
import type { Context, Hono } from 'hono'
import { parisDay, readFrenchDay } from '../kernel/dates.ts'
import { readId } from '../kernel/ids.ts'
import { listAccesses } from '../families/access-store.ts'
import { mergedValues, readRecord, type Values } from '../families/record.ts'
import { readPerson } from '../families/record-store.ts'
import type { Services } from '../platform/services.ts'
import { newId } from '../platform/secrets.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { field, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import type { FamilyHeader } from './file-store.ts'
import { LeavingForm } from './leaving-form.tsx'
import { bornLater, tellMoved, unseenDoubles } from './look-twice.ts'
import { peopleTexts as words } from './people-texts.ts'
import { keepElsewhere, listPlaceChoices } from './place-choices.ts'
import { originIn, problemsOf, typedIn } from './record-form.ts'
import { RecordPage, type RecordPageProps } from './record-page.tsx'
import { requireFamilyFile } from './require-file.ts'
import { addRecord, nameIn, readStored, recordLeaving, type RecordOf, saveRecord } from './save-record.ts'

type PersonKind = 'adult' | 'child'
/** What this form is about, once the family is known. */
type Subject = {
  readonly family: FamilyHeader
  readonly record: RecordOf
  /** Undefined: it is being added. */
  readonly stored: Values | undefined
}

/** `/gestion/familles/…/modifier`, `/responsables/…`, `/enfants/…`. */
export function peopleDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.editFamily(':id'), 'family.edit', async (c, actor) =>
    show(c, services, actor, await familySubject(c, services, actor)),
  )
  office.post(paths.office.editFamily(':id'), 'family.edit', async (c, actor) =>
    post(c, services, actor, await familySubject(c, services, actor)),
  )
  for (const kind of ['adult', 'child'] as const) {
    const path = paths.office.person(kind, ':id', ':personne')
    office.get(path, 'family.edit', async (c, actor) =>
      show(c, services, actor, await personSubject(c, services, actor, kind)),
    )
    office.post(path, 'family.edit', async (c, actor) =>
      post(c, services, actor, await personSubject(c, services, actor, kind)),
    )
    office.post(paths.office.personLeaving(kind, ':id', ':personne'), 'family.edit', (c, actor) =>
      postLeaving(c, services, actor, kind),
    )
  }
}

async function familySubject(c: Context<Env>, services: Services, actor: StaffActor): Promise<Subject> {
  const family = await requireFamilyFile(c, services, actor, 'family.edit')
  const record = { kind: 'family', familyId: family.id } as const
  return { family, record, stored: await readStored(services.db, actor.organisationId, record) }
}

async function personSubject(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  kind: PersonKind,
): Promise<Subject> {
  const family = await requireFamilyFile(c, services, actor, 'family.edit')
  const asked = c.req.param('personne')
  const id = asked === 'nouveau' ? newId(services.clock.now()) : readId(asked)
  if (!id) return notFound()
  const record = { kind, familyId: family.id, id } as RecordOf
  const stored = await readStored(services.db, actor.organisationId, record)
  return asked === 'nouveau' || stored ? { family, record, stored } : notFound()
}

async function show(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  subject: Subject,
  again: Partial<RecordPageProps> = {},
): Promise<Response> {
  const { family, record, stored } = subject
  const { db, clock } = services
  const values = again.values ?? stored ?? (record.kind === 'family' ? {} : { lastName: family.name })
  const places = record.kind === 'child' ? await listPlaceChoices(db, actor, values) : undefined
  const file = paths.office.family(family.id)
  const title = {
    family: words.titles.family(family.name),
    adult: words.titles.adult,
    child: words.titles.child,
  }
  return render(
    c,
    <RecordPage
      view={viewOf(c)}
      title={stored && record.kind !== 'family' ? words.titles.person(nameIn(stored)) : title[record.kind]}
      kind={record.kind}
      action={c.req.path}
      cancel={file}
      {...(stored || record.kind === 'family' ? {} : { newId: record.id })}
      values={values}
      origin={stored ?? {}}
      fixed={await fixedFields(services, actor, record)}
      family={family}
      {...places}
      {...again}
    >
      {stored && record.kind !== 'family' && (
        <LeavingForm
          view={viewOf(c)}
          kind={record.kind}
          action={paths.office.personLeaving(record.kind, family.id, record.id)}
          leftOn={(await readPerson(db, actor.organisationId, record))?.leftOn ?? null}
          today={parisDay(clock.now())}
          problems={again.problems}
        />
      )}
    </RecordPage>,
    again.problems || again.moved || again.doubles ? 422 : 200,
  )
}

/** An address that opens the portal is not simply typed over. */
async function fixedFields({ db, clock }: Services, actor: StaffActor, record: RecordOf) {
  if (record.kind !== 'adult') return {}
  const accesses = await listAccesses(db, actor.organisationId, record.familyId, clock.now())
  const access = accesses.find(({ adultId }) => adultId === record.id)
  if (!access || access.activatedAt === null) return {}
  return {
    email: (
      <>
        {words.emailActive}{' '}
        <a href={paths.office.adultAccess(record.familyId, record.id)}>{words.emailActiveLink}</a>
      </>
    ),
  }
}

async function post(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  subject: Subject,
): Promise<Response> {
  const form = await readForm(c)
  const { family, stored } = subject
  const { db, clock } = services
  const added = readId(field(form, 'cle'))
  const record =
    !stored && added && subject.record.kind !== 'family'
      ? ({ ...subject.record, id: added } as RecordOf)
      : subject.record
  const { kind } = record
  const fixed = stored ? Object.keys(await fixedFields(services, actor, record)) : []
  const keep = Object.fromEntries(fixed.map((key) => [key, stored?.[key] ?? '']))
  const elsewhere = await keepElsewhere(db, actor, typedIn(kind, form), stored)
  const read = readRecord(kind, { ...elsewhere, ...keep })
  const origin = { ...originIn(kind, form), ...keep }
  const problems = [...problemsOf(read), ...bornLater(read.values, services)]
  const again = { values: read.values, origin: stored ? origin : {} }
  const here = { ...subject, record }
  if (problems.length > 0) return show(c, services, actor, here, { ...again, problems })
  if (!stored) {
    const doubles = await unseenDoubles(services, actor, { ...record, values: read.values }, form)
    if (doubles.length > 0) return show(c, services, actor, here, { ...again, doubles })
  }
  const author = authorHere(c, actor)
  const saved = await db.transaction(async (tx) => {
    const now = clock.now()
    if (stored) return saveRecord(tx, author, record, { origin, typed: read.values }, now)
    await addRecord(tx, author, record, read.values, now)
    return { ok: true, value: 'saved' } as const
  })
  if (!saved.ok && saved.failure.kind === 'gone') return notFound()
  if (!saved.ok && saved.failure.kind === 'moved') {
    const now = saved.failure.stored
    const moved = await tellMoved(services, actor, record, { origin, typed: read.values, now })
    const values = mergedValues(origin, read.values, now)
    return show(c, services, actor, { ...here, stored: now }, { values, origin: now, moved })
  }
  const note = { family: 'famille', adult: 'responsable', child: 'enfant' }[kind]
  const said = saved.ok && saved.value === 'same' ? 'egal' : note
  return c.redirect(`${paths.office.family(family.id)}?note=${said}`, 303)
}

async function postLeaving(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  kind: PersonKind,
): Promise<Response> {
  const form = await readForm(c)
  const subject = await personSubject(c, services, actor, kind)
  const { record, family, stored } = subject
  if (!stored || record.kind === 'family') return notFound()
  const { db, clock } = services
  const now = clock.now()
  const back = field(form, 'geste') === 'retour'
  const leftOn = back ? null : readFrenchDay(field(form, 'depart'))
  const message = leftOn === undefined ? words.leaving.badDay : words.leaving.later
  if (leftOn === undefined || (kind === 'adult' && leftOn !== null && leftOn > parisDay(now)))
    return show(c, services, actor, subject, { problems: [{ field: 'depart', message }] })
  await db.transaction((tx) => recordLeaving(tx, authorHere(c, actor), record, leftOn, now))
  const undo = new URLSearchParams({ note: back ? 'retour' : 'depart', [kind]: record.id })
  return c.redirect(`${paths.office.family(family.id)}?${undo.toString()}`, 303)
}
