// The doors where a person chooses among their files, and where a payer invites somebody into one.
import type { Context, Hono } from 'hono'
import type { FamilyActor } from '../identity/actor.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { Author } from '../staff/record-act.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requireFamily, requirePayer, viewOf } from '../web/request.ts'
import { giveSessionCookie } from '../web/session.ts'
import { chooseDossier } from './choose-dossier.ts'
import { inviteAdult, withdrawInvitation } from './invite-adult.ts'
import { readGuest } from './office.tsx'
import { listOpened } from './people-store.ts'
import { DossierPage, InvitePage } from './portal-pages.tsx'
import { texts } from './texts.ts'

/** `/dossier`, `/profil/invitation`. */
export function dossierDoor(app: Hono<Env>, services: Services): void {
  const { db, clock, config } = services
  app.get(paths.dossier, async (c) => {
    const opened = await listOpened(db, requireFamily(c))
    return render(c, <DossierPage view={viewOf(c)} opened={opened} />)
  })
  app.post(paths.dossier, async (c) => {
    const actor = requireFamily(c)
    const adultId = readId<'adult'>(field(await readForm(c), 'dossier'))
    const token = adultId && (await chooseDossier(services, actor, adultId))
    if (token === undefined) return notFound()
    giveSessionCookie(c, config, token)
    return c.redirect(paths.home, 303)
  })
  app.get(paths.profileInvite, (c) => {
    requirePayer(c)
    return render(c, <InvitePage view={viewOf(c)} form={new Map()} problems={[]} />)
  })
  app.post(paths.profileInvite, (c) => postInvite(c, services))
  app.post(paths.withdrawInvitation, async (c) => {
    const form = await readForm(c)
    const actor = requirePayer(c)
    const id = readId<'invitation'>(field(form, 'invitation')) ?? notFound()
    const { familyId } = actor
    const done = await db.transaction((tx) =>
      withdrawInvitation(tx, familyAuthor(c, actor), { familyId, id }, clock.now()),
    )
    if (!done.ok && done.failure === 'unknown') return notFound()
    return c.redirect(`${paths.profile}?enregistre=invitation-retiree`, 303)
  })
}

/** A family's own act in its file, as the journal of staff names it. */
const familyAuthor = (c: Context<Env>, actor: FamilyActor): Author => ({
  organisationId: actor.organisationId,
  staffId: undefined,
  name: `${actor.firstName} ${actor.lastName}`.trim(),
  screen: c.req.path,
  clientAddress: c.get('clientAddress'),
})

async function postInvite(c: Context<Env>, { db, clock }: Services): Promise<Response> {
  const form = await readForm(c)
  const actor = requirePayer(c)
  const again = (problems: Problems) => showInvite(c, form, problems)
  const { problems, guest } = readGuest(form, false)
  if (problems.length > 0 || !guest) return again(problems)
  const invited = await db.transaction((tx) =>
    inviteAdult(tx, familyAuthor(c, actor), { ...guest, familyId: actor.familyId }, clock.now()),
  )
  if (!invited.ok) return again([{ field: 'courriel', message: texts.failures[invited.failure] }])
  return c.redirect(`${paths.profile}?enregistre=invitation`, 303)
}

const showInvite = (c: Context<Env>, form: Form, problems: Problems) =>
  render(c, <InvitePage view={viewOf(c)} form={form} problems={problems} />, 422)
