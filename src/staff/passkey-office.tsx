// The doors of passkeys: signing in, proving again, adding and removing one's own.
import type { Context, Hono } from 'hono'
import { deviceName } from '../identity/device.ts'
import { present } from '../kernel/assert.ts'
import { newToken } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { giveStaffCookie } from '../web/session.ts'
import { signInByPasskey, proveByPasskey } from './accept-passkey.ts'
import { type StaffActor, staffName } from './actor.ts'
import { requireFresh } from './guard.ts'
import { findMember } from './member-store.ts'
import { authorHere, openOffice } from './open-office.ts'
import { sealChallenge } from './passkey.ts'
import { NewPasskeyPage } from './passkey-parts.tsx'
import { listPasskeys } from './passkey-store.ts'
import { passkeyTexts as words } from './passkey-texts.ts'
import { creationOptions, registerPasskey, removePasskey } from './register-passkey.ts'
import { officePath } from './office-path.ts'
import { showProof, showSignIn } from './sign-in-screens.tsx'
import { texts } from './texts.ts'

/** `/gestion/connexion/cle`, `/gestion/confirmation/cle` and `/gestion/mon-acces/cles`. */
export function passkeyDoor(app: Hono<Env>, services: Services): void {
  const { office } = paths
  app.post(office.passkeySignIn, (c) => postSignIn(c, services))
  const signedIn = openOffice(app, services)
  signedIn.post(office.passkeyProof, 'signed-in', async (c, actor) => {
    const form = await readForm(c)
    const back = officePath(field(form, 'suite')) ?? office.home
    if (await proveByPasskey(services, actor, answerOf(form))) return c.redirect(back, 303)
    return showProof(c, services, actor, back, [{ field: '', message: words.wrong }], 422)
  })
  signedIn.get(office.passkeys, 'signed-in', (c, actor) => {
    requireFresh(c, actor)
    return showNew(c, services, actor, new Map())
  })
  signedIn.post(office.passkeys, 'signed-in', async (c, actor) => {
    requireFresh(c, actor)
    const form = await readForm(c)
    const author = authorHere(c, actor)
    if (field(form, 'geste') === 'retirer') {
      await removePasskey(services, actor, field(form, 'cle'), author)
      return c.redirect(office.access, 303)
    }
    const name = field(form, 'nom').trim().slice(0, MAX_NAME)
    const again = (problem: Problems[number]) => showNew(c, services, actor, form, [problem])
    if (name === '') return again({ field: 'nom', message: words.missingName })
    const registered = await registerPasskey(services, actor, { ...answerOf(form), name }, author)
    if (registered.ok) return c.redirect(office.access, 303)
    const message = registered.failure === 'known' ? words.known : words.wrongNew
    return again({ field: '', message })
  })
}

const MAX_NAME = 60

const answerOf = (form: Form) => ({ sealed: field(form, 'defi'), answer: field(form, 'reponse') })

async function postSignIn(c: Context<Env>, services: Services): Promise<Response> {
  const form = await readForm(c)
  const back = officePath(field(form, 'suite'))
  const awaiting = c.get('staff')
  if (awaiting?.step === 'open') return c.redirect(back ?? paths.office.home, 303)
  const signed = await signInByPasskey(services, {
    ...answerOf(form),
    device: deviceName(c.req.header('user-agent')),
    clientAddress: c.get('clientAddress'),
    screen: c.req.path,
    awaiting,
  })
  if (signed.ok) {
    giveStaffCookie(c, services.config, signed.value.token)
    return c.redirect(back ?? paths.office.home, 303)
  }
  if (signed.failure.kind === 'wrong')
    return showSignIn(c, services, { back, problems: [{ field: '', message: words.wrong }] }, 422)
  const { minutes } = signed.failure
  c.header('retry-after', String(minutes * 60))
  return showSignIn(
    c,
    services,
    { back, problems: [{ field: '', message: texts.signIn.wait(minutes) }] },
    429,
  )
}

async function showNew(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  form: Form,
  problems?: Problems,
): Promise<Response> {
  const { db, keys, clock, config } = services
  const member = present(await findMember(db, actor.staffId), 'a session has a member')
  const challenge = newToken()
  const named = new Map(form)
  if (!named.has('nom')) named.set('nom', [words.defaultName(deviceName(c.req.header('user-agent')))])
  const options = await creationOptions(
    config.publicUrl,
    challenge,
    member,
    await listPasskeys(db, actor.staffId),
    { portal: texts.authenticator.issuer(actor.organisationName), holder: staffName(actor) },
  )
  const holder = actor.staffId
  const sealed = sealChallenge(keys, challenge, { purpose: 'register', holder }, clock.now())
  return render(
    c,
    <NewPasskeyPage
      view={viewOf(c)}
      offer={{ options, sealed }}
      form={named}
      {...(problems && { problems })}
    />,
    problems ? 422 : 200,
  )
}
