import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk, type Desk } from './support/test-bank.ts'

let desk: Desk
let origin: string
beforeAll(async () => {
  desk = await openDesk()
  origin = `http://127.0.0.1:${desk.bank.port}`
})
afterAll(() => desk.stop())

const page = async (path: string) => (await fetch(origin + path)).text()

async function send(mail: Record<string, unknown>) {
  const transport = createTransport({
    host: '127.0.0.1',
    port: desk.bank.mailPort,
    secure: false,
    ignoreTLS: true,
  })
  await transport.sendMail({ from: 'Portail <portail@exemple.fr>', to: 'claire@exemple.fr', ...mail })
}

test('an empty box says so', async () => {
  expect(await page('/courriels')).toContain('Aucun courriel pour le moment.')
})

test('a mail is listed, and its text, links and attachments can be read', async () => {
  const attachments = [{ filename: 'reçu n° 1.pdf', content: Buffer.from('%PDF-1.4 été') }]
  const text = 'Bonjour,\nvotre reçu : http://portail.example/recus/1?a=1&b=2.\n<script>alert(1)</script>'
  await send({ subject: 'Votre reçu', text, html: '<p>Bonjour</p>', attachments })
  expect(await page('/courriels')).toContain('<a href="/courriels/1">Votre reçu</a>')
  const html = await page('/courriels/1')
  expect(html).toContain('<a href="http://portail.example/recus/1?a=1&amp;b=2">')
  expect(html).not.toContain('<script>alert')
  const file = await fetch(`${origin}/courriels/1/pieces/1`)
  expect(await file.text()).toBe('%PDF-1.4 été')
  expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''re%C3%A7u%20n%C2%B0%201.pdf")
})

test('the laid out part stays in a sandbox, without scripts nor anything from outside', async () => {
  const response = await fetch(`${origin}/courriels/1/html`)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain('sandbox')
  expect(policy).not.toContain('allow-scripts')
  expect(await page('/courriels/1')).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
})

test('the test door lists the mails newest first, then empties the box', async () => {
  await send({ to: 'a@exemple.fr', bcc: 'b@exemple.fr', subject: 'Deuxième', text: 'Deux' })
  const mails = (await desk.door('courriels')) as Record<string, unknown>[]
  expect(mails[0]).toMatchObject({
    to: 'a@exemple.fr, b@exemple.fr',
    from: 'portail@exemple.fr',
    subject: 'Deuxième',
    html: '',
  })
  expect(mails[1]).toMatchObject({ attachments: [{ filename: 'reçu n° 1.pdf', size: 14 }] })
  expect((await fetch(`${origin}/porte-de-test/courriels`, { method: 'DELETE' })).status).toBe(204)
  expect(await desk.door('courriels')).toEqual([])
})

test('what is not there is said with the bank’s own page', async () => {
  for (const path of ['/courriels/99', '/courriels/99/html', '/courriels/x/pieces/1', '/nulle-part']) {
    const response = await fetch(origin + path)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('Page introuvable')
  }
})
