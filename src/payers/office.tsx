// The doors of « Payeurs et accès »: roles, invitations, children shared.
import type { Context, Hono } from 'hono'
import { drawPdf } from '../documents/draw-pdf.ts'
import { findFamilies } from '../families/store.ts'
import type { FamilyHeader } from '../households/file-store.ts'
import { readEmail } from '../identity/names.ts'
import { type Day, parisDay, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import { readId } from '../kernel/ids.ts'
import { fail, type Result } from '../kernel/result.ts'
import { findOrganisation } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { may } from '../staff/rights.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { changeRole, removeAccess } from './change-role.ts'
import { type FileRole, invitationState, nameOf } from './invitation.ts'
import { invitationLetter } from './invitation-letter.ts'
import { findInvitation, invitationToken, listInvitations } from './invitation-store.ts'
import { inviteAdult, renewInvitation, withdrawInvitation } from './invite-adult.ts'
import { listMerges } from './merge-store.ts'
import { openFile, reachFile } from './open-file.ts'
import { PayersPage } from './people-page.tsx'
import { listMembers, listSharedChildren } from './people-store.ts'
import { shareChild, unshareChild } from './share-child.ts'
import { texts } from './texts.ts'

const EMPTY: Form = new Map()

/** `/gestion/familles/:id/payeurs`, and the letter of an invitation. */
export function payersDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.payers(':id'), 'family.access', async (c, actor) =>
    showPayers(c, services, actor, await openFile(c, services, actor, 'family.access'), EMPTY),
  )
  office.post(paths.office.payers(':id'), 'family.access', (c, actor) => postPayers(c, services, actor))
  office.get(paths.office.invitationLetter(':id'), 'family.access', (c, actor) =>
    showLetter(c, services, actor),
  )
}

async function showPayers(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  family: FamilyHeader,
  form: Form,
  problems: Problems = [],
): Promise<Response> {
  const { organisationId, grants } = actor
  const saved = c.req.query('note') ?? ''
  const mergeable = may(grants, 'family.merge', 'anywhere')
  return render(
    c,
    <PayersPage
      view={viewOf(c)}
      family={family}
      members={await listMembers(db, organisationId, family.id)}
      invitations={await listInvitations(db, organisationId, family.id)}
      kids={await listSharedChildren(db, organisationId, family.id)}
      merges={mergeable ? await listMerges(db, organisationId, family.id) : []}
      now={clock.now()}
      mayShare={may(grants, 'family.edit', 'anywhere')}
      mayMerge={mergeable}
      saved={
        Object.hasOwn(texts.office.saved, saved) ? (saved as keyof typeof texts.office.saved) : undefined
      }
      form={form}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

type Done = { readonly saved: string } | { readonly problems: Problems }

async function postPayers(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const family = await openFile(c, services, actor, 'family.access')
  const done = await act(services, actor, authorHere(c, actor), family, form)
  return 'saved' in done
    ? c.redirect(`${paths.office.payers(family.id)}?note=${done.saved}`, 303)
    : showPayers(c, services, actor, family, form, done.problems)
}

const trouble = (failure: keyof typeof texts.failures): Done => ({
  problems: [{ field: '', message: texts.failures[failure] }],
})

const told = (result: Result<unknown, keyof typeof texts.failures>, saved: string): Done =>
  result.ok ? { saved } : trouble(result.failure)

async function act(
  services: Services,
  actor: StaffActor,
  author: Author,
  family: FamilyHeader,
  form: Form,
): Promise<Done> {
  const { db, clock } = services
  const now = clock.now()
  const familyId = family.id
  const adultId = readId<'adult'>(field(form, 'responsable'))
  const id = readId<'invitation'>(field(form, 'invitation')) ?? ''
  switch (field(form, 'geste')) {
    case 'droits': {
      const [from, to] = [readRole(form, 'droits-vus'), readRole(form, 'droits')]
      if (!adultId || !from || !to) return trouble('unknown')
      return told(
        await db.transaction((tx) => changeRole(tx, author, { familyId, adultId, from, to }, now)),
        'role',
      )
    }
    case 'retirer-acces':
      if (!adultId) return trouble('unknown')
      return told(await db.transaction((tx) => removeAccess(tx, author, { familyId, adultId }, now)), 'acces')
    case 'inviter':
      return invite(services, author, family, form)
    case 'renouveler':
      if (id === '') return trouble('unknown')
      return told(
        await db.transaction((tx) => renewInvitation(tx, author, { familyId, id }, now)),
        'renouvele',
      )
    case 'retirer':
      if (id === '') return trouble('unknown')
      return told(
        await db.transaction((tx) => withdrawInvitation(tx, author, { familyId, id }, now)),
        'retire',
      )
    case 'rattacher':
    case 'detacher':
      allow(actor, 'family.edit', 'anywhere')
      return share(services, actor, author, family, form)
    default:
      return trouble('unknown')
  }
}

const readRole = (form: Form, name: string): FileRole | undefined =>
  (['payer', 'reader'] as const).find((one) => one === field(form, name))

/** Who is invited, read from the form; without an address the link goes on paper, where that is allowed. */
export function readGuest(form: Form, paper: boolean) {
  const value = (name: string) => field(form, name).trim().replaceAll(/\s+/g, ' ').slice(0, 100)
  const typed = field(form, 'courriel').trim()
  const email = typed === '' ? undefined : readEmail(typed)
  const role = readRole(form, 'droits')
  const emailIsRight = typed === '' ? paper : email !== undefined
  const problems: Problems = [
    ...(value('prenom') === '' ? [{ field: 'prenom', message: texts.problems.firstName }] : []),
    ...(value('nom') === '' ? [{ field: 'nom', message: texts.problems.lastName }] : []),
    ...(emailIsRight
      ? []
      : [{ field: 'courriel', message: paper ? texts.problems.emailOrPaper : texts.problems.email }]),
    ...(role ? [] : [{ field: 'droits', message: texts.problems.role }]),
  ]
  return { problems, guest: role && { role, email, firstName: value('prenom'), lastName: value('nom') } }
}

async function invite(
  { db, clock }: Services,
  author: Author,
  family: FamilyHeader,
  form: Form,
): Promise<Done> {
  const { problems, guest } = readGuest(form, true)
  if (problems.length > 0 || !guest) return { problems }
  const invited = await db.transaction((tx) =>
    inviteAdult(tx, author, { ...guest, familyId: family.id }, clock.now()),
  )
  if (invited.ok) return { saved: guest.email === undefined ? 'invite' : 'invite-courriel' }
  return { problems: [{ field: 'courriel', message: texts.failures[invited.failure] }] }
}

async function share(
  services: Services,
  actor: StaffActor,
  author: Author,
  family: FamilyHeader,
  form: Form,
): Promise<Done> {
  const { db, clock } = services
  const now = clock.now()
  const childId = readId<'child'>(field(form, 'enfant'))
  if (!childId) return trouble('unknown')
  const adding = field(form, 'geste') === 'rattacher'
  const other = adding ? await findOther(services, actor, form) : await knownOther(services, actor, form)
  if (!other.ok) return { problems: [{ field: adding ? `dossier-${childId}` : '', message: other.failure }] }
  const sharing = { familyId: family.id, childId, withFamily: other.value }
  if (!adding) {
    const untilOn = parisDay(now)
    return told(
      await db.transaction((tx) => unshareChild(tx, author, { ...sharing, untilOn }, now)),
      'detache',
    )
  }
  const sinceOn = readDay(field(form, `depuis-${childId}`))
  if (!sinceOn) return { problems: [{ field: `depuis-${childId}`, message: texts.problems.day }] }
  return told(await db.transaction((tx) => shareChild(tx, author, { ...sharing, sinceOn }, now)), 'rattache')
}

export const readDay = (typed: string): Day | undefined => readFrenchDay(typed) ?? readIsoDay(typed)

type Other = Result<{ id: FamilyHeader['id']; name: string }, string>

/** The one file of this name or number, where the actor may edit it. */
async function findOther(services: Services, actor: StaffActor, form: Form): Promise<Other> {
  const typed = field(form, `dossier-${field(form, 'enfant')}`)
    .trim()
    .slice(0, 100)
  if (typed === '') return fail(texts.problems.whichFile)
  const [found, ...others] = await findFamilies(services.db, actor.organisationId, typed)
  if (!found) return fail(texts.problems.noFile(typed))
  const list = [found, ...others].slice(0, 5).map(({ key, name, city }) => `${key ?? name} (${city})`)
  if (others.length > 0) return fail(texts.problems.severalFiles(typed, list.join(', ')))
  const reached = await reachFile(services, actor, 'family.edit', found.id)
  return reached ? { ok: true, value: reached } : fail(texts.problems.noFile(typed))
}

async function knownOther(services: Services, actor: StaffActor, form: Form): Promise<Other> {
  const id = readId<'family'>(field(form, 'dossier'))
  const found = id && (await reachFile(services, actor, 'family.edit', id))
  return found ? { ok: true, value: found } : fail(texts.failures.unknown)
}

async function showLetter(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const { db, clock, keys, config } = services
  const id = readId<'invitation'>(c.req.param('id'))
  const invitation = id && (await findInvitation(db, actor.organisationId, id))
  const family = invitation && (await reachFile(services, actor, 'family.access', invitation.familyId))
  const organisation = await findOrganisation(db, actor.organisationId)
  const now = clock.now()
  if (!invitation || !family || !organisation || invitationState(invitation, now) !== 'open')
    return notFound()
  const url = config.publicUrl + paths.joinFamily(invitationToken(keys, invitation))
  const pdf = await drawPdf(invitationLetter(invitation, family, organisation, url, now))
  const act = { kind: 'invitation.printed', familyId: family.id, object: nameOf(invitation) } as const
  await db.transaction((tx) => recordAct(tx, authorHere(c, actor), act, now))
  return c.body(new Uint8Array(pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="invitation.pdf"',
  })
}
