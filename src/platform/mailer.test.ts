import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { smtpMailer } from './mailer.ts'

const db = await testDatabase()
const MESSAGE = {
  to: 'claire@famille.example',
  subject: 'Reçu',
  text: 'Merci',
  html: '<p>Merci</p>',
  messageId: '<1@portail.example>',
}

/** A mail server that keeps what it takes. */
async function mailServer() {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      stream.on('end', () => {
        received.push(text)
        done()
      })
    },
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.server.address() as AddressInfo
  return {
    received,
    url: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}

test('a mail leaves by SMTP, from the sender of the settings and under its own name', async () => {
  const server = await mailServer()
  const mailer = smtpMailer(server.url, 'Portail <portail@preau.example>')
  const attachments = [{ filename: 'recu.pdf', content: Buffer.from('%PDF') }]
  await mailer.send({ ...MESSAGE, attachments })
  await mailer.send(MESSAGE)
  mailer.close()
  await server.close()
  const { received } = server
  expect(received).toHaveLength(2)
  expect(received[0]).toMatch(/^From: Portail <portail@preau\.example>/m)
  expect(received[0]).toMatch(/^Message-ID: <1@portail\.example>/m)
  expect(received[0]).toContain('filename=recu.pdf')
  expect(received[1]).not.toContain('recu.pdf')
})

test('nothing is sent while a transaction is open, and a server that is away is told', async () => {
  const mailer = smtpMailer('smtp://127.0.0.1:9?ignoreTLS=true', 'Portail <portail@preau.example>')
  const sending = db.transaction(() => mailer.send(MESSAGE))
  await expect(sending).rejects.toThrow('an outside call inside a transaction')
  await expect(mailer.send(MESSAGE)).rejects.toThrow(/ECONNREFUSED/)
  mailer.close()
})

test('mails beyond so many a second wait their turn, and all leave (F76)', async () => {
  const server = await mailServer()
  const mailer = smtpMailer(server.url, 'Portail <portail@preau.example>', 4)
  const sending = Promise.all(Array.from({ length: 12 }, () => mailer.send(MESSAGE)))
  await vi.waitFor(() => expect(server.received.length).toBeGreaterThanOrEqual(4))
  await setTimeout(300)
  // Connections already open may each take one more.
  expect(server.received.length).toBeLessThan(12)
  await sending
  expect(server.received).toHaveLength(12)
  mailer.close()
  await server.close()
})
