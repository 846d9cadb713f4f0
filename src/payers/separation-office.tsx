// The door of « Séparer en deux payeurs ».
import type { Context, Hono } from 'hono'
import type { FamilyHeader } from '../households/file-store.ts'
import { readEmail } from '../identity/names.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { type ChildId, readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { readDay } from './office.tsx'
import { openFile } from './open-file.ts'
import { listMembers, listSharedChildren } from './people-store.ts'
import { separateFamily, type Separation } from './separate-family.ts'
import { SeparationPage } from './separation-page.tsx'
import { texts } from './texts.ts'

/** `/gestion/familles/:id/separation`. */
export function separationDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.separate(':id'), 'family.edit', async (c, actor) => {
    const family = await openFile(c, services, actor, 'family.edit')
    const kids = await listSharedChildren(services.db, actor.organisationId, family.id)
    const form = new Map([
      ['nom-dossier', [family.name]],
      ['depuis', [formatDay(parisDay(services.clock.now()))]],
      ['enfants', kids.map(({ id }) => id)],
    ])
    return showSeparation(c, services, actor, family, form)
  })
  office.post(paths.office.separate(':id'), 'family.edit', async (c, actor) => {
    const form = await readForm(c)
    const family = await openFile(c, services, actor, 'family.edit')
    const { problems, separation } = readSeparation(form, family)
    if (!separation) return showSeparation(c, services, actor, family, form, problems)
    const { db, clock } = services
    const author = authorHere(c, actor)
    const separated = await db.transaction((tx) => separateFamily(tx, author, separation, clock.now()))
    if (separated.ok) return c.redirect(`${paths.office.payers(separated.value)}?note=separe`, 303)
    return showSeparation(c, services, actor, family, form, [
      { field: 'payeur', message: texts.failures[separated.failure] },
    ])
  })
}

async function showSeparation(
  c: Context<Env>,
  { db }: Services,
  { organisationId }: StaffActor,
  family: FamilyHeader,
  form: Form,
  problems: Problems = [],
): Promise<Response> {
  return render(
    c,
    <SeparationPage
      view={viewOf(c)}
      family={family}
      members={await listMembers(db, organisationId, family.id)}
      kids={await listSharedChildren(db, organisationId, family.id)}
      form={form}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

function readSeparation(
  form: Form,
  family: FamilyHeader,
): { readonly problems: Problems; readonly separation?: Separation } {
  const value = (name: string) => field(form, name).trim().replaceAll(/\s+/g, ' ').slice(0, 200)
  const isSomeone = field(form, 'payeur') === 'autre'
  const adultId = readId<'adult'>(field(form, 'payeur'))
  const typed = value('courriel')
  const email = typed === '' ? undefined : readEmail(typed)
  const sinceOn = readDay(field(form, 'depuis'))
  const postalCode = value('code-postal').replaceAll(' ', '')
  const missing = (name: string, message: string) => (value(name) === '' ? [{ field: name, message }] : [])
  const problems = [
    ...(isSomeone || adultId ? [] : [{ field: 'payeur', message: texts.problems.who }]),
    ...(isSomeone
      ? [
          ...missing('prenom', texts.problems.firstName),
          ...missing('nom', texts.problems.lastName),
          ...(typed === '' || email !== undefined
            ? []
            : [{ field: 'courriel', message: texts.problems.emailOrPaper }]),
        ]
      : []),
    ...missing('nom-dossier', texts.problems.name),
    ...missing('rue', texts.problems.street),
    ...(/^\d{5}$/.test(postalCode) ? [] : [{ field: 'code-postal', message: texts.problems.postalCode }]),
    ...missing('ville', texts.problems.city),
    ...(sinceOn ? [] : [{ field: 'depuis', message: texts.problems.day }]),
  ]
  if (problems.length > 0 || !sinceOn) return { problems }
  return {
    problems,
    separation: {
      familyId: family.id,
      payer: adultId ? { adultId } : { firstName: value('prenom'), lastName: value('nom'), email },
      name: value('nom-dossier'),
      address: value('rue'),
      postalCode,
      city: value('ville'),
      childIds: (form.get('enfants') ?? []).flatMap((one): ChildId[] => {
        const id = readId<'child'>(one)
        return id ? [id] : []
      }),
      sinceOn,
    },
  }
}
