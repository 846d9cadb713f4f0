// The doors of signing in and out, of the theme, and of the session's last minutes.
import type { Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import type { Config } from '../platform/config.ts'
import type { Services } from '../platform/services.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { THEME_COOKIE } from '../web/middleware.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, localPath, requireFamily, THEMES, viewOf } from '../web/request.ts'
import { dropSessionCookie, giveSessionCookie } from '../web/session.ts'
import { deviceName } from './device.ts'
import { signIn } from './sign-in.ts'
import { SignInPage } from './sign-in-pages.tsx'
import { signOut } from './sign-out.ts'
import { texts } from './texts.ts'

const YEAR_SECONDS = 31_536_000

/** `/connexion`, `/deconnexion`, `/session`, `/apparence`. */
export function signInDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.signIn, async (c) => {
    const back = localPath(c.req.query('suite'))
    if (c.get('actor')) return c.redirect(back ?? paths.home, 303)
    const signedOut = c.req.query('deconnecte') !== undefined
    return render(c, <SignInPage view={viewOf(c)} back={notHome(back)} signedOut={signedOut} />)
  })
  app.post(paths.signIn, (c) => postSignIn(c, services))
  app.post(paths.signOut, async (c) => {
    await readForm(c)
    const actor = c.get('actor')
    if (actor) await signOut(services, actor)
    dropSessionCookie(c, services.config)
    c.header('clear-site-data', '"cache"')
    return c.redirect(`${paths.signIn}?deconnecte`, 303)
  })
  app.post(paths.keepSession, async (c) => {
    requireFamily(c)
    await readForm(c)
    return c.text(String(c.get('sessionSeconds')))
  })
  app.post(paths.theme, (c) => answerTheme(c, services.config))
}

/** Keeps the reader's choice of light or dark, and goes back to the page it was made on. */
export async function answerTheme(c: Context<Env>, config: Config): Promise<Response> {
  const form = await readForm(c)
  setCookie(c, THEME_COOKIE, THEMES.find((theme) => theme === field(form, 'theme')) ?? 'auto', {
    path: '/',
    sameSite: 'Lax',
    httpOnly: true,
    secure: config.publicUrl.startsWith('https:'),
    maxAge: YEAR_SECONDS,
  })
  return c.redirect(localPath(field(form, 'retour')) ?? paths.home, 303)
}

async function postSignIn(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const back = localPath(field(form, 'suite'))
  if (c.get('actor')) return c.redirect(back ?? paths.home, 303)
  const identifier = field(form, 'identifiant')
  const password = field(form, 'mot-de-passe')
  const again = (problems: Problems, status: 422 | 429) =>
    render(
      c,
      <SignInPage view={viewOf(c)} back={notHome(back)} identifier={identifier} problems={problems} />,
      status,
    )
  const missing = [
    ...(identifier.trim() === '' ? [{ field: 'identifiant', message: texts.signIn.missingIdentifier }] : []),
    ...(password === '' ? [{ field: 'mot-de-passe', message: texts.signIn.missingPassword }] : []),
  ]
  if (missing.length > 0) return again(missing, 422)
  const device = deviceName(c.req.header('user-agent'))
  const signed = await signIn(services, {
    identifier,
    password,
    device,
    clientAddress: c.get('clientAddress'),
  })
  if (signed.ok) {
    giveSessionCookie(c, services.config, signed.value.token)
    return c.redirect(back ?? paths.home, 303)
  }
  if (signed.failure.kind === 'wrong')
    return again([{ field: 'identifiant', message: texts.signIn.wrong }], 422)
  if (signed.failure.kind === 'closed')
    return again([{ field: 'identifiant', message: texts.signIn.closed }], 422)
  c.header('retry-after', String(signed.failure.minutes * 60))
  return again([{ field: 'identifiant', message: texts.signIn.wait(signed.failure.minutes) }], 429)
}

const notHome = (back: string | undefined) => (back === paths.home ? undefined : back)
