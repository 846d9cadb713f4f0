// How a mail about access looks: the same words as text and as plain, inline-styled HTML.
import { renderToString } from 'preact-render-to-string'
import type { WrittenMail } from '../mail/mail.ts'
import type { Login } from './login.ts'
import { mailTexts } from './mail-texts.ts'

export type AccessMail = {
  readonly subject: string
  readonly lines: readonly string[]
  readonly action: string
  readonly note: string
  readonly notYou: string
}
/** Who receives it. */
type Recipient = Pick<Login, 'firstName' | 'lastName'> & { readonly identifier: string | undefined }
type Sender = { readonly name: string; readonly phone: string; readonly email: string }

/** The mail, ready to leave. */
export function composeMail(mail: AccessMail, login: Recipient, sender: Sender, url: string): WrittenMail {
  const greeting = mailTexts.greeting(login.firstName, login.lastName)
  const closing = [mailTexts.contact(sender.phone, sender.email), mailTexts.signature(sender.name)]
  const identifier = login.identifier === undefined ? [] : [mailTexts.identifier(login.identifier)]
  const before = [greeting, ...mail.lines, ...identifier]
  const after = [mail.note, mail.notYou].filter((line) => line !== '')
  const text = [...before, `${mail.action}\n${url}`, ...after, closing.join('\n')].join('\n\n')
  const html = `<!doctype html>${renderToString(
    <MailPage
      title={mail.subject}
      before={before}
      action={mail.action}
      url={url}
      after={after}
      closing={closing}
    />,
  )}`
  return { subject: mail.subject, text: `${text}\n`, html }
}

// Mail programs read neither style sheets nor variables: colours are those of the light theme.
const STYLE = {
  body: 'margin:0;padding:24px 12px;background:#FAF6EF;color:#1E2A2B;font:17px/1.5 Figtree,Segoe UI,Roboto,sans-serif',
  card: 'max-width:560px;margin:0 auto;padding:28px;background:#FFFFFF;border:1px solid #DDD2C1;border-top:6px solid #0F5A63;border-radius:10px',
  title: 'margin:0 0 16px;font-size:24px;line-height:1.2',
  line: 'margin:0 0 14px',
  button:
    'display:inline-block;padding:13px 24px;border-radius:10px;background:#0F5A63;color:#FFFFFF;font-weight:bold;text-decoration:none',
  small: 'margin:0 0 14px;font-size:14px;color:#566162;word-break:break-all',
  foot: 'max-width:560px;margin:16px auto 0;font-size:14px;color:#566162',
}

const MailPage = (props: {
  title: string
  before: readonly string[]
  action: string
  url: string
  after: readonly string[]
  closing: readonly string[]
}) => (
  <html lang="fr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>{props.title}</title>
    </head>
    <body style={STYLE.body}>
      <div style={STYLE.card}>
        <h1 style={STYLE.title}>{props.title}</h1>
        {props.before.map((line) => (
          <p style={STYLE.line}>{line}</p>
        ))}
        <p style={STYLE.line}>
          <a href={props.url} style={STYLE.button}>
            {props.action}
          </a>
        </p>
        <p style={STYLE.small}>
          {mailTexts.linkBelow}
          <br />
          {props.url}
        </p>
        {props.after.map((line) => (
          <p style={STYLE.line}>{line}</p>
        ))}
      </div>
      <div style={STYLE.foot}>
        {props.closing.map((line) => (
          <p style="margin:0">{line}</p>
        ))}
      </div>
    </body>
  </html>
)
