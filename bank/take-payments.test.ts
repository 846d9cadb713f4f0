import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, shopSign, type Desk } from './support/test-bank.ts'

const ACCEPTED = '4970100000000055'
const REFUSED = '4970100000000113'
const BY_SMS = '4970110000001003'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stop())

/** Notifications about one payment page, by its order. */
function about(orderId: string) {
  return desk.shop.received.filter((sent) => sent['vads_order_id'] === orderId)
}

async function smsCode(page: string): Promise<string> {
  return /#(\d{6})/.exec(await desk.read(page))?.[1] ?? ''
}

const wrongOf = (code: string) => (code === '000000' ? '111111' : '000000')

/** The address of the way back shown on the result page. */
async function backOf(page: string): Promise<URL> {
  const html = await desk.read(page)
  const href = /<a class="b b-[12]" href="(http[^"]+)"/.exec(html)?.[1] ?? ''
  return new URL(href.replaceAll('&amp;', '&'))
}

test('three wrong codes refuse the payment, and each time the page says what is left', async () => {
  const page = await desk.open({ vads_order_id: 'TROIS' })
  await desk.pay(page, BY_SMS)
  const wrong = wrongOf(await smsCode(page))
  expect(await (await desk.act(page, 'code', { code: wrong })).text()).toContain('Il vous reste 2 essais.')
  expect(await (await desk.act(page, 'code', { code: wrong })).text()).toContain('Il vous reste 1 essai.')
  expect((await desk.act(page, 'code', { code: wrong })).status).toBe(303)
  expect(await desk.read(page)).toContain('Paiement refusé')
  const [sent] = about('TROIS')
  expect(sent).toMatchObject({ vads_trans_status: 'REFUSED', vads_threeds_status: 'N', vads_auth_result: '' })
})

test('a wrong code then the right one is accepted', async () => {
  const page = await desk.open()
  await desk.pay(page, BY_SMS)
  const code = await smsCode(page)
  await desk.act(page, 'code', { code: wrongOf(code) })
  await desk.act(page, 'code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })
  expect(await desk.read(page)).toContain('Paiement accepté')
})

test('a code which is not 6 digits costs no try', async () => {
  const page = await desk.open()
  await desk.pay(page, BY_SMS)
  expect(await (await desk.act(page, 'code', { code: '12' })).text()).toContain(
    'Saisissez le code à 6 chiffres.',
  )
  expect(await desk.read(page)).toContain('Vous avez 3 essais.')
})

test('a double submission makes one payment', async () => {
  const page = await desk.open({ vads_order_id: 'DOUBLE' })
  await Promise.all([desk.pay(page, ACCEPTED), desk.pay(page, ACCEPTED)])
  await desk.pay(page, ACCEPTED)
  await desk.act(page, 'reessayer')
  await desk.act(page, 'annuler')
  await desk.pay(page, ACCEPTED)
  expect(about('DOUBLE')).toHaveLength(1)
  expect(await desk.read(page)).toContain('Paiement accepté')
})

test('a right code submitted twice makes one payment', async () => {
  const page = await desk.open({ vads_order_id: 'CODE-DOUBLE' })
  await desk.pay(page, BY_SMS)
  const code = await smsCode(page)
  await Promise.all([desk.act(page, 'code', { code }), desk.act(page, 'code', { code })])
  expect(about('CODE-DOUBLE')).toHaveLength(1)
})

test('another card after a refusal is the second attempt, under its own identity', async () => {
  const page = await desk.open({ vads_order_id: 'SUITE' })
  await desk.pay(page, REFUSED)
  expect(await desk.read(page)).toContain('Aucune somme n’a été débitée.')
  await desk.act(page, 'reessayer')
  await desk.pay(page, ACCEPTED)
  const [first, second] = about('SUITE')
  expect(first).toMatchObject({ vads_trans_status: 'REFUSED', vads_sequence_number: '1' })
  expect(second).toMatchObject({ vads_trans_status: 'AUTHORISED', vads_sequence_number: '2' })
  expect(second?.['vads_trans_uuid']).not.toBe(first?.['vads_trans_uuid'])
})

test('leaving the page notifies nobody, and the signed return says so', async () => {
  const page = await desk.open({
    vads_order_id: 'PARTI',
    vads_url_cancel: 'http://portail.example/annule?x=1',
  })
  const response = await desk.act(page, 'annuler')
  const back = new URL(response.headers.get('location') ?? '')
  const fields = Object.fromEntries(back.searchParams)
  expect(back.href).toContain('http://portail.example/annule?x=1&vads_')
  expect(fields).toMatchObject({ vads_result: '17', vads_trans_status: 'ABANDONED' })
  expect(fields['signature']).toBe(shopSign(fields))
  expect(Object.keys(fields)).not.toContain('vads_sequence_number')
  expect(Object.keys(fields)).not.toContain('vads_card_number')
  expect(about('PARTI')).toEqual([])
})

test('with the rule switched on, leaving the page is notified', async () => {
  const other = await openDesk({ abandonNotification: true })
  const page = await other.open()
  await other.act(page, 'annuler')
  expect(other.shop.received).toHaveLength(1)
  expect(other.shop.received[0]).toMatchObject({ vads_trans_status: 'ABANDONED', vads_url_check_src: 'PAY' })
  await other.stop()
})

test('GET: the return carries the notification’s data, but for its own fields', async () => {
  const page = await desk.open({ vads_order_id: 'RETOUR' })
  await desk.pay(page, ACCEPTED)
  const fields = Object.fromEntries((await backOf(page)).searchParams)
  const {
    vads_url_check_src: source,
    vads_hash: hash,
    signature: _signed,
    ...sent
  } = about('RETOUR')[0] ?? {}
  expect(source).toBe('PAY')
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(fields).toEqual({ ...sent, signature: shopSign(fields) })
})

test('POST: the return is a form with the signed data, which the page’s policy lets go', async () => {
  const page = await desk.open({ vads_return_mode: 'POST', vads_url_success: 'https://ok.example/fin' })
  await desk.pay(page, ACCEPTED)
  const response = await fetch(page)
  const html = await response.text()
  expect(html).toContain('<form method="post" action="https://ok.example/fin"')
  expect(html).toContain('name="vads_trans_status" value="AUTHORISED"')
  expect(response.headers.get('content-security-policy')).toContain(
    "form-action 'self' http://portail.example https://ok.example",
  )
})

test('NONE or nothing: the return carries nothing', async () => {
  for (const mode of ['NONE', undefined]) {
    const page = await desk.open({ vads_return_mode: mode })
    await desk.pay(page, ACCEPTED)
    expect((await backOf(page)).href).toBe('http://portail.example/retour')
  }
})

test('each ending has its own address, then the common one, then the shop’s', async () => {
  const refused = await desk.open({ vads_return_mode: 'NONE', vads_url_refused: 'http://a.example/non' })
  await desk.pay(refused, REFUSED)
  expect((await backOf(refused)).href).toBe('http://a.example/non')
  const bare = await desk.open({ vads_return_mode: 'NONE', vads_url_return: undefined })
  await desk.pay(bare, ACCEPTED)
  expect((await backOf(bare)).href).toBe('http://portail.example/')
})

test('one brand only skips the choice of a card; none chosen is said', async () => {
  expect(await desk.read(await desk.open({ vads_payment_cards: 'VISA' }))).toContain(
    'Saisissez votre numéro de carte',
  )
  const page = await desk.open()
  expect(await desk.read(page)).toContain('Sélectionnez un moyen de paiement')
  const response = await desk.act(page, 'type')
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('Choisissez un type de carte.')
})

test('every page is uncached, unframed and without code of its own', async () => {
  const response = await fetch(await desk.open())
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  expect(await response.text()).not.toMatch(/ style="|<style|<script>| on[a-z]+="/)
})

test('the fields nobody asked for are not sent', async () => {
  const page = await desk.open({ vads_order_id: 'SOBRE', vads_ext_info_lot: 'été' })
  await desk.pay(page, ACCEPTED)
  const [sent = {}] = about('SOBRE')
  expect(sent['vads_ext_info_lot']).toBe('été')
  expect(Object.keys(sent).filter((name) => name.startsWith('vads_cust_'))).toEqual([])
})

test('the receipt goes to the address typed on the page, and to no other', async () => {
  const typed = await desk.open({ vads_cust_email: 'portail@exemple.fr' })
  expect(await desk.read(typed)).not.toContain('portail@exemple.fr')
  await desk.pay(typed, ACCEPTED, { email: 'claire@exemple.fr' })
  const emptied = await desk.open({ vads_cust_email: 'portail@exemple.fr' })
  await desk.pay(emptied, ACCEPTED, { email: '' })
  await expect.poll(() => desk.door('courriels')).toMatchObject([{ to: 'claire@exemple.fr' }])
  const [mail] = (await desk.door('courriels')) as { subject: string; text: string }[]
  expect(mail?.subject).toBe('Reçu de paiement\u00a0: 74,50\u00a0€ à ACCUEIL DE LOISIRS THONON')
  expect(mail?.text).toContain('497010XXXXXX0055')
})

test('a misspelt domain is questioned once, then taken', async () => {
  const page = await desk.open()
  const html = await (await desk.pay(page, ACCEPTED, { email: 'claire@gmial.com' })).text()
  expect(html).toContain('Vouliez-vous écrire claire@gmail.com\u00a0?')
  await desk.pay(page, ACCEPTED, { email: 'claire@gmial.com', email_vu: 'claire@gmial.com' })
  expect(await desk.read(page)).toContain('Paiement accepté')
})
