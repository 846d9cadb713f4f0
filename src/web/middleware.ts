// What happens to every request before a door sees it.
import type { Context, MiddlewareHandler } from 'hono'
import { randomBytes } from 'node:crypto'
import { HTTPException } from 'hono/http-exception'
import type { OrganisationId } from '../kernel/ids.ts'
import { findSession, touchSession } from '../identity/store.ts'
import type { Instant } from '../kernel/dates.ts'
import type { Services } from '../platform/services.ts'
import { hashToken } from '../platform/secrets.ts'
import { staffName } from '../staff/actor.ts'
import { may } from '../staff/rights.ts'
import { findStaffSession, touchStaffSession } from '../staff/session-store.ts'
import { findViewedAdult } from '../staff/view-store.ts'
import type { Counter } from './app.ts'
import { formToken, MAX_FORM_BYTES } from './form.ts'
import { isOffice } from './paths.ts'
import { type Env, type Theme, THEMES } from './request.ts'
import { cookieName, readSessionCookie, staffCookieName } from './session.ts'
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

/**
 * Finds who is signed in: one query, and at most once a minute a write. Under /gestion only a session
 * of staff is looked for, elsewhere only a family's.
 */
export function loadSession(
  services: Services,
  isTesting: (organisationId: OrganisationId) => boolean = () => false,
): MiddlewareHandler<Env> {
  const names = { family: cookieName(services.config), staff: staffCookieName(services.config) }
  return async (c, next) => {
    const cookies = c.req.header('cookie')
    const staffToken = readSessionCookie(cookies, names.staff)
    const familyToken = readSessionCookie(cookies, names.family)
    if (isOffice(c.req.path)) {
      if (staffToken) await openStaff(c, services, hashToken(staffToken))
    } else if (!staffToken || !(await openViewed(c, services, hashToken(staffToken)))) {
      if (familyToken) await openFamily(c, services, hashToken(familyToken))
    }
    const who = c.get('actor') ?? c.get('staff')
    if (who && !services.config.demo && isTesting(who.organisationId)) c.set('testBand', texts.testBand)
    await next()
  }
}

/** Counts for the staff's menu. A count that fails costs the menu its numbers, never the page. */
export function countForMenu({ log }: Services, counter: Counter): MiddlewareHandler<Env> {
  return async (c, next) => {
    const staff = c.get('staff')
    if (staff?.step === 'open') {
      if (c.req.method === 'POST') counter.forget(staff)
      else
        c.set(
          'waiting',
          await counter.of(staff).catch((err: unknown) => {
            log.error({ err }, 'what waits could not be counted')
            return {}
          }),
        )
    }
    await next()
    if (staff && c.req.method === 'POST') counter.forget(staff)
  }
}

/**
 * « Voir comme la famille »: a member of staff who asked for it, and still may, reads the family's
 * pages. Nothing can be done there: whatever is posted is refused.
 */
async function openViewed(c: Context<Env>, services: Services, tokenHash: Buffer): Promise<boolean> {
  const now = services.clock.now()
  const session = await findStaffSession(services.db, tokenHash, now, services.config.mode === 'production')
  if (session?.actor.step !== 'open' || !may(session.actor.grants, 'family.view-as', 'anywhere')) return false
  const viewed = await findViewedAdult(services.db, session.actor, staffName(session.actor))
  if (!viewed) return false
  if (c.req.method === 'POST') throw new HTTPException(403, { message: 'viewing' })
  if (session.stale) await services.db.transaction((tx) => touchStaffSession(tx, tokenHash, now))
  c.set('actor', viewed)
  signedIn(c, services, tokenHash, session.endsAt, now)
  return true
}

async function openStaff(c: Context<Env>, services: Services, tokenHash: Buffer): Promise<void> {
  const now = services.clock.now()
  const session = await findStaffSession(services.db, tokenHash, now, services.config.mode === 'production')
  if (!session) return
  if (session.stale) await services.db.transaction((tx) => touchStaffSession(tx, tokenHash, now))
  c.set('staff', session.actor)
  signedIn(c, services, tokenHash, session.endsAt, now)
}

function signedIn(
  c: Context<Env>,
  { keys }: Services,
  tokenHash: Buffer,
  endsAt: Instant,
  now: Instant,
): void {
  c.set('formToken', formToken(keys, tokenHash))
  c.set('sessionSeconds', Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / 1_000)))
}

async function openFamily(c: Context<Env>, services: Services, tokenHash: Buffer): Promise<void> {
  const now = services.clock.now()
  const session = await findSession(services.db, tokenHash, now)
  if (!session) return
  if (session.stale) await services.db.transaction((tx) => touchSession(tx, tokenHash, now))
  c.set('actor', session.actor)
  signedIn(c, services, tokenHash, session.endsAt, now)
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
