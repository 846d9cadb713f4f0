// The doors of « Mon accès »: one's own authenticator.
import type { Context, Hono } from 'hono'
import { deviceName } from '../identity/device.ts'
import { present } from '../kernel/assert.ts'
import { MINUTE_MS } from '../kernel/dates.ts'
import type { Services } from '../platform/services.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { giveStaffCookie } from '../web/session.ts'
import { AccessPage, AuthenticatorPage, RecoveryCodesPage } from './access-pages.tsx'
import type { StaffActor } from './actor.ts'
import { newTotpSecret, totpUri } from './authenticator.ts'
import { Detour, requireFresh, requireStaff } from './guard.ts'
import { findMember } from './member-store.ts'
import { authorHere, openOffice } from './open-office.ts'
import { listPasskeys } from './passkey-store.ts'
import { confirmAuthenticator } from './set-authenticator.ts'
import { texts } from './texts.ts'

/** A key is offered for this long. */
const OFFER_MS = 15 * MINUTE_MS

/** `/gestion/mon-acces` and the authenticator's page, which opens before everything else does. */
export function staffAccessDoor(app: Hono<Env>, services: Services): void {
  const { office } = paths
  openOffice(app, services).get(office.access, 'signed-in', async (c, actor) => {
    const member = present(await findMember(services.db, actor.staffId), 'a session has a member')
    const demo = services.config.mode === 'demo'
    const passkeys = await listPasskeys(services.db, actor.staffId)
    return render(c, <AccessPage view={viewOf(c)} {...{ actor, member, passkeys, demo }} />)
  })
  app.get(office.authenticator, (c) => orDetour(c, () => showAuthenticator(c, services, setter(c))))
  app.post(office.authenticator, (c) => orDetour(c, () => postAuthenticator(c, services)))
}

/** Whoever may set an authenticator up: with one already, only after its code and a fresh proof. */
function setter(c: Context<Env>): StaffActor {
  const actor = requireStaff(c)
  if (actor.step === 'code') throw new Detour(paths.office.code)
  if (actor.step === 'open') requireFresh(c, actor)
  return actor
}

async function orDetour(c: Context<Env>, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof Detour) return c.redirect(error.to, 303)
    throw error
  }
}

async function showAuthenticator(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  known?: { readonly secret: string | undefined; readonly problems: Problems },
): Promise<Response> {
  const { db, keys, clock } = services
  const member = present(await findMember(db, actor.staffId), 'a session has a member')
  const secret = known?.secret ?? newTotpSecret()
  const issuer = texts.authenticator.issuer(actor.organisationName)
  return render(
    c,
    <AuthenticatorPage
      view={viewOf(c)}
      secret={secret}
      uri={totpUri(secret, issuer, member.identifier)}
      sealed={keys.seal([actor.staffId, clock.now().getTime(), secret].join(' '))}
      required={actor.step === 'enrol'}
      {...(known && { problems: known.problems })}
    />,
    known ? 422 : 200,
  )
}

/** The key that was offered to this very person, lately. */
function offeredSecret({ keys, clock }: Services, actor: StaffActor, sealed: string): string | undefined {
  try {
    const [staffId, at, secret] = keys.open(sealed).split(' ')
    const isTheirs = staffId === actor.staffId && Number(at) > clock.now().getTime() - OFFER_MS
    return isTheirs ? secret : undefined
  } catch {
    return undefined
  }
}

async function postAuthenticator(c: Context<Env>, services: Services): Promise<Response> {
  const actor = setter(c)
  const form = await readForm(c)
  const secret = offeredSecret(services, actor, field(form, 'cle'))
  const again = (message: string) =>
    showAuthenticator(c, services, actor, { secret, problems: [{ field: 'code', message }] })
  const code = field(form, 'code')
  if (secret === undefined) return again(texts.authenticator.expired)
  if (code.trim() === '') return again(texts.authenticator.missing)
  const device = deviceName(c.req.header('user-agent'))
  const set = await confirmAuthenticator(services, actor, { secret, code, device }, authorHere(c, actor))
  if (!set.ok) return again(texts.authenticator[set.failure])
  giveStaffCookie(c, services.config, set.value.token)
  // The session is new: what this page still says of the old one opens nothing.
  return render(
    c,
    <RecoveryCodesPage view={{ ...viewOf(c), staff: undefined, formToken: '' }} codes={set.value.codes} />,
  )
}
