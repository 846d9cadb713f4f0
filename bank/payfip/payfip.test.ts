import { afterEach, expect, test } from 'vitest'
import { openDesk, type Desk } from '../support/test-bank.ts'

const desks: Desk[] = []
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.stop()))
})

const SERVICE = '/tpa/services/securite'
const envelope = (operation: string, fields: Record<string, string>) => {
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><p:${operation} xmlns:p="urn:p"><arg0>${inner.join('')}</arg0></p:${operation}></e:Body></e:Envelope>`
}
const leaf = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]

async function open(changes: Record<string, string> = {}) {
  const desk = await openDesk()
  desks.push(desk)
  const origin = `http://127.0.0.1:${desk.bank.port}`
  const ask = async (operation: string, fields: Record<string, string>) => {
    const body = envelope(operation, fields)
    const response = await fetch(origin + SERVICE, { method: 'POST', body })
    return { status: response.status, xml: await response.text() }
  }
  const create = () =>
    ask('creerPaiementSecurise', {
      exer: '2026',
      mel: 'claire@famille.example',
      montant: '3100',
      numcli: '090909',
      objet: 'Facture VI000012',
      refdet: '0A1B2C3D4E5F6G7H8J9K0M1N2P',
      saisie: 'T',
      urlnotif: desk.shop.url,
      urlredirect: 'http://portail.example/paiement/retour',
      ...changes,
    })
  const visit = (path: string) => fetch(origin + path, { redirect: 'manual' })
  const post = (path: string, fields: Record<string, string> = {}) =>
    fetch(origin + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const idOf = async () => leaf((await create()).xml, 'idOp') ?? ''
  const detail = (idOp: string) => ask('recupererDetailPaiementSecurise', { idOp })
  const resultOf = async (idOp: string) => {
    const { xml } = await detail(idOp)
    return leaf(xml, 'resultrans') ?? leaf(xml, 'code')
  }
  const enter = async (idOp: string) => {
    await visit(`/tpa/paiementws.web?idop=${idOp}`)
    return `/tpa/paiement/${idOp}`
  }
  const card = (page: string, number: string) =>
    post(`${page}/carte`, { pan: number, mm: '06', aa: String(new Date().getFullYear() + 1), cvc: '123' })
  return { desk, ask, create, idOf, visit, post, detail, resultOf, enter, card }
}
const GOOD = '4970100000000055'
const REFUSED = '4970100000000113'

test('a payment by card: the notification says nothing of it, the detail says all', async () => {
  const { desk, idOf, visit, card, detail, resultOf } = await open()
  const idOp = await idOf()
  expect(await resultOf(idOp)).toBe('P5')
  const opened = await visit(`/tpa/paiementws.web?idop=${idOp}`)
  expect([opened.status, opened.headers.get('location')]).toEqual([303, `/tpa/paiement/${idOp}`])
  const paid = await card(`/tpa/paiement/${idOp}`, GOOD)
  expect([paid.status, paid.headers.get('location')]).toEqual([303, `/tpa/paiement/${idOp}/fin`])
  expect(desk.shop.received).toEqual([{ idop: idOp }])
  const { status, xml } = await detail(idOp)
  expect(status).toBe(200)
  expect(['resultrans', 'montant', 'refdet', 'numcli', 'saisie'].map((name) => leaf(xml, name))).toEqual([
    'P',
    '3100',
    '0A1B2C3D4E5F6G7H8J9K0M1N2P',
    '090909',
    'T',
  ])
  expect(leaf(xml, 'numauto')).toMatch(/^\d{6}$/)
  const end = await (await visit(`/tpa/paiement/${idOp}/fin`)).text()
  expect(end).toContain(`http://portail.example/paiement/retour?idop=${idOp}`)
})

test('a refused card may be followed by another, and a paid operation stays paid', async () => {
  const { idOf, enter, card, post, resultOf, desk } = await open()
  const idOp = await idOf()
  const page = await enter(idOp)
  await card(page, REFUSED)
  expect(await resultOf(idOp)).toBe('R')
  await card(page, GOOD)
  expect(await resultOf(idOp)).toBe('P')
  await post(`${page}/abandonner`)
  expect(await resultOf(idOp)).toBe('P')
  expect(desk.shop.received).toHaveLength(2)
})

test.each([
  ['bon', 'V', /^OP\d{16}$/],
  ['mauvais', 'Z', /^undefined$/],
])('the account « %s » ends as %s', async (account, result, numauto) => {
  const { idOf, enter, post, detail } = await open()
  const idOp = await idOf()
  await post(`${await enter(idOp)}/prelevement`, { compte: account })
  const { xml } = await detail(idOp)
  expect(leaf(xml, 'resultrans')).toBe(result)
  expect(String(leaf(xml, 'numauto'))).toMatch(numauto)
})

test('a page that was left may still be paid while it lives: A, then P', async () => {
  const { idOf, enter, post, card, resultOf } = await open()
  const idOp = await idOf()
  const page = await enter(idOp)
  const left = await post(`${page}/abandonner`)
  expect(left.headers.get('location')).toBe(`http://portail.example/paiement/retour?idop=${idOp}`)
  expect(await resultOf(idOp)).toBe('A')
  await card(page, GOOD)
  expect(await resultOf(idOp)).toBe('P')
})

test('an operation opens one page, for 15 minutes, and is forgotten in the night', async () => {
  const { desk, idOf, visit, enter, card, resultOf } = await open()
  const [unused, used] = [await idOf(), await idOf()]
  const page = await enter(used)
  expect((await visit(`/tpa/paiementws.web?idop=${used}`)).status).toBe(410)
  expect((await visit(page)).status).toBe(200)
  await desk.door('horloge', { advanceSeconds: 15 * 60 + 1 })
  const late = await visit(`/tpa/paiementws.web?idop=${unused}`)
  expect([late.status, await late.text()]).toEqual([410, expect.stringContaining('P4')])
  expect((await card(page, GOOD)).status).toBe(410)
  expect(await resultOf(used)).toBe('P5')
  await desk.door('horloge', { advanceSeconds: 24 * 3600 })
  expect(await resultOf(used)).toBe('P1')
  expect((await visit(`/tpa/paiementws.web?idop=${unused}`)).status).toBe(404)
})

test('what ended is remembered after the night', async () => {
  const { desk, idOf, enter, card, resultOf } = await open()
  const idOp = await idOf()
  await card(await enter(idOp), GOOD)
  await desk.door('horloge', { advanceSeconds: 48 * 3600 })
  expect(await resultOf(idOp)).toBe('P')
})

test('the element idop in lower case is not the one the service knows', async () => {
  const { ask, idOf } = await open()
  const { status, xml } = await ask('recupererDetailPaiementSecurise', { idop: await idOf() })
  expect([status, leaf(xml, 'code')]).toEqual([500, 'P1'])
})

test.each([
  ['numcli', '12345', 'T1'],
  ['numcli', '123456', 'T2'],
  ['saisie', 'W', 'S1'],
  ['saisie', 'M', 'S1'],
  ['refdet', 'ABCDE', 'R3'],
  ['mel', '', 'A1'],
  ['mel', 'claire', 'A2'],
  ['montant', '', 'M1'],
  ['montant', '99', 'M3'],
  ['montant', '31.00', 'M5'],
  ['urlnotif', '', 'N1'],
  ['urlredirect', 'x'.repeat(250), 'D1'],
])('a payment with %s « %s » is refused as %s', async (name, value, code) => {
  const { create } = await open({ [name]: value })
  const { status, xml } = await create()
  expect([status, leaf(xml, 'code')]).toEqual([500, code])
})

test('the client’s number is told apart from another', async () => {
  const { ask } = await open()
  const known = await ask('recupererDetailClient', { numCli: '090909' })
  expect([known.status, leaf(known.xml, 'libelleN2')]).toEqual([200, 'Régie de démonstration'])
  expect(leaf((await ask('recupererDetailClient', { numCli: '000000' })).xml, 'code')).toBe('T2')
})

test('a notification is sent once, whatever it is answered; lost, late and repeated when asked', async () => {
  const { desk, idOf, enter, card } = await open()
  desk.shop.answers.push(500)
  await card(await enter(await idOf()), GOOD)
  await desk.door('horloge', { advanceSeconds: 3600 })
  expect(desk.shop.received).toHaveLength(1)
  await desk.door('payfip/armer', { loss: true })
  await card(await enter(await idOf()), GOOD)
  expect(desk.shop.received).toHaveLength(1)
  await desk.door('payfip/armer', { lateMinutes: 90 })
  await card(await enter(await idOf()), GOOD)
  expect(desk.shop.received).toHaveLength(1)
  await desk.door('horloge', { advanceSeconds: 91 * 60 })
  expect(desk.shop.received).toHaveLength(2)
  await desk.door('payfip/armer', { repeat: 2 })
  await card(await enter(await idOf()), GOOD)
  expect(desk.shop.received).toHaveLength(5)
})

test('another amount, a code instead of the detail, a return by POST', async () => {
  const { desk, idOf, enter, card, detail, resultOf, visit } = await open()
  await desk.door('payfip/armer', { amount: 100, returnBy: 'POST' })
  const idOp = await idOf()
  const page = await enter(idOp)
  await card(page, GOOD)
  expect(leaf((await detail(idOp)).xml, 'montant')).toBe('100')
  expect(await (await visit(`${page}/fin`)).text()).toContain(
    `<input type="hidden" name="idop" value="${idOp}"`,
  )
  await desk.door('payfip/armer', { detail: 'P4' })
  const other = await idOf()
  await card(await enter(other), GOOD)
  expect(await resultOf(other)).toBe('P4')
})

test.each([
  ['down', 503, 'Service Unavailable'],
  ['html', 200, 'Maintenance'],
  ['redirect', 302, ''],
])('the service may be %s', async (service, status, text) => {
  const { desk } = await open()
  await desk.door('payfip/panne', { service })
  const response = await fetch(`http://127.0.0.1:${desk.bank.port}${SERVICE}`, {
    method: 'POST',
    body: envelope('recupererDetailClient', { numCli: '090909' }),
    redirect: 'manual',
  })
  expect(response.status).toBe(status)
  expect(await response.text()).toContain(text)
})

test('the service may close in the middle of its answer', async () => {
  const { desk, ask } = await open()
  await desk.door('payfip/panne', { service: 'cut' })
  await expect(ask('recupererDetailClient', { numCli: '090909' })).rejects.toThrow()
  await desk.door('payfip/panne', { service: 'up' })
  expect((await ask('recupererDetailClient', { numCli: '090909' })).status).toBe(200)
})

test('what is no question is a technical error', async () => {
  const { desk } = await open()
  const body = envelope('creerPaiementSecurise', {}).replace('<e:Envelope', '<!DOCTYPE x><e:Envelope')
  const response = await fetch(`http://127.0.0.1:${desk.bank.port}${SERVICE}`, { method: 'POST', body })
  expect([response.status, leaf(await response.text(), 'code')]).toEqual([500, '999'])
})

test('a mistake on the card is shown beside its field, and no unknown number is shown again', async () => {
  const { idOf, enter, card, post } = await open()
  const page = await enter(await idOf())
  const unknown = await card(page, '4111111111111111')
  expect(unknown.status).toBe(422)
  const text = await unknown.text()
  expect(text).toContain('Ce numéro n’est pas celui d’une carte de test')
  expect(text).not.toContain('4111')
  expect((await post(`${page}/prelevement`)).status).toBe(422)
})
