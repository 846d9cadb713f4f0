import { Hono } from 'hono'
import type { OrganisationId } from '../kernel/ids.ts'
import { sql } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { findAsset } from './assets.ts'
import { answerError, answerNotFound } from './errors.tsx'
import { countForMenu, guard, loadSession, prepare } from './middleware.ts'
import { paths } from './paths.ts'
import type { Env, Waiting } from './request.ts'

/** A slice's pages: adds its routes. */
export type Door = (app: Hono<Env>, services: Services) => void

export type AppOptions = {
  /** Origins of the bank's forms, which our pages may post to. Same array, same header. */
  readonly formOrigins: () => readonly string[]
  /** Whether the organisation's bank is in its test mode, which its families are told on every page. */
  readonly isTesting?: (organisationId: OrganisationId) => boolean
  /** What waits for a member of staff, shown in the menu; forgotten when they do something. */
  readonly waiting?: Counter
  /** Routes that no middleware may touch: the bank's notifications (no session, no origin check). */
  readonly beforeAll?: (app: Hono<Env>) => void
}

export type Counter = {
  readonly of: (actor: StaffActor) => Promise<Waiting>
  readonly forget: (actor: StaffActor) => void
}

const YEAR_SECONDS = 31_536_000

/** The whole portal as one function from request to response. */
export function createApp(services: Services, doors: readonly Door[], options: AppOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.onError(answerError(services))
  app.notFound(answerNotFound)
  options.beforeAll?.(app)
  app.use(prepare(services, options.formOrigins))
  serveAssets(app)
  serveHealth(app, services)
  app.use(guard(services))
  app.use(loadSession(services, options.isTesting))
  if (options.waiting) app.use(countForMenu(services, options.waiting))
  for (const door of doors) door(app, services)
  return app
}

function serveAssets(app: Hono<Env>): void {
  app.get(paths.asset('*'), (c) => {
    const asset = findAsset(c.req.path.slice(paths.asset('').length))
    if (!asset) return c.notFound()
    const current = c.req.query('v') === asset.version
    c.header('cache-control', current ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
    c.header('etag', `"${asset.version}"`)
    if (c.req.header('if-none-match') === `"${asset.version}"`) return c.body(null, 304)
    c.header('content-type', asset.type)
    if (asset.gzipped) c.header('vary', 'accept-encoding')
    if (!asset.gzipped || !c.req.header('accept-encoding')?.includes('gzip')) return c.body(asset.body)
    c.header('content-encoding', 'gzip')
    return c.body(asset.gzipped)
  })
}

/** For the machine that watches: 200 when the database answers, 503 otherwise. */
function serveHealth(app: Hono<Env>, services: Services): void {
  app.get(paths.health, async (c) => {
    try {
      await sql`select 1`.execute(services.db)
      return c.text('ok')
    } catch {
      return c.text('database unavailable', 503)
    }
  })
}
