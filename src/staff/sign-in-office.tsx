// The doors of signing in and out as staff.
import type { Context, Hono } from 'hono'
import { deviceName } from '../identity/device.ts'
import { answerTheme } from '../identity/sign-in-portal.tsx'
import { texts as identityTexts } from '../identity/texts.ts'
import { findOrganisation } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { dropStaffCookie, giveStaffCookie } from '../web/session.ts'
import { staffName } from './actor.ts'
import { chooseStaffPassword } from './choose-password.ts'
import { requireStaff } from './guard.ts'
import { findInvited } from './member-store.ts'
import { authorHere, openOffice } from './open-office.ts'
import { endStaffSession } from './session-store.ts'
import { officePath } from './office-path.ts'
import { ClosedInvitationPage, InvitationPage } from './sign-in-pages.tsx'
import { showCode, showProof, showSignIn } from './sign-in-screens.tsx'
import { confirmCode, proveAgain, type StaffSignInFailure, signInStaff } from './sign-in-staff.ts'
import { texts } from './texts.ts'

/** `/gestion/connexion`, `/gestion/invitation/…`, `/gestion/confirmation` and what goes with them. */
export function staffSignInDoor(app: Hono<Env>, services: Services): void {
  const { office } = paths
  app.get(office.signIn, async (c) => {
    const back = officePath(c.req.query('suite'))
    if (c.get('staff')) return c.redirect(back ?? office.home, 303)
    const signedOut = c.req.query('deconnecte') !== undefined
    return showSignIn(c, services, { back, signedOut }, 200)
  })
  app.post(office.signIn, (c) => postSignIn(c, services))
  app.get(office.code, async (c) => {
    const actor = requireStaff(c)
    const back = officePath(c.req.query('suite'))
    if (actor.step !== 'code') return c.redirect(back ?? office.home, 303)
    return showCode(c, services, back, undefined, 200)
  })
  app.post(office.code, (c) => postCode(c, services))
  app.post(office.signOut, async (c) => {
    await readForm(c)
    const actor = c.get('staff')
    const { db, clock } = services
    if (actor) await db.transaction((tx) => endStaffSession(tx, actor.sessionHash, clock.now()))
    dropStaffCookie(c, services.config)
    c.header('clear-site-data', '"cache"')
    return c.redirect(`${office.signIn}?deconnecte`, 303)
  })
  app.post(office.keepSession, async (c) => {
    requireStaff(c)
    await readForm(c)
    return c.text(String(c.get('sessionSeconds')))
  })
  app.post(office.theme, (c) => answerTheme(c, services.config))
  app.get(office.invitation(':token'), (c) => showInvitation(c, services))
  app.post(office.invitation(':token'), (c) => postInvitation(c, services))
  const signedIn = openOffice(app, services)
  signedIn.get(office.proof, 'signed-in', (c, actor) => {
    const back = officePath(c.req.query('suite')) ?? office.home
    if (actor.fresh) return c.redirect(back, 303)
    return showProof(c, services, actor, back, undefined, 200)
  })
  signedIn.post(office.proof, 'signed-in', async (c, actor) => {
    const form = await readForm(c)
    const back = officePath(field(form, 'suite')) ?? office.home
    const typed = field(form, 'code')
    const again = (message: string, status: 422 | 429 = 422) =>
      showProof(c, services, actor, back, [{ field: 'code', message }], status)
    if (typed === '') return again(texts.proof.missing)
    const proved = await proveAgain(services, actor, typed)
    if (proved.ok) return c.redirect(back, 303)
    if (proved.failure.kind === 'wait') return again(texts.signIn.wait(proved.failure.minutes), 429)
    return again(actor.hasAuthenticator ? texts.code.wrong : texts.proof.wrongPassword)
  })
}

const deviceOf = (c: Context<Env>): string => deviceName(c.req.header('user-agent'))

async function postSignIn(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const back = officePath(field(form, 'suite'))
  if (c.get('staff')) return c.redirect(back ?? paths.office.home, 303)
  const identifier = field(form, 'identifiant')
  const password = field(form, 'mot-de-passe')
  const again = (problems: Problems, status: 422 | 429 = 422) =>
    showSignIn(c, services, { back, identifier, problems }, status)
  const missing = [
    ...(identifier.trim() === '' ? [{ field: 'identifiant', message: texts.signIn.missingIdentifier }] : []),
    ...(password === '' ? [{ field: 'mot-de-passe', message: texts.signIn.missingPassword }] : []),
  ]
  if (missing.length > 0) return again(missing)
  const signed = await signInStaff(services, {
    identifier,
    password,
    device: deviceOf(c),
    clientAddress: c.get('clientAddress'),
    screen: c.req.path,
  })
  if (!signed.ok)
    return again(
      [{ field: 'identifiant', message: failureOf(c, signed.failure, texts.signIn.wrong) }],
      statusOf(signed.failure),
    )
  giveStaffCookie(c, services.config, signed.value.token)
  // What is still missing, a code or an authenticator, is asked there.
  return c.redirect(back ?? paths.office.home, 303)
}

const statusOf = (failure: StaffSignInFailure) => (failure.kind === 'wait' ? 429 : 422)

function failureOf(c: Context<Env>, failure: StaffSignInFailure, wrong: string): string {
  if (failure.kind === 'wrong') return wrong
  c.header('retry-after', String(failure.minutes * 60))
  return texts.signIn.wait(failure.minutes)
}

async function postCode(c: Context<Env>, services: Services): Promise<Response> {
  const actor = requireStaff(c)
  const form = await readForm(c)
  const back = officePath(field(form, 'suite'))
  if (actor.step !== 'code') return c.redirect(back ?? paths.office.home, 303)
  const again = (message: string, status: 422 | 429 = 422) =>
    showCode(c, services, back, [{ field: 'code', message }], status)
  const typed = field(form, 'code')
  if (typed.trim() === '') return again(texts.code.missing)
  const confirmed = await confirmCode(services, actor, typed, deviceOf(c), authorHere(c, actor))
  if (!confirmed.ok)
    return again(failureOf(c, confirmed.failure, texts.code.wrong), statusOf(confirmed.failure))
  giveStaffCookie(c, services.config, confirmed.value.token)
  return c.redirect(back ?? paths.office.home, 303)
}

async function showInvitation(c: Context<Env>, services: Services, problems?: Problems): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const member = await findInvited(services.db, token, services.clock.now())
  const organisation = member && (await findOrganisation(services.db, member.organisationId))
  if (!member || !organisation) return render(c, <ClosedInvitationPage view={viewOf(c)} />, 404)
  return render(
    c,
    <InvitationPage
      view={viewOf(c)}
      token={token}
      name={staffName(member)}
      organisation={organisation.name}
      identifier={member.identifier}
      {...(problems && { problems })}
    />,
    problems ? 422 : 200,
  )
}

async function postInvitation(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const chosen = await chooseStaffPassword(
    services,
    { token: c.req.param('token') ?? '', password: field(form, 'nouveau'), device: deviceOf(c) },
    // The link itself is a secret: it must not stay in the journal.
    { screen: paths.office.invitation('…'), clientAddress: c.get('clientAddress') },
  )
  if (chosen.ok) {
    giveStaffCookie(c, services.config, chosen.value.token)
    return c.redirect(paths.office.home, 303)
  }
  if (chosen.failure === 'closed') return showInvitation(c, services)
  return showInvitation(c, services, [
    { field: 'nouveau', message: identityTexts.password.problems[chosen.failure] },
  ])
}
