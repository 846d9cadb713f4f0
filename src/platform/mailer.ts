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

/** Sends by SMTP; throws when the server does not take the message within 10 s. */
export function smtpMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
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
