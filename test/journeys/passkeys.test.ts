// Passkeys of staff in a real Chromium, whose authenticator is a virtual one (WebAuthn of CDP).
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { testBrowser } from '../support/browser.ts'
import { testWorld } from '../support/world.ts'
import { mainText, visit } from './walk.ts'

const browser = await testBrowser()
const world = await testWorld()
const address = (path: string) => world.portalUrl + path

const AUTHENTICATOR = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
} as const

let context: BrowserContext
let page: Page
let verified: (isUserVerified: boolean) => Promise<void>

/** A browser whose device has an authenticator. */
async function open(): Promise<void> {
  context = await visit(browser, true, 390)
  page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: AUTHENTICATOR,
  })
  verified = async (isUserVerified) => {
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  }
}

async function signInByPassword(identifier: string): Promise<void> {
  await page.goto(address('/gestion/connexion'))
  await page.getByLabel('Identifiant').fill(identifier)
  await page.getByLabel('Mot de passe', { exact: true }).fill(world.password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL(address('/gestion'))
}

const signOut = () => context.clearCookies()
const byPasskey = () => page.getByRole('button', { name: 'Utiliser une clé d’accès' })

async function addPasskey(name: string): Promise<void> {
  await page.goto(address('/gestion/mon-acces/cles'))
  await page.getByLabel('Nom de cette clé').fill(name)
  await page.getByRole('button', { name: 'Enregistrer la clé' }).click()
}

const actsOf = async (kind: string) =>
  (await world.db.selectFrom('staff_act').select('id').where('kind', '=', kind).execute()).length

beforeAll(open)

it('adds a passkey, then signs in without password nor code', async () => {
  await signInByPassword('compta.ifac')
  await addPasskey('Ordinateur du bureau')
  await page.waitForURL(address('/gestion/mon-acces'))
  expect(await mainText(page)).toContain('Ordinateur du bureau')
  expect(await actsOf('passkey.added')).toBe(1)
  await signOut()
  await page.goto(address('/gestion/journal'))
  await byPasskey().click()
  await page.waitForURL(address('/gestion/journal'))
  expect(await page.locator('.compte').innerText()).toContain('Marc Olivier')
})

it('says that this device has one already', async () => {
  await addPasskey('Encore une')
  await expect.poll(() => mainText(page)).toContain("Cet appareil a déjà une clé d'accès pour vous.")
  expect(await world.db.selectFrom('staff_passkey').selectAll().execute()).toHaveLength(1)
})

it('answers the proof asked again before what is dangerous', async () => {
  await world.db.transaction((tx) =>
    tx
      .updateTable('staff_session')
      .set({ proved_at: new Date(0) })
      .execute(),
  )
  await page.goto(address('/gestion/mon-acces/cles'))
  expect(page.url()).toContain('/gestion/confirmation')
  await byPasskey().click()
  await page.waitForURL(address('/gestion/mon-acces/cles'))
})

it('an answer serves once, and for the page it was given to', async () => {
  await signOut()
  await page.goto(address('/gestion/connexion'))
  const sent = page.waitForRequest((request) => request.url() === address('/gestion/connexion/cle'))
  await byPasskey().click()
  const body = new URLSearchParams((await sent).postData() ?? '')
  await page.waitForURL(address('/gestion'))
  const replay = (form: URLSearchParams, path = '/gestion/connexion/cle') =>
    fetch(address(path), {
      method: 'POST',
      headers: { origin: world.portalUrl },
      body: form,
      redirect: 'manual',
    })
  // Many authenticators never count: what makes it serve once is the challenge.
  await world.db.transaction((tx) => tx.updateTable('staff_passkey').set({ sign_count: 0 }).execute())
  const again = await replay(body)
  expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('n’ouvre rien ici')])
  // The seal of another page, with the answer to this one's challenge.
  const other = await (await fetch(address('/gestion/connexion'))).text()
  body.set('defi', /name="defi" value="([^"]*)"/.exec(other)?.[1] ?? '')
  expect((await replay(body)).status).toBe(422)
  body.set('reponse', '{"id":"x"}')
  expect((await replay(body)).status).toBe(422)
})

it('a device that did not verify its holder opens nothing', async () => {
  await signOut()
  await verified(false)
  await page.goto(address('/gestion/connexion'))
  await byPasskey().click()
  await expect.poll(() => mainText(page)).toContain("Rien n'a été fait")
  await verified(true)
  await byPasskey().click()
  await page.waitForURL(address('/gestion'))
})

it('a suspended member’s passkey opens nothing, nor does one that was removed', async () => {
  const suspend = (at: Date | null) =>
    world.db.transaction((tx) =>
      tx
        .updateTable('staff_member')
        .set({ suspended_at: at })
        .where('identifier', '=', 'compta.ifac')
        .execute(),
    )
  const tryIt = async () => {
    await signOut()
    await page.goto(address('/gestion/connexion'))
    await byPasskey().click()
    await page.waitForLoadState()
  }
  await suspend(new Date())
  await tryIt()
  await expect.poll(() => mainText(page)).toContain("Cette clé d'accès n'ouvre rien ici")
  await suspend(null)
  await tryIt()
  await page.waitForURL(address('/gestion'))
  await page.goto(address('/gestion/mon-acces'))
  await page.getByRole('button', { name: 'Retirer la clé « Ordinateur du bureau »' }).click()
  await expect.poll(() => mainText(page)).toContain("Vous n'en avez pas encore")
  expect(await actsOf('passkey.removed')).toBe(1)
  await tryIt()
  await expect.poll(() => mainText(page)).toContain("Cette clé d'accès n'ouvre rien ici")
})

it('without JavaScript the password remains, and nothing points to passkeys', async () => {
  const plain = await visit(browser, false, 390)
  const one = await plain.newPage()
  await one.goto(address('/gestion/connexion'))
  expect(await one.getByRole('button', { name: 'Utiliser une clé d’accès' }).count()).toBe(0)
  expect(await one.getByRole('button', { name: 'Se connecter' }).count()).toBe(1)
  await plain.close()
})
