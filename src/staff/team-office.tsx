// The doors of « Équipe et droits ».
import type { Context, Hono } from 'hono'
import { readEmail } from '../identity/names.ts'
import { readId } from '../kernel/ids.ts'
import { listEstablishments, listUnits } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import type { StaffActor } from './actor.ts'
import { allow } from './guard.ts'
import {
  giveRole,
  inviteMember,
  removeAuthenticator,
  renewInvitation,
  suspendMember,
  takeRole,
} from './manage-team.ts'
import type { Place } from './member-store.ts'
import { authorHere, openOffice } from './open-office.ts'
import { type Role, ROLES } from './rights.ts'
import { InvitePage, MemberPage, type PlaceOption } from './member-pages.tsx'
import { TeamPage } from './team-pages.tsx'
import { findTeamMember, listTeam, type TeamMember } from './team-store.ts'
import { teamTexts as words } from './team-texts.ts'

const EMPTY: Form = new Map()

/** `/gestion/equipe` and what is under it: whoever manages the team manages the whole of it. */
export function teamDoor(app: Hono<Env>, services: Services): void {
  const { db } = services
  const office = openOffice(app, services)
  office.get(paths.office.team, 'team.manage', async (c, actor) => {
    allow(actor, 'team.manage', 'organisation')
    const saved = c.req.query('note') ?? ''
    return render(
      c,
      <TeamPage
        view={viewOf(c)}
        team={await listTeam(db, actor.organisationId)}
        saved={Object.hasOwn(words.saved, saved) ? (saved as keyof typeof words.saved) : undefined}
      />,
    )
  })
  office.get(paths.office.invite, 'team.manage', async (c, actor) => {
    allow(actor, 'team.manage', 'organisation')
    return render(
      c,
      <InvitePage view={viewOf(c)} form={EMPTY} places={optionsOf(await placesOf(services, actor))} />,
    )
  })
  office.post(paths.office.invite, 'team.manage', (c, actor) => postInvitation(c, services, actor))
  office.get(paths.office.member(':id'), 'team.manage', (c, actor) => showMember(c, services, actor, EMPTY))
  office.post(paths.office.member(':id'), 'team.manage', (c, actor) => postMember(c, services, actor))
}

type Places = ReadonlyMap<string, { readonly name: string; readonly place: Place }>

/** Where a role may hold, by the value of the list's option. */
async function placesOf({ db }: Services, { organisationId }: StaffActor): Promise<Places> {
  const units = await listUnits(db, organisationId)
  const establishments = await listEstablishments(db, organisationId)
  const places = new Map<string, { readonly name: string; readonly place: Place }>()
  places.set('', { name: words.whole, place: {} })
  for (const { id, name } of units) places.set(`u:${id}`, { name, place: { unitId: id } })
  for (const { id, name } of establishments) places.set(`e:${id}`, { name, place: { establishmentId: id } })
  return places
}

const optionsOf = (places: Places): readonly PlaceOption[] =>
  [...places].map(([value, { name }]) => [value, name] as const)

function readRole(
  form: Form,
  places: Places,
): { problems: Problems; given?: { role: Role; place: Place; placeName: string } } {
  const role = ROLES.find((one) => one === field(form, 'role'))
  const place = places.get(field(form, 'lieu'))
  const problems = [
    ...(role ? [] : [{ field: 'role', message: words.problems.role }]),
    ...(place ? [] : [{ field: 'lieu', message: words.problems.place }]),
  ]
  return role && place
    ? { problems, given: { role, place: place.place, placeName: place.name } }
    : { problems }
}

async function postInvitation(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  allow(actor, 'team.manage', 'organisation')
  const places = await placesOf(services, actor)
  const again = (problems: Problems) =>
    render(c, <InvitePage view={viewOf(c)} form={form} places={optionsOf(places)} problems={problems} />, 422)
  const value = (name: string) => field(form, name).trim().replaceAll(/\s+/g, ' ').slice(0, 100)
  const email = readEmail(field(form, 'courriel'))
  const { problems: roleProblems, given } = readRole(form, places)
  const problems = [
    ...(value('prenom') === '' ? [{ field: 'prenom', message: words.problems.firstName }] : []),
    ...(value('nom') === '' ? [{ field: 'nom', message: words.problems.lastName }] : []),
    ...(email === undefined ? [{ field: 'courriel', message: words.problems.email }] : []),
    ...roleProblems,
  ]
  if (email === undefined || !given || problems.length > 0) return again(problems)
  const member = { identifier: email, email, firstName: value('prenom'), lastName: value('nom') }
  const invited = await services.db.transaction((tx) =>
    inviteMember(tx, authorHere(c, actor), member, given, services.clock.now()),
  )
  if (!invited.ok) return again([{ field: 'courriel', message: words.problems.taken }])
  return c.redirect(`${paths.office.team}?note=invitee`, 303)
}

async function requireMember(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<TeamMember> {
  const id = readId<'staff'>(c.req.param('id'))
  const member = id && (await findTeamMember(db, actor.organisationId, id))
  return member ?? notFound()
}

async function showMember(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  form: Form,
  problems?: Problems,
): Promise<Response> {
  allow(actor, 'team.manage', 'organisation')
  const member = await requireMember(c, services, actor)
  const places = optionsOf(await placesOf(services, actor))
  return render(
    c,
    <MemberPage
      view={viewOf(c)}
      member={member}
      places={places}
      form={form}
      {...(problems && { problems })}
    />,
    problems ? 422 : 200,
  )
}

async function postMember(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  allow(actor, 'team.manage', 'organisation')
  const { id, roles } = await requireMember(c, services, actor)
  const { db } = services
  const now = services.clock.now()
  const author = authorHere(c, actor)
  const act = async () => {
    switch (field(form, 'geste')) {
      case 'lien':
        return { saved: 'lien', done: await renewInvitation(db, author, id, now) } as const
      case 'application':
        return { saved: 'application', done: await removeAuthenticator(db, author, id, now) } as const
      case 'suspendre':
        return { saved: 'suspendu', done: await suspendMember(db, author, id, true, now) } as const
      case 'retablir':
        return { saved: 'retabli', done: await suspendMember(db, author, id, false, now) } as const
      case 'retirer': {
        const role = roles.find((one) => one.id === field(form, 'piece'))
        const placeName = role?.place ?? words.whole
        return {
          saved: 'role',
          done: role ? await takeRole(db, author, id, role.id, placeName, now) : undefined,
        } as const
      }
      default:
        return undefined
    }
  }
  if (field(form, 'geste') === 'donner') {
    const { problems, given } = readRole(form, await placesOf(services, actor))
    if (!given) return showMember(c, services, actor, form, problems)
    await giveRole(db, author, id, given, now)
    return c.redirect(`${paths.office.team}?note=role`, 303)
  }
  const acted = await act()
  if (!acted?.done)
    return showMember(c, services, actor, form, [{ field: '', message: words.failures.unknown }])
  if (!acted.done.ok)
    return showMember(c, services, actor, form, [{ field: '', message: words.failures[acted.done.failure] }])
  return c.redirect(`${paths.office.team}?note=${acted.saved}`, 303)
}
