// The doors of an invitation: who is in this family, then one's own account or a new password.
import type { Context, Hono } from 'hono'
import { identifierOf } from '../families/identifier.ts'
import { deviceName } from '../identity/device.ts'
import { ClosedLinkPage } from '../identity/recovery-pages.tsx'
import { texts as identityTexts } from '../identity/texts.ts'
import { formatInstantDay } from '../kernel/french.ts'
import { sameSecret } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, requireFamily, viewOf } from '../web/request.ts'
import { giveSessionCookie } from '../web/session.ts'
import { answerInvitation, joinWithLogin, joinWithPassword } from './accept-invitation.ts'
import { type Invitation, invitationState, MAX_INVITATION_FAILURES } from './invitation.ts'
import { findByToken } from './invitation-store.ts'
import { JoinPage, WhoPage } from './join-pages.tsx'
import { portalTexts } from './portal-texts.ts'

const words = portalTexts.join

/** `/invitation/:token`. */
export function joinDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.joinFamily(':token'), async (c) => {
    const { token, open, closed } = await openLink(c, services)
    return open ? render(c, <WhoPage view={viewOf(c)} invitation={open} token={token} />) : closed()
  })
  app.post(paths.joinFamily(':token'), (c) => postStep(c, services))
}

type Link = {
  readonly token: string
  readonly open: Invitation | undefined
  /** The page to answer with when the link opens nothing any more. */
  readonly closed: () => Response | Promise<Response>
}

async function openLink(c: Context<Env>, { db, keys, clock }: Services): Promise<Link> {
  const token = c.req.param('token') ?? ''
  const found = await findByToken(db, keys, token)
  const state = found ? invitationState(found, clock.now()) : 'unknown'
  const reason =
    state === 'expired' && found
      ? words.closed.expired(formatInstantDay(found.expiresAt))
      : words.closed[state === 'open' || state === 'expired' ? 'unknown' : state]
  return {
    token,
    open: state === 'open' ? found : undefined,
    closed: () => render(c, <ClosedLinkPage view={viewOf(c)} reason={reason} />, found ? 410 : 404),
  }
}

type Step = Link & { readonly open: Invitation; readonly form: Form }

async function postStep(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const link = await openLink(c, services)
  if (!link.open) return link.closed()
  const step = { ...link, open: link.open, form }
  if (field(form, 'etape') === 'qui') return postWho(c, services, step)
  if (!sameSecret(field(form, 'preuve'), proof(services, link.token)))
    return render(c, <WhoPage view={viewOf(c)} invitation={step.open} token={link.token} />, 422)
  return field(form, 'etape') === 'compte' ? postLogin(c, services, step) : postPassword(c, services, step)
}

async function postWho(c: Context<Env>, services: Services, step: Step): Promise<Response> {
  const again = (message: string) => {
    const problems = [{ field: 'prenom', message }]
    return render(
      c,
      <WhoPage view={viewOf(c)} invitation={step.open} token={step.token} problems={problems} />,
      422,
    )
  }
  const typed = field(step.form, 'prenom')
  if (typed.trim() === '') return again(words.whoMissing)
  const answer = await answerInvitation(services, step.token, typed)
  if (answer === 'known') return showJoin(c, services, step)
  const left = MAX_INVITATION_FAILURES - step.open.failures - 1
  if (answer === 'wrong' && left > 0) return again(words.wrong(left))
  return (await openLink(c, services)).closed()
}

function showJoin(c: Context<Env>, services: Services, step: Step, problems: Problems = []) {
  const { open: invitation, token } = step
  return render(
    c,
    <JoinPage
      view={viewOf(c)}
      invitation={invitation}
      token={token}
      proof={proof(services, token)}
      identifier={identifierOf(invitation)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

const from = (c: Context<Env>) => ({ screen: paths.joinFamily('…'), clientAddress: c.get('clientAddress') })

async function postLogin(c: Context<Env>, services: Services, step: Step): Promise<Response> {
  const joined = await joinWithLogin(services, requireFamily(c), step.token, from(c))
  if (joined.ok) {
    giveSessionCookie(c, services.config, joined.value.token)
    return c.redirect(paths.home, 303)
  }
  if (joined.failure === 'closed') return (await openLink(c, services)).closed()
  return showJoin(c, services, step, [{ field: '', message: words.failures[joined.failure] }])
}

async function postPassword(c: Context<Env>, services: Services, step: Step): Promise<Response> {
  const asked = {
    password: field(step.form, 'nouveau'),
    device: deviceName(c.req.header('user-agent')),
  }
  const joined = await joinWithPassword(services, step.token, asked, from(c))
  if (joined.ok) {
    giveSessionCookie(c, services.config, joined.value.token)
    return c.redirect(paths.activationContact, 303)
  }
  if (joined.failure === 'closed') return (await openLink(c, services)).closed()
  const message = identityTexts.password.problems[joined.failure]
  return showJoin(c, services, step, [{ field: 'nouveau', message }])
}

/** Shown only to who answered the question; carries nothing that another link could use. */
const proof = (services: Services, token: string): string => services.keys.sign('invitation step', token)
