// The doors of « Mon profil ».
import type { Context, Hono } from 'hono'
import type { VNode } from 'preact'
import { present } from '../kernel/assert.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { Services } from '../platform/services.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requireFamily, viewOf } from '../web/request.ts'
import type { FamilyActor } from './actor.ts'
import { changeMobile, requestAddress } from './change-contact.ts'
import { confirmEmail, requestEmail } from './change-email.ts'
import { changePassword } from './change-password.ts'
import { findLink } from './link-store.ts'
import { linkState } from './links.ts'
import { findLogin } from './login-store.ts'
import { AddressForm, EmailForm, type FormPage, MobileForm, PasswordForm } from './profile-forms.tsx'
import { ConfirmEmailPage, EmailConfirmedPage, ProfilePage, type Saved } from './profile-pages.tsx'
import { findHousehold } from './profile-store.ts'
import { profileTexts } from './profile-texts.ts'
import { ClosedLinkPage } from './recovery-pages.tsx'
import { signOutElsewhere } from './sign-out.ts'
import { listSessions } from './store.ts'
import { texts } from './texts.ts'

/** `/profil` and what is under it. */
export function profileDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.profile, (c) => showProfile(c, services))
  block(app, paths.profileEmail, 'courriel', { show: () => ({}), form: EmailForm, save: saveEmail(services) })
  block(app, paths.profileMobile, 'mobile', {
    show: async (actor) => ({ mobile: (await loginOf(services, actor)).mobile ?? '' }),
    form: MobileForm,
    save: saveMobile(services),
  })
  block(app, paths.profileAddress, 'adresse', {
    show: async (actor) => {
      const home = present(await findHousehold(services.db, actor), 'an adult has a family')
      return { rue: home.address, 'code-postal': home.postalCode, ville: home.city }
    },
    form: AddressForm,
    save: saveAddress(services),
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
  app.get(paths.profileEmailConfirm(':token'), (c) => showConfirmation(c, services))
  app.post(paths.profileEmailConfirm(':token'), async (c) => {
    await readForm(c)
    if (!(await confirmEmail(services, c.req.param('token') ?? ''))) return showConfirmation(c, services)
    return render(c, <EmailConfirmedPage view={viewOf(c)} />)
  })
}

type Block = {
  readonly show: (actor: FamilyActor) => Values | Promise<Values>
  readonly form: (page: FormPage) => VNode
  readonly save: (actor: FamilyActor, form: Form) => Promise<Problems>
}
type Values = { readonly [name: string]: string }

/** A page with a form, and its post: problems show the form again, else the profile says it is saved. */
function block(app: Hono<Env>, path: string, name: Saved, { show, form: Form, save }: Block): void {
  app.get(path, async (c) => {
    const values = await show(requireFamily(c))
    const form = new Map(Object.entries(values).map(([key, value]) => [key, [value]]))
    return render(c, Form({ view: viewOf(c), form }))
  })
  app.post(path, async (c) => {
    const actor = requireFamily(c)
    const form = await readForm(c)
    const problems = await save(actor, form)
    return problems.length > 0
      ? render(c, Form({ view: viewOf(c), form, problems }), 422)
      : backToProfile(c, name)
  })
}

const backToProfile = (c: Context<Env>, saved: Saved): Response =>
  c.redirect(`${paths.profile}?enregistre=${saved}`, 303)

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

const saveAddress =
  (services: Services): Block['save'] =>
  async (actor, form) => {
    const value = (name: string) => field(form, name).trim().replaceAll(/\s+/g, ' ').slice(0, 200)
    const address = {
      address: value('rue'),
      postalCode: value('code-postal').replaceAll(' ', ''),
      city: value('ville'),
    }
    const problems = [
      ...(address.address === '' ? [{ field: 'rue', message: profileTexts.problems.street }] : []),
      ...(/^\d{5}$/.test(address.postalCode)
        ? []
        : [{ field: 'code-postal', message: profileTexts.problems.postalCode }]),
      ...(address.city === '' ? [{ field: 'ville', message: profileTexts.problems.city }] : []),
    ]
    if (problems.length === 0) await requestAddress(services, actor, address)
    return problems
  }

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
