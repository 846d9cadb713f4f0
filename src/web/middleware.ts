// What happens to every request before a door sees it.
import type { Context, MiddlewareHandler } from 'hono'
import { randomBytes } from 'node:crypto'
import { HTTPException } from 'hono/http-exception'
import type { OrganisationId } from '../kernel/ids.ts'
import { findSession, touchSession } from '../identity/store.ts'
import type { Services } from '../platform/services.ts'
import { hashToken } from '../platform/secrets.ts'
import { formToken, MAX_FORM_BYTES } from './form.ts'
import { type Env, type Theme, THEMES } from './request.ts'
import { cookieName, readSessionCookie } from './session.ts'
import { texts } from './texts.ts'

const METHODS = new Set(['GET', 'HEAD', 'POST'])
const HSTS = 'max-age=63072000; includeSubDomains'
export const THEME_COOKIE = 'apparence'

/** Security headers, a reference for the log, and what pages need to know of the browser. */
export function prepare(services: Services, formOrigins: () => readonly string[]): MiddlewareHandler<Env> {
  const secure = services.config.publicUrl.startsWith('https:')
  const testBand = services.config.demo ? texts.demoBand : undefined
  return async (c, next) => {
    c.set('keys', services.keys)
    // Four signs: enough to find one failure of one evening in the log.
    c.set('reference', `#${randomBytes(2).toString('hex').toUpperCase()}`)
    c.set('clientAddress', clientAddress(c, services.config.trustProxy))
    c.set('theme', readTheme(c.req.header('cookie')))
    c.set('testBand', testBand)
    c.header('content-security-policy', policy(formOrigins()))
    c.header('x-content-type-options', 'nosniff')
    // « no-referrer » would make browsers send « Origin: null » with forms (stack.md 3).
    c.header('referrer-policy', 'strict-origin-when-cross-origin')
    c.header('cross-origin-opener-policy', 'same-origin')
    c.header('cross-origin-resource-policy', 'same-origin')
    c.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()')
    c.header('cache-control', 'no-store')
    if (secure) c.header('strict-transport-security', HSTS)
    await next()
  }
}

/** Refuses what no page of ours sends: other methods, other sites' forms, bodies that are too large. */
export function guard(services: Services): MiddlewareHandler<Env> {
  const own = new URL(services.config.publicUrl).host
  return async (c, next) => {
    const { method } = c.req
    if (!METHODS.has(method)) throw new HTTPException(405)
    if (method === 'POST') {
      if (!comesFromHere(c, own)) throw new HTTPException(403)
      if (Number(c.req.header('content-length') ?? 0) > MAX_FORM_BYTES) throw new HTTPException(413)
    }
    await next()
  }
}

/** Finds who is signed in: one query, and at most once a minute a write. */
export function loadSession(
  services: Services,
  isTesting: (organisationId: OrganisationId) => boolean = () => false,
): MiddlewareHandler<Env> {
  const name = cookieName(services.config)
  return async (c, next) => {
    const token = readSessionCookie(c.req.header('cookie'), name)
    if (token !== undefined && token !== '') await open(c, services, hashToken(token))
    const actor = c.get('actor')
    if (actor && !services.config.demo && isTesting(actor.organisationId)) c.set('testBand', texts.testBand)
    await next()
  }
}

async function open(c: Context<Env>, services: Services, tokenHash: Buffer): Promise<void> {
  const now = services.clock.now()
  const session = await findSession(services.db, tokenHash, now)
  if (!session) return
  if (session.stale) await services.db.transaction((tx) => touchSession(tx, tokenHash, now))
  c.set('actor', session.actor)
  c.set('formToken', formToken(services.keys, tokenHash))
  c.set('sessionSeconds', Math.max(0, Math.floor((session.endsAt.getTime() - now.getTime()) / 1_000)))
}

let policyFor: readonly string[] | undefined
let policyText = ''

/** Forms may also leave for the bank; nothing else comes from or goes to another site. */
function policy(origins: readonly string[]): string {
  if (origins !== policyFor) {
    policyFor = origins
    policyText = [
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'",
      "connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      `form-action 'self' ${origins.join(' ')}`.trimEnd(),
    ].join('; ')
  }
  return policyText
}

/** Browsers send Origin with every POST; its host is ours, as configured or as asked for (LAN demo). */
function comesFromHere(c: Context<Env>, own: string): boolean {
  const origin = c.req.header('origin')
  if (origin === undefined) return c.req.header('sec-fetch-site') === 'same-origin'
  if (!URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === own || host === c.req.header('host')
}

/** With n trusted proxies, the n-th address from the end of X-Forwarded-For; else the socket's. */
function clientAddress(c: Context<Env>, trustProxy: number): string {
  if (trustProxy > 0) {
    const chain = (c.req.header('x-forwarded-for') ?? '').split(',')
    const address = chain.at(-trustProxy)?.trim()
    if (address !== undefined && address !== '') return address
  }
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress ?? 'unknown'
}

function readTheme(cookies: string | undefined): Theme {
  const theme = readSessionCookie(cookies, THEME_COOKIE)
  return THEMES.find((known) => known === theme) ?? 'auto'
}
