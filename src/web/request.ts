// What a door knows of the request it answers: who asks, how to show it, and how to refuse.
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { FamilyActor } from '../identity/actor.ts'
import type { Keys } from '../platform/secrets.ts'
import type { StaffActor } from '../staff/actor.ts'

export const THEMES = ['auto', 'clair', 'sombre'] as const
export type Theme = (typeof THEMES)[number]

/** How much waits, by section of the staff's menu. */
export type Waiting = { readonly [section: string]: number }

export type Env = {
  Variables: {
    keys: Keys
    actor: FamilyActor | undefined
    /** Who works here; set under /gestion only, where `actor` never is. */
    staff: StaffActor | undefined
    theme: Theme
    /** Proves that a form was shown in this session; empty when signed out. */
    formToken: string
    /** Quoted by families on an error page, « #A7F3 », and written in the log. */
    reference: string
    /** Address of the browser, behind as many proxies as the settings say. */
    clientAddress: string
    /** Seconds until this session ends if nothing more is asked; 0 when signed out. */
    sessionSeconds: number
    testBand: string | undefined
    /** What waits for this member of staff, for the menu. */
    waiting: Waiting
  }
}

/** What every page needs besides its own content. */
export type View = {
  readonly actor?: FamilyActor | undefined
  readonly staff?: StaffActor | undefined
  readonly theme: Theme
  /** Path and query of this page. */
  readonly path: string
  readonly formToken: string
  readonly sessionSeconds: number
  readonly testBand?: string | undefined
  readonly waiting?: Waiting
}

/** The view of this request, for `<Page view={…}>`. */
export const viewOf = (c: Context<Env>): View => ({
  actor: c.get('actor'),
  staff: c.get('staff'),
  theme: c.get('theme') ?? 'auto',
  path: pathOf(c),
  formToken: c.get('formToken') ?? '',
  sessionSeconds: c.get('sessionSeconds') ?? 0,
  testBand: c.get('testBand'),
  waiting: c.get('waiting') ?? {},
})

/** Path and query of the request, as a link on our own site. */
function pathOf(c: Context<Env>): string {
  const { url } = c.req
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : url.slice(start)
}

/**
 * The signed-in family, or the sign-in page, which comes back here. A form that was posted too late
 * comes back to `back`: give it when the form's page can be reopened with what was typed.
 */
export function requireFamily(c: Context<Env>, back?: string): FamilyActor {
  const actor = c.get('actor')
  if (actor) return actor
  throw new HTTPException(401, { message: back ?? returnPath(c) })
}

/** As `requireFamily`, and refuses adults who may only read. */
export function requirePayer(c: Context<Env>, back?: string): FamilyActor {
  const actor = requireFamily(c, back)
  if (actor.role === 'payer') return actor
  throw new HTTPException(403, { message: 'reader' })
}

/** Ends the request with the page « Page introuvable »: also for what belongs to another family. */
export function notFound(): never {
  throw new HTTPException(404)
}

/** A path of this site from a field or a query, or undefined: never another site (ASVS 3.7.2). */
export function localPath(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2_000) return undefined
  // « //host » and « /\host » lead elsewhere; control characters are dropped by browsers.
  return /^\/(?![/\\])[\x21-\x7E]*$/.test(text) && !text.includes('\\') ? text : undefined
}

/** Where to come back after signing in: this page, or the page the posted form was on. */
export function returnPath(c: Context<Env>): string {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return pathOf(c)
  const referrer = c.req.header('referer')
  const host = c.req.header('host')
  const url = referrer !== undefined && URL.canParse(referrer) ? new URL(referrer) : undefined
  return url && url.host === host ? url.pathname + url.search : '/'
}
