// How a mail about invoices and payments looks: the same words as plain text and as inline-styled HTML.
import { renderToString } from 'preact-render-to-string'
import { unreachable } from '../kernel/assert.ts'
import type { WrittenMail } from '../mail/mail.ts'

/** A paragraph, a list, or pairs of name and value. */
export type MailPart =
  | { readonly kind: 'text'; readonly text: string; readonly strong?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: string }[] }

export type MailText = {
  readonly subject: string
  readonly parts: readonly MailPart[]
  readonly action: string
  readonly url: string
  readonly closing: readonly string[]
}

// Mail programs read neither style sheets nor variables: colours are those of the light theme.
const STYLE = {
  body: 'margin:0;padding:24px 12px;background:#FAF6EF;color:#1E2A2B;font:17px/1.5 Figtree,Segoe UI,Roboto,sans-serif',
  card: 'max-width:560px;margin:0 auto;padding:28px;background:#FFFFFF;border:1px solid #DDD2C1;border-top:6px solid #0F5A63;border-radius:10px',
  title: 'margin:0 0 16px;font-size:24px;line-height:1.2',
  line: 'margin:0 0 14px',
  list: 'margin:0 0 14px;padding-left:22px',
  table: 'width:100%;margin:0 0 14px;border-collapse:collapse;font-size:15px',
  label:
    'padding:6px 12px 6px 0;border-bottom:1px solid #DDD2C1;color:#566162;text-align:left;font-weight:400',
  value:
    'padding:6px 0;border-bottom:1px solid #DDD2C1;text-align:right;font-weight:600;word-break:break-word',
  button:
    'display:inline-block;padding:13px 24px;border-radius:10px;background:#0F5A63;color:#FFFFFF;font-weight:bold;text-decoration:none',
  small: 'margin:0 0 14px;font-size:14px;color:#566162;word-break:break-all',
  foot: 'max-width:560px;margin:16px auto 0;font-size:14px;color:#566162',
}

/** The mail, ready to leave. */
export function composeMail(mail: MailText): WrittenMail {
  const text = [...mail.parts.map(plainPart), `${mail.action}\n${mail.url}`, mail.closing.join('\n')]
  const html = `<!doctype html>${renderToString(<MailPage {...mail} />)}`
  return { subject: mail.subject, text: `${text.join('\n\n')}\n`, html }
}

function plainPart(part: MailPart): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'list':
      return part.items.map((item) => `- ${item}`).join('\n')
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}\u00A0: ${value}`).join('\n')
    default:
      return unreachable(part)
  }
}

const MailPage = (mail: MailText) => (
  <html lang="fr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>{mail.subject}</title>
    </head>
    <body style={STYLE.body}>
      <div style={STYLE.card}>
        <h1 style={STYLE.title}>{mail.subject}</h1>
        {mail.parts.map((part) => (
          <Part part={part} />
        ))}
        <p style={STYLE.line}>
          <a href={mail.url} style={STYLE.button}>
            {mail.action}
          </a>
        </p>
        <p style={STYLE.small}>{mail.url}</p>
      </div>
      <div style={STYLE.foot}>
        {mail.closing.map((line) => (
          <p style={STYLE.line}>{line}</p>
        ))}
      </div>
    </body>
  </html>
)

const Part = ({ part }: { part: MailPart }) => {
  switch (part.kind) {
    case 'text':
      return <p style={STYLE.line}>{part.strong ? <strong>{part.text}</strong> : part.text}</p>
    case 'list':
      return (
        <ul style={STYLE.list}>
          {part.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )
    case 'facts':
      return (
        <table style={STYLE.table}>
          {part.facts.map(({ label, value }) => (
            <tr>
              <th scope="row" style={STYLE.label}>
                {label}
              </th>
              <td style={STYLE.value}>{value}</td>
            </tr>
          ))}
        </table>
      )
    default:
      return unreachable(part)
  }
}
