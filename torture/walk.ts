// How a family pays: from the sign-in page to the bank's form and back, over HTTP.
import { type Browser, hiddenFields, openBrowser, type Page } from './browser.ts'
import type { PlannedPayment } from './plan.ts'
import { adultKey, PASSWORD, PREPAID_UNIT, UNIT } from './records.ts'
import type { World } from './world.ts'

export type Form = readonly (readonly [string, string])[]

/** Where a walk ended without the bank's form: why. */
export type Refused = { readonly refused: 'held' | 'nothing-due'; readonly reference: string }
export type Sent = { readonly form: Form; readonly reference: string }

/** Browsers of one family, each signed in once; every call opens a tab. */
export type Household = { readonly open: (parent: 0 | 1) => Promise<Browser> }

export function openHousehold(world: World, family: number): Household {
  const browsers = new Map<number, Promise<Browser>>()
  return {
    open: async (parent) => {
      const known = browsers.get(parent) ?? signIn(world, family, parent)
      browsers.set(parent, known)
      return (await known).openTab()
    },
  }
}

/** Every family has an address of its own: a school's would be slowed down as an attack is. */
const addressOf = (family: number): string => `10.${family >> 16}.${(family >> 8) & 255}.${family & 255}`

async function signIn(world: World, family: number, parent: 0 | 1): Promise<Browser> {
  const browser = openBrowser(world.portalUrl, addressOf(family))
  await browser.get('/connexion')
  const signed = await browser.post('/connexion', {
    identifiant: world.identifiers.get(adultKey(family, parent)) ?? '',
    'mot-de-passe': PASSWORD,
  })
  must(signed, 303, 'sign in')
  return browser
}

function must(page: Page, status: number, step: string): void {
  if (page.status !== status)
    throw new Error(`${step}: ${page.status} ${page.location} ${page.html.slice(0, 300)}`)
}

const REFERENCE = /paiement\/([0-9A-Z]{26})/

/** Chooses what to pay: gives the attempt's reference, or undefined when nothing of it is due. */
export async function choose(
  browser: Browser,
  payment: PlannedPayment,
  numbers: readonly string[],
): Promise<string | undefined> {
  const chosen =
    payment.purpose === 'top_up' ? await topUp(browser, payment.topUp) : await tick(browser, numbers)
  if (chosen.status === 422) return undefined
  must(chosen, 303, 'choose')
  return REFERENCE.exec(chosen.location)?.[1] ?? ''
}

async function tick(browser: Browser, numbers: readonly string[]): Promise<Page> {
  await browser.get('/factures')
  return browser.post('/paiement', { unite: UNIT, cle: browser.hidden('cle'), f: numbers })
}

async function topUp(browser: Browser, amount: number): Promise<Page> {
  const page = `/compte/recharger/${PREPAID_UNIT}`
  await browser.get(page)
  const euros = `${Math.floor(amount / 100)},${String(amount % 100).padStart(2, '0')}`
  return browser.post(page, { cle: browser.hidden('cle'), montant: 'autre', autre: euros })
}

/** Confirms an attempt: gives the bank's form, or why there is none. */
export async function send(browser: Browser, reference: string): Promise<Sent | Refused> {
  for (;;) {
    const asked = await browser.get(`/paiement/${reference}/confirmer`)
    if (asked.status === 303) return { refused: 'nothing-due', reference }
    must(asked, 200, 'confirm')
    const seen = browser.hidden('vu')
    const email = /name="courriel"[^>]*value="([^"]*)"/.exec(asked.html)?.[1] ?? ''
    const sent = await browser.post(`/paiement/${reference}/banque`, { vu: seen, courriel: email })
    if (sent.status === 303 && sent.location.endsWith('/confirmer')) continue
    if (sent.status === 303) return { refused: 'nothing-due', reference }
    if (sent.status === 409) return { refused: 'held', reference }
    must(sent, 200, 'send')
    const form = hiddenFields(sent.html).filter(([name]) => /^vads_|^signature$/.test(name))
    return { form, reference }
  }
}

/** Gives an attempt up on the portal: another may pay what it held. */
export async function drop(browser: Browser, reference: string): Promise<void> {
  await browser.get(`/paiement/${reference}`)
  must(await browser.post(`/paiement/${reference}/abandonner`, {}), 303, 'drop')
}
