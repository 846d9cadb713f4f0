import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

type Attachment = {
  readonly filename: string
  readonly type: string
  readonly content: Buffer
}

/** A mail caught by the bank. */
export type Mail = {
  readonly id: number
  /** Milliseconds since 1970, on the bank's clock. */
  readonly at: number
  readonly from: string
  /** Envelope recipients, separated by commas. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments: readonly Attachment[]
}

/** The mails caught, newest first. */
export type Mailbox = {
  readonly port: number
  list: () => readonly Mail[]
  find: (id: number) => Mail | undefined
  clear: () => void
  stop: () => Promise<void>
}

const MOST_MAILS = 500
const LARGEST_MAIL = 25 * 1024 * 1024

function toMail(id: number, at: number, recipients: readonly string[], mail: ParsedMail): Mail {
  return {
    id,
    at,
    from: mail.from?.value[0]?.address ?? '',
    to: recipients.join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    attachments: mail.attachments.map((attachment, rank) => ({
      filename: attachment.filename ?? `piece-${rank + 1}`,
      type: attachment.contentType,
      content: attachment.content,
    })),
  }
}

/** Starts an SMTP server, without account nor encryption, which keeps what it is given. */
export function startMailbox(host: string, port: number, now: () => number): Promise<Mailbox> {
  let mails: Mail[] = []
  let lastId = 0

  /** Nothing, or what went wrong. */
  const keep = async (stream: Readable, recipients: readonly string[]): Promise<Error | undefined> => {
    try {
      const parsed = await simpleParser(stream, { skipTextToHtml: true })
      lastId += 1
      mails = [toMail(lastId, now(), recipients, parsed), ...mails].slice(0, MOST_MAILS)
      return undefined
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: LARGEST_MAIL,
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map((recipient) => recipient.address)
      const answer = async () => done(await keep(stream, recipients))
      void answer()
    },
  })

  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve({
        port: (server.server.address() as AddressInfo).port,
        list: () => mails,
        find: (id) => mails.find((mail) => mail.id === id),
        clear: () => {
          mails = []
        },
        stop: () => new Promise((closed) => server.close(() => closed())),
      })
    })
  })
}
