// The doors of whoever cannot sign in: forgotten identifier or password, reset links.
import type { Context, Hono } from 'hono'
import { formatDay } from '../kernel/french.ts'
import { parisDay } from '../kernel/dates.ts'
import type { Services } from '../platform/services.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { giveSessionCookie } from '../web/session.ts'
import { deviceName } from './device.ts'
import { findLink } from './link-store.ts'
import { linkState } from './links.ts'
import { findLogin } from './login-store.ts'
import { type Clue, recoverAccess } from './recover-access.ts'
import { ClosedLinkPage, RecoveryPage, ResetPage, SentPage } from './recovery-pages.tsx'
import { resetPassword } from './reset-password.ts'
import { texts } from './texts.ts'

/** `/acces-oublie` and `/reinitialisation/…`. */
export function recoveryDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.forgotten, (c) => render(c, <RecoveryPage view={viewOf(c)} />))
  app.post(paths.forgotten, async (c) => {
    const form = await readForm(c)
    const read = readClue(form)
    if ('problems' in read)
      return render(c, <RecoveryPage view={viewOf(c)} form={form} problems={read.problems} />, 422)
    return answerRecovery(c, services, read.clue, (problems) =>
      render(c, <RecoveryPage view={viewOf(c)} form={form} problems={problems} />, 429),
    )
  })
  app.get(paths.reset(':token'), (c) => showReset(c, services))
  app.post(paths.reset(':token'), (c) => postReset(c, services))
}

/** The same page for every clue; only too many tries are told apart. */
export async function answerRecovery(
  c: Context<Env>,
  services: Services,
  clue: Clue,
  refuse: (problems: Problems) => Promise<Response>,
): Promise<Response> {
  const recovered = await recoverAccess(services, clue, c.get('clientAddress'))
  if (recovered.ok) return render(c, <SentPage view={viewOf(c)} />)
  const { minutes } = recovered.failure
  c.header('retry-after', String(minutes * 60))
  return refuse([{ field: '', message: texts.recovery.wait(minutes) }])
}

/** Reads the fields of the chosen way only. */
function readClue(form: Form): { clue: Clue } | { problems: Problems } {
  const value = (name: string) => field(form, name).trim()
  const { missing } = texts.recovery
  const problem = (name: keyof typeof missing) => ({ field: name, message: missing[name] })
  switch (field(form, 'moyen')) {
    case 'identifiant':
      return value('identifiant') === ''
        ? { problems: [problem('identifiant')] }
        : { clue: { by: 'identifier', identifier: value('identifiant') } }
    case 'courriel':
      return value('courriel').includes('@')
        ? { clue: { by: 'email', email: value('courriel') } }
        : { problems: [problem('courriel')] }
    case 'facture': {
      const postalCode = value('code-postal').replaceAll(/\s/g, '')
      const problems = [
        ...(value('facture') === '' ? [problem('facture')] : []),
        ...(/^\d{5}$/.test(postalCode) ? [] : [problem('code-postal')]),
      ]
      return problems.length > 0
        ? { problems }
        : { clue: { by: 'invoice', number: value('facture'), postalCode } }
    }
    default:
      return { problems: [{ field: 'moyen', message: texts.recovery.choose }] }
  }
}

async function showReset(c: Context<Env>, services: Services, problems?: Problems): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await findLink(services.db, 'reset', token)
  const state = link ? linkState(link, services.clock.now()) : 'unknown'
  const login = link && state === 'open' ? await findLogin(services.db, link.loginId) : undefined
  if (login)
    return render(
      c,
      <ResetPage
        view={viewOf(c)}
        action={paths.reset(token)}
        identifier={login.identifier}
        {...(problems && { problems })}
      />,
      problems ? 422 : 200,
    )
  if (state === 'used') return render(c, <ClosedLinkPage view={viewOf(c)} reason={texts.reset.used} />, 410)
  const reason =
    link && state === 'expired'
      ? texts.reset.expired(formatDay(parisDay(link.expiresAt)))
      : texts.reset.unknown
  return render(
    c,
    <ClosedLinkPage view={viewOf(c)} reason={reason} again={paths.forgotten} />,
    link ? 410 : 404,
  )
}

async function postReset(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const reset = await resetPassword(services, {
    purpose: 'reset',
    token: c.req.param('token') ?? '',
    password: field(form, 'nouveau'),
    device: deviceName(c.req.header('user-agent')),
  })
  if (reset.ok) {
    giveSessionCookie(c, services.config, reset.value.token)
    return c.redirect(paths.home, 303)
  }
  if (reset.failure === 'closed') return showReset(c, services)
  return showReset(c, services, [{ field: 'nouveau', message: texts.password.problems[reset.failure] }])
}
