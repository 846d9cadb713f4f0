import { createTransport } from 'nodemailer'
import { assertNoTransaction } from './db.ts'

export type MailMessage = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Stable for one planned mail, so that a second sending after a crash is recognised as the same. */
  readonly messageId: string
  readonly attachments?: readonly { readonly filename: string; readonly content: Buffer }[]
}

export type Mailer = { readonly send: (message: MailMessage) => Promise<void>; readonly close: () => void }

/** Mails a second: a hundred thousand at once make no peak, neither at the mail server nor here (F76). */
const MAILS_PER_SECOND = 15

/**
 * Sends by SMTP, `perSecond` at most: the others wait their turn. Throws when the server does not
 * take the message within 10 s.
 */
export function smtpMailer(smtpUrl: string, from: string, perSecond = MAILS_PER_SECOND): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    rateDelta: 1_000,
    rateLimit: perSecond,

    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 10_000,
  })
  return {
    send: async (message) => {
      assertNoTransaction()
      await transport.sendMail({ from, ...message, attachments: [...(message.attachments ?? [])] })
    },
    close: () => transport.close(),
  }
}
