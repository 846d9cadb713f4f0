// The operator's page, over HTTP: what went over the wire, the clock, the faults.
import { afterAll, expect, test } from 'vitest'
import { openDesk, formFields, SHOP_ID, SHOP_PASSWORD, shopSign } from './support/test-bank.ts'
import { openStripeDesk, sessionParams } from './support/test-stripe.ts'

const stripeDesk = await openStripeDesk()
const { desk, origin } = stripeDesk
afterAll(() => stripeDesk.stop())
const CARD = '4970100000000055'
const SHOP_KEY = '1122334455667788'

const room = async (query = '') => {
  const html = await (await fetch(`${origin}/salle-des-machines${query}`)).text()
  return html
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
const press = (action: string, fields: Record<string, string>, site = 'same-origin') =>
  fetch(`${origin}/salle-des-machines/${action}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': site },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
const bankTime = async () => Date.parse(((await desk.door('horloge')) as { now: string }).now)
/** Pays an order and gives what the shop was told last. */
const paid = async (orderId: string) => {
  const page = await desk.open({ vads_order_id: orderId })
  await desk.pay(page, CARD)
  await desk.read(page)
  return desk.shop.received.filter((one) => one['vads_order_id'] === orderId)
}
const askRest = (password = SHOP_PASSWORD) =>
  fetch(`${origin}/api-payment/V4/Order/Get`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${SHOP_ID}:${password}`).toString('base64')}` },
    body: JSON.stringify({ orderId: 'VU' }),
  })

test('the home page leads to it, and it needs no script', async () => {
  expect(await (await fetch(origin)).text()).toContain('href="/salle-des-machines"')
  const page = await fetch(`${origin}/salle-des-machines`)
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await page.text()).not.toMatch(/ style="|<style|<script>| on[a-z]+="/)
})

test('a payment shows its form, its notification, its return and the questions, with what was signed', async () => {
  const [told] = await paid('VU')
  await (await askRest()).text()
  await expect.poll(() => room('?paiement=VU')).toContain('REST Systempay – 200')
  const text = await room('?paiement=VU')
  const order = [
    'REST Systempay',
    'Retour de l’acheteur',
    'Notification Systempay – 200',
    'Formulaire Systempay – 303',
  ]
  const places = order.map((name) => text.indexOf(name))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  const { signature, ...fields } = told ?? {}
  const values = Object.keys(fields)
    .toSorted()
    .map((name) => fields[name])
  expect(text).toContain(values.join('+'))
  expect(text).toContain(`signature = ${signature}`)
  expect(text).toContain('OK-bien reçu')
})

test('no key and no password ever stands there, even when the shop sends one', async () => {
  await desk.submit({ ...formFields({ vads_order_id: 'BAVARD' }), note: SHOP_KEY, autre: SHOP_PASSWORD })
  const text = await room()
  expect(text).toContain('note = ••••')
  for (const secret of [SHOP_KEY, SHOP_PASSWORD, 'sk_test_of_the_tests', 'whsec_of_the_tests'])
    expect(text).not.toContain(secret)
})

test('the filter keeps one payment and says when there is none', async () => {
  await paid('SEUL-A')
  await paid('SEUL-B')
  const text = await room('?paiement=SEUL-A')
  expect(text).toContain('vads_order_id = SEUL-A')
  expect(text).not.toContain('SEUL-B')
  expect(await room('?paiement=RIEN-DE-TEL')).toContain('Aucun échange ne contient ce texte.')
})

test('Stripe’s questions and events are there, with the text that was signed', async () => {
  const { id } = await stripeDesk.stripe.checkout.sessions.create(sessionParams())
  await stripeDesk.act(id, 'carte', { numero: '4242424242424242' })
  await expect.poll(() => room()).toContain('Événement Stripe – 200')
  const text = await room('?paiement=checkout.session.completed')
  expect(text).toMatch(/stripe-signature: t=\d+,v1=[0-9a-f]{64}/)
  expect(text).toMatch(/\n\d+\.\{\n/)
  expect(await room(`?paiement=${id}`)).toContain('POST /v1/checkout/sessions')
})

test('PayFiP’s questions and notifications are there', async () => {
  const soap = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><x/></soapenv:Body></soapenv:Envelope>`
  await (await fetch(`${origin}/tpa/services/securite`, { method: 'POST', body: soap })).text()
  await expect.poll(() => room()).toContain('SOAP PayFiP – 500')
  expect(await room()).toContain('Rien n’est signé.')
})

test('the clock goes forward by a button, and back to now', async () => {
  for (const [avance, seconds] of [
    ['600', 600],
    ['3600', 3600],
    ['86400', 86_400],
  ] as const) {
    const before = await bankTime()
    expect((await press('horloge', { avance })).status).toBe(303)
    expect(Math.round((await bankTime()) - before)).toBeGreaterThanOrEqual(seconds * 1000)
  }
  await press('horloge', { avance: 'retour' })
  expect(Math.abs((await bankTime()) - Date.now())).toBeLessThan(60_000)
  expect(await room('?fait=horloge')).toContain('L’horloge de la banque a changé.')
})

test('each fault of Systempay is armed for one payment, then gone', async () => {
  const of = async (etat: string) => {
    expect((await press('panne', { passerelle: 'systempay', etat })).status).toBe(303)
    return paid(`PANNE-${etat}`)
  }
  expect(await of('lost')).toEqual([])
  expect(await room('?paiement=PANNE-lost')).toContain('perdue, jamais envoyée')
  expect(await of('repeated')).toHaveLength(3)
  const [forged] = await of('forged')
  expect(forged?.['signature']).not.toBe(shopSign(forged ?? {}))
  const [amount] = await of('amount')
  expect(amount).toMatchObject({ vads_amount: '100', signature: shopSign(amount ?? {}) })
  const [mode] = await of('mode')
  expect(mode).toMatchObject({ vads_ctx_mode: 'PRODUCTION', signature: shopSign(mode ?? {}) })
  const [plain] = await paid('APRES')
  expect(plain).toMatchObject({
    vads_amount: '7450',
    vads_ctx_mode: 'TEST',
    signature: shopSign(plain ?? {}),
  })
})

test('an armed fault is shown, and taken away by « Aucune »', async () => {
  const chosen = async () => {
    const html = await (await fetch(`${origin}/salle-des-machines`)).text()
    return [...html.matchAll(/<option[^>]*value="(\w+)"[^>]*>/g)]
      .filter(([tag]) => tag.includes('selected'))
      .map(([, value]) => value)
  }
  const none = ['none', 'none', 'none', 'up', 'up', 'up']
  expect(await chosen()).toEqual(none)
  await press('panne', { passerelle: 'systempay', etat: 'forged' })
  await press('panne', { passerelle: 'payfip', etat: 'later' })
  await press('panne', { passerelle: 'stripe', etat: 'reversed' })
  expect(await chosen()).toEqual(['forged', 'later', 'reversed', 'up', 'up', 'up'])
  for (const passerelle of ['systempay', 'payfip', 'stripe'])
    await press('panne', { passerelle, etat: 'none' })
  expect(await chosen()).toEqual(none)
  expect(await paid('DESARME')).toHaveLength(1)
})

test('an interface is put out of order until it is put back', async () => {
  const soap = () => fetch(`${origin}/tpa/services/securite`, { method: 'POST', body: '<x/>' })
  const stripe = () => fetch(`${origin}/v1/balance`)
  for (const [passerelle, ask, status] of [
    ['systempay', askRest, 503],
    ['payfip', soap, 503],
    ['stripe', stripe, 500],
  ] as const) {
    const before = (await ask()).status
    await press('coupure', { passerelle, etat: 'down' })
    expect((await ask()).status).toBe(status)
    await press('coupure', { passerelle, etat: 'up' })
    expect((await ask()).status).toBe(before)
  }
})

test('an order that does not exist changes nothing', async () => {
  for (const [action, fields] of [
    ['horloge', { avance: '-5' }],
    ['panne', { passerelle: 'payfip', etat: 'forged' }],
    ['panne', { passerelle: 'autre', etat: 'lost' }],
    ['coupure', { passerelle: 'stripe', etat: 'mute' }],
  ] as const) {
    const answer = await press(action, fields)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Ordre inconnu\u00a0: rien n’a été changé.')
  }
})

test('a page of another site cannot press a button', async () => {
  const before = await bankTime()
  expect((await press('horloge', { avance: '86400' }, 'cross-site')).status).toBe(403)
  expect((await bankTime()) - before).toBeLessThan(60_000)
})

test('without a Stripe account its lists are not there, nor its orders taken', async () => {
  const other = await openDesk()
  const address = `http://127.0.0.1:${other.bank.port}/salle-des-machines`
  expect(await (await fetch(address)).text()).not.toContain('value="stripe"')
  const answer = await fetch(`${address}/panne`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ passerelle: 'stripe', etat: 'lost' }),
  })
  expect(answer.status).toBe(422)
  await other.stop()
})

test('the last two hundred exchanges are kept, and no more', async () => {
  for (let index = 0; index < 205; index += 1)
    await (await fetch(`${origin}/v1/balance?tour=${index}.`)).text()
  const text = await room('?paiement=')
  expect(text).toContain('200 échanges')
  expect(text).toContain('tour=204.')
  expect(text).not.toContain('tour=4.')
})
