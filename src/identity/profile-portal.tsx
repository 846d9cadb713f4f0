// The doors of « Mon profil ».
import type { Context, Hono } from 'hono'
import { present } from '../kernel/assert.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { Services } from '../platform/services.ts'
import { field, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requireFamily, viewOf } from '../web/request.ts'
import type { FamilyActor } from './actor.ts'
import { changeMobile } from './change-contact.ts'
import { confirmEmail, requestEmail } from './change-email.ts'
import { changePassword } from './change-password.ts'
import { findLink } from './link-store.ts'
import { linkState } from './links.ts'
import { findLogin } from './login-store.ts'
import { backToProfile, block, type Block } from './profile-block.tsx'
import { EmailForm, MobileForm, PasswordForm } from './profile-forms.tsx'
import { ConfirmEmailPage, EmailConfirmedPage, ProfilePage, type Saved } from './profile-pages.tsx'
import { findHousehold, listVisibleNotes } from './profile-store.ts'
import { profileTexts } from './profile-texts.ts'
import { ClosedLinkPage } from './recovery-pages.tsx'
import { requestDoor } from './request-portal.tsx'
import { listOwnRequests } from './request-store.ts'
import { signOutElsewhere } from './sign-out.ts'
import { listSessions } from './store.ts'
import { texts } from './texts.ts'

/** Requests shown to the family: those that wait, and the last answers. */
const REQUESTS = 6

/** `/profil` and what is under it. */
export function profileDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.profile, (c) => showProfile(c, services))
  block(app, paths.profileEmail, 'courriel', { show: () => ({}), form: EmailForm, save: saveEmail(services) })
  block(app, paths.profileMobile, 'mobile', {
    show: async (actor) => ({ mobile: (await loginOf(services, actor)).mobile ?? '' }),
    form: MobileForm,
    save: saveMobile(services),
  })
  block(app, paths.profilePassword, 'mot-de-passe', {
    show: async (actor) => ({ identifiant: (await loginOf(services, actor)).identifier }),
    form: (page) => PasswordForm({ ...page, identifier: field(page.form, 'identifiant') }),
    save: savePassword(services),
  })
  app.post(paths.profileSessions, async (c) => {
    const actor = requireFamily(c)
    const form = await readForm(c)
    const id = field(form, 'appareil')
    if (!/^[0-9a-f-]{36}$/.test(id) || !(await signOutElsewhere(services, actor, id))) return notFound()
    return backToProfile(c, 'connexions')
  })
  requestDoor(app, services)
  app.get(paths.profileEmailConfirm(':token'), (c) => showConfirmation(c, services))
  app.post(paths.profileEmailConfirm(':token'), async (c) => {
    await readForm(c)
    if (!(await confirmEmail(services, c.req.param('token') ?? ''))) return showConfirmation(c, services)
    return render(c, <EmailConfirmedPage view={viewOf(c)} />)
  })
}

const loginOf = async ({ db }: Services, actor: FamilyActor) =>
  present(await findLogin(db, actor.loginId), 'a session belongs to a login')

async function showProfile(c: Context<Env>, services: Services): Promise<Response> {
  const actor = requireFamily(c)
  const saved = c.req.query('enregistre') ?? ''
  return render(
    c,
    <ProfilePage
      view={viewOf(c)}
      login={await loginOf(services, actor)}
      role={actor.role}
      household={present(await findHousehold(services.db, actor), 'an adult has a family')}
      requests={await listOwnRequests(services.db, actor, REQUESTS)}
      notes={await listVisibleNotes(services.db, actor)}
      sessions={await listSessions(services.db, actor, services.clock.now())}
      saved={Object.hasOwn(profileTexts.saved, saved) ? (saved as Saved) : undefined}
    />,
  )
}

const saveEmail =
  (services: Services): Block['save'] =>
  async (actor, form) => {
    const change = { email: field(form, 'courriel'), password: field(form, 'mot-de-passe') }
    const asked = await requestEmail(services, actor, change)
    if (asked.ok) return []
    return asked.failure === 'unreadable'
      ? [{ field: 'courriel', message: texts.emailProblem }]
      : [{ field: 'mot-de-passe', message: profileTexts.problems[asked.failure] }]
  }

const saveMobile =
  (services: Services): Block['save'] =>
  async (actor, form) =>
    (await changeMobile(services, actor, field(form, 'mobile')))
      ? []
      : [{ field: 'mobile', message: texts.mobileProblem }]

const savePassword =
  (services: Services): Block['save'] =>
  async (actor, form) => {
    const change = { current: field(form, 'mot-de-passe'), next: field(form, 'nouveau') }
    const changed = await changePassword(services, actor, change)
    if (changed.ok) return []
    return changed.failure === 'wrong-password' || changed.failure === 'wait'
      ? [{ field: 'mot-de-passe', message: profileTexts.problems[changed.failure] }]
      : [{ field: 'nouveau', message: texts.password.problems[changed.failure] }]
  }

async function showConfirmation(c: Context<Env>, { db, clock }: Services): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await findLink(db, 'email', token)
  const state = link ? linkState(link, clock.now()) : 'unknown'
  if (link?.newEmail !== undefined && state === 'open')
    return render(
      c,
      <ConfirmEmailPage view={viewOf(c)} action={paths.profileEmailConfirm(token)} email={link.newEmail} />,
    )
  const reason =
    link && state === 'expired'
      ? texts.reset.expired(formatDay(parisDay(link.expiresAt)))
      : texts.reset.unknown
  return render(
    c,
    <ClosedLinkPage view={viewOf(c)} reason={reason} again={paths.profileEmail} />,
    link ? 410 : 404,
  )
}
