// The doors of the first sign-in: one page per step, each a plain form.
import type { Context, Hono } from 'hono'
import { present } from '../kernel/assert.ts'
import { later, MINUTE_MS, parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { Services } from '../platform/services.ts'
import { sameSecret } from '../platform/secrets.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, requireFamily, viewOf } from '../web/request.ts'
import { giveSessionCookie } from '../web/session.ts'
import { answerWho, renewActivation } from './activate-login.ts'
import { ContactPage, DonePage, PasswordPage, RequestPage, WhoPage } from './activation-pages.tsx'
import { changeMobile } from './change-contact.ts'
import { planConfirmation } from './change-email.ts'
import { deviceName } from './device.ts'
import { findLink } from './link-store.ts'
import { type Link, linkState, MAX_LINK_FAILURES } from './links.ts'
import type { Login } from './login.ts'
import { findLogin } from './login-store.ts'
import { readEmail, readMobile } from './names.ts'
import { ClosedLinkPage, SentPage } from './recovery-pages.tsx'
import { answerRecovery } from './recovery-portal.tsx'
import { resetPassword } from './reset-password.ts'
import { texts } from './texts.ts'

/** `/activation`, `/activation/…`. */
export function activationDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.activationRequest, (c) => render(c, <RequestPage view={viewOf(c)} />))
  app.post(paths.activationRequest, (c) => postRequest(c, services))
  app.get(paths.activationContact, (c) => showContact(c, services))
  app.post(paths.activationContact, (c) => postContact(c, services))
  app.get(paths.activationDone, (c) => {
    requireFamily(c)
    return render(c, <DonePage view={viewOf(c)} pendingEmail={c.req.query('courriel') !== undefined} />)
  })
  app.get(paths.activation(':token'), async (c) => {
    const { closed, action } = await openLink(c, services)
    return closed ?? render(c, <WhoPage view={viewOf(c)} action={action} />)
  })
  app.post(paths.activation(':token'), (c) => postStep(c, services))
}

async function postRequest(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const identifier = field(form, 'identifiant').trim()
  const again = (problems: Problems, status: 422 | 429) =>
    render(c, <RequestPage view={viewOf(c)} identifier={identifier} problems={problems} />, status)
  if (identifier === '')
    return again([{ field: 'identifiant', message: texts.signIn.missingIdentifier }], 422)
  const clue = identifier.includes('@')
    ? ({ by: 'email', email: identifier } as const)
    : ({ by: 'identifier', identifier } as const)
  return answerRecovery(c, services, clue, (problems) => again(problems, 429))
}

/** The link of this address; `closed` is the page to answer with when it opens nothing any more. */
async function openLink(
  c: Context<Env>,
  services: Services,
): Promise<{ token: string; action: string; link?: Link; closed?: Promise<Response> }> {
  const token = c.req.param('token') ?? ''
  const action = paths.activation(token)
  const link = await findLink(services.db, 'activation', token)
  const state = link ? linkState(link, services.clock.now()) : 'unknown'
  const closed = (reason: string, more: { renew?: string; again?: string }, status: 404 | 410) => ({
    token,
    action,
    closed: render(c, <ClosedLinkPage view={viewOf(c)} reason={reason} {...more} />, status),
  })
  if (link && state === 'open') return { token, action, link }
  if (link && state === 'expired')
    return closed(texts.reset.expired(formatDay(parisDay(link.expiresAt))), { renew: action }, 410)
  if (state === 'blocked') return closed(texts.activation.blocked, { renew: action }, 410)
  if (state === 'used') return closed(texts.reset.used, {}, 410)
  return closed(texts.reset.unknown, { again: paths.activationRequest }, 404)
}

async function postStep(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const { token, action, link, closed } = await openLink(c, services)
  if (field(form, 'etape') === 'renouveler') {
    await renewActivation(services, token)
    return render(c, <SentPage view={viewOf(c)} />)
  }
  if (!link) return present(closed, 'a link is open or closed')
  const step = { token, action, link, form }
  return field(form, 'etape') === 'mot-de-passe'
    ? postPassword(c, services, step)
    : postWho(c, services, step)
}

type Step = { readonly token: string; readonly action: string; readonly link: Link; readonly form: Form }

async function postWho(c: Context<Env>, services: Services, step: Step): Promise<Response> {
  const typed = field(step.form, 'nom')
  const again = (message: string) =>
    render(c, <WhoPage view={viewOf(c)} action={step.action} problems={[{ field: 'nom', message }]} />, 422)
  if (typed.trim() === '') return again(texts.activation.missingWho)
  const answer = await answerWho(services, step.token, typed)
  if (answer === 'known') return showPassword(c, services, step)
  const left = MAX_LINK_FAILURES - step.link.failures - 1
  if (answer === 'wrong' && left > 0) return again(texts.activation.wrong(left))
  return present((await openLink(c, services)).closed, 'the link is closed now')
}

async function postPassword(c: Context<Env>, services: Services, step: Step): Promise<Response> {
  if (!sameSecret(field(step.form, 'preuve'), proof(services, step.token)))
    return render(c, <WhoPage view={viewOf(c)} action={step.action} />, 422)
  const set = await resetPassword(services, {
    purpose: 'activation',
    token: step.token,
    password: field(step.form, 'nouveau'),
    device: deviceName(c.req.header('user-agent')),
  })
  if (set.ok) {
    giveSessionCookie(c, services.config, set.value.token)
    return c.redirect(paths.activationContact, 303)
  }
  if (set.failure === 'closed') return present((await openLink(c, services)).closed, 'the link is closed now')
  return showPassword(c, services, step, [
    { field: 'nouveau', message: texts.password.problems[set.failure] },
  ])
}

async function showPassword(
  c: Context<Env>,
  services: Services,
  step: Step,
  problems?: Problems,
): Promise<Response> {
  const login = present(await findLogin(services.db, step.link.loginId), 'a link belongs to a login')
  const page = { action: step.action, proof: proof(services, step.token), identifier: login.identifier }
  return render(
    c,
    <PasswordPage view={viewOf(c)} {...page} {...(problems && { problems })} />,
    problems ? 422 : 200,
  )
}

/** Shown only to who answered step 1; carries nothing that another link could use. */
const proof = (services: Services, token: string): string => services.keys.sign('activation step', token)

/** Long enough to finish; later, the profile asks for the password before an e-mail changes. */
const CONTACT_STEP_MS = 30 * MINUTE_MS

/** The login that was just activated, or undefined when that was long ago. */
async function findNewLogin(c: Context<Env>, { db, clock }: Services): Promise<Login | undefined> {
  const login = present(await findLogin(db, requireFamily(c).loginId), 'a session has a login')
  const activated = login.activatedAt && later(login.activatedAt, CONTACT_STEP_MS) > clock.now()
  return activated ? login : undefined
}

async function showContact(c: Context<Env>, services: Services): Promise<Response> {
  const login = await findNewLogin(c, services)
  if (!login) return c.redirect(paths.profile, 303)
  return render(c, <ContactPage view={viewOf(c)} email={login.email ?? ''} mobile={login.mobile ?? ''} />)
}

async function postContact(c: Context<Env>, services: Services): Promise<Response> {
  const login = await findNewLogin(c, services)
  const form = await readForm(c)
  if (!login) return c.redirect(paths.profile, 303)
  const typed = { email: field(form, 'courriel'), mobile: field(form, 'mobile') }
  const email = readEmail(typed.email)
  const problems = [
    ...(email === undefined ? [{ field: 'courriel', message: texts.emailProblem }] : []),
    ...(typed.mobile.trim() === '' || readMobile(typed.mobile) !== undefined
      ? []
      : [{ field: 'mobile', message: texts.mobileProblem }]),
  ]
  if (email === undefined || problems.length > 0)
    return render(c, <ContactPage view={viewOf(c)} {...typed} problems={problems} />, 422)
  await changeMobile(services, requireFamily(c), typed.mobile)
  const changed = login.email?.toLowerCase() !== email
  const { db, clock } = services
  if (changed) await db.transaction((tx) => planConfirmation(tx, login, email, clock.now()))
  return c.redirect(changed ? `${paths.activationDone}?courriel` : paths.activationDone, 303)
}
