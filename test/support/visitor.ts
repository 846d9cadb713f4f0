// A browser without a screen: it keeps cookies and posts the forms it was shown.
import type { Hono } from 'hono'
import { randomUUID } from 'node:crypto'
import type { LoginId, StaffId } from '../../src/kernel/ids.ts'
import { hashToken, newToken } from '../../src/platform/secrets.ts'
import type { Services } from '../../src/platform/services.ts'
import { insertStaffSession } from '../../src/staff/session-store.ts'
import { cookieName, staffCookieName } from '../../src/web/session.ts'
import type { Env } from '../../src/web/request.ts'

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly location: string | null
  readonly html: string
  /** Words of the page: tags dropped, entities decoded, every kind of space made plain. */
  readonly words: string
}

type Fields = { readonly [name: string]: string | readonly string[] }

export type Visitor = {
  readonly get: (path: string, headers?: { readonly [name: string]: string }) => Promise<Answer>
  /** Posts a form as the browser would, with its origin and the token of the last page seen. */
  readonly post: (
    path: string,
    fields: Fields,
    headers?: { readonly [name: string]: string },
  ) => Promise<Answer>
  /** Posts a form with one file, as the browser would. */
  readonly upload: (path: string, name: string, file: File) => Promise<Answer>
  /** Signed in at once, without the sign-in page. */
  readonly signIn: (loginId: LoginId) => Promise<void>
  /** The same for a member of staff, a code of their authenticator given. */
  readonly signInStaff: (staffId: StaffId) => Promise<void>
  readonly cookies: Map<string, string>
}

/** A new visitor of this portal. */
export function visitor(app: Hono<Env>, services: Services): Visitor {
  const cookies = new Map<string, string>()
  const { publicUrl } = services.config
  let token = ''
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers)
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await app.request(publicUrl + path, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie)
    const html = await response.text()
    token = /name="jeton" value="([^"]*)"/.exec(html)?.[1] ?? token
    const location = response.headers.get('location')
    return { status: response.status, headers: response.headers, location, html, words: wordsOf(html) }
  }
  return {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, fields, headers = {}) => {
      const body = new URLSearchParams()
      if (token !== '' && !('jeton' in fields)) body.append('jeton', token)
      for (const [name, value] of Object.entries(fields))
        for (const one of typeof value === 'string' ? [value] : value) body.append(name, one)
      return ask(path, { method: 'POST', headers: { origin: publicUrl, ...headers }, body })
    },
    upload: (path, name, file) => {
      const body = new FormData()
      body.append('jeton', token)
      body.append(name, file)
      return ask(path, { method: 'POST', headers: { origin: publicUrl }, body })
    },
    signIn: async (loginId) => {
      cookies.set(cookieName(services.config), await openSession(services, loginId))
      const page = await ask('/plan-du-site', {})
      if (!page.html.includes('name="jeton"')) throw new Error('not signed in')
    },
    signInStaff: async (staffId) => {
      const { db, clock } = services
      const session = { staffId, device: 'Firefox sur Linux', withCode: true }
      const given = await db.transaction((tx) => insertStaffSession(tx, session, clock.now()))
      cookies.set(staffCookieName(services.config), given)
      const page = await ask('/gestion/mon-acces', {})
      if (!page.html.includes('name="jeton"')) throw new Error('not signed in')
    },
  }
}

async function openSession({ db, clock }: Services, loginId: LoginId): Promise<string> {
  const token = newToken()
  await db.transaction((tx) =>
    tx
      .insertInto('session')
      .values({
        token_hash: hashToken(token),
        login_id: loginId,
        public_id: randomUUID(),
        device: 'Firefox sur Linux',
        created_at: clock.now(),
        seen_at: clock.now(),
      })
      .execute(),
  )
  return token
}

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = ''] = cookie.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, equals)
  if (/max-age=0/i.test(cookie)) cookies.delete(name)
  else cookies.set(name, pair.slice(equals + 1))
}

const ENTITIES: { readonly [entity: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The text a reader sees, on one line. */
function wordsOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity] ?? '')
    .replaceAll(/[\s\u00A0\u202F]+/g, ' ')
    .trim()
}
