import { Hono, type Context } from 'hono'
import type { Mailbox } from './mailbox.ts'
import { MailPage, MailsPage } from './pages/mail-pages.tsx'
import { pageHeaders, sendPage } from './send-page.ts'

// The mail's own styles are allowed; nothing from outside, no script, links open in another tab.
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** A file name the header can carry, whatever the mail called it. */
function disposition(filename: string): string {
  const plain = filename.replaceAll(/[^\w.-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename).replaceAll("'", '%27')}`
}

/** The mailbox of the demonstration. */
export function serveMails(
  mailbox: Mailbox,
  isEncrypted: () => boolean,
  missing: (c: Context) => Response,
): Hono {
  const app = new Hono()
  const find = (c: Context) => mailbox.find(Number(c.req.param('id')))

  app.get('/courriels', (c) => sendPage(c, <MailsPage mails={mailbox.list()} isEncrypted={isEncrypted()} />))
  app.get('/courriels/:id', (c) => {
    const mail = find(c)
    return mail ? sendPage(c, <MailPage mail={mail} isEncrypted={isEncrypted()} />) : missing(c)
  })
  app.get('/courriels/:id/html', (c) => {
    const mail = find(c)
    if (!mail?.html) return missing(c)
    return c.html(`<!doctype html><base target="_blank">${mail.html}`, 200, {
      'content-security-policy': MAIL_POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })
  app.get('/courriels/:id/pieces/:rank', (c) => {
    const attachment = find(c)?.attachments[Number(c.req.param('rank')) - 1]
    if (!attachment) return missing(c)
    return c.body(Uint8Array.from(attachment.content), 200, {
      ...pageHeaders(),
      'content-type': attachment.type,
      'content-disposition': disposition(attachment.filename),
    })
  })
  return app
}
