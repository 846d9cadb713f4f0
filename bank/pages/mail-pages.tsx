import type { ComponentChildren } from 'preact'
import { formatTime } from '../format.ts'
import { say, texts } from '../texts.ts'
import type { Mail } from '../mailbox.ts'
import { Layout } from './layout.tsx'

/** The mails caught, newest first. */
export function MailsPage({ mails, isEncrypted }: { mails: readonly Mail[]; isEncrypted: boolean }) {
  return (
    <Layout title={texts.mailbox} isEncrypted={isEncrypted}>
      <div class="carton">
        <h1>{texts.mailbox}</h1>
        <p>{mails.length === 0 ? texts.noMail : texts.mailIntro}</p>
        {mails.length > 0 && (
          <table class="tab empile">
            <caption>{say.mailCount(mails.length)}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.mailSubject}</th>
                <th scope="col">{texts.mailTo}</th>
                <th scope="col">{texts.mailTime}</th>
              </tr>
            </thead>
            <tbody>
              {mails.map((mail) => (
                <tr key={mail.id}>
                  <th scope="row">
                    <a href={`/courriels/${mail.id}`}>{mail.subject || texts.noSubject}</a>
                  </th>
                  <td class="code">{mail.to}</td>
                  <td class="num">{formatTime(mail.at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Layout>
  )
}

/** One mail: its text, its laid out version apart in a sandbox, its attachments. */
export function MailPage({ mail, isEncrypted }: { mail: Mail; isEncrypted: boolean }) {
  const subject = mail.subject || texts.noSubject
  return (
    <Layout title={subject} isEncrypted={isEncrypted}>
      <div class="carton">
        <p>
          <a href="/courriels">{texts.backToMails}</a>
        </p>
        <h1 class="apres">{subject}</h1>
        <dl class="fiche">
          <dt>{texts.mailFrom}</dt>
          <dd>{mail.from}</dd>
          <dt>{texts.mailTo}</dt>
          <dd>{mail.to}</dd>
          <dt>{texts.mailTime}</dt>
          <dd class="num">{formatTime(mail.at)}</dd>
        </dl>
        {mail.attachments.length > 0 && (
          <>
            <h2>{texts.mailFiles}</h2>
            <ul class="liens">
              {mail.attachments.map((attachment, rank) => (
                <li key={rank}>
                  <a href={`/courriels/${mail.id}/pieces/${rank + 1}`} download={attachment.filename}>
                    {say.attachment(attachment.filename, attachment.content.length)}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <h2>{texts.mailText}</h2>
        {mail.text ? <div class="courriel">{linkify(mail.text)}</div> : <p>{texts.mailNoText}</p>}
        {mail.html && (
          <>
            <h2>{texts.mailHtml}</h2>
            <iframe
              class="cadre"
              src={`/courriels/${mail.id}/html`}
              title={texts.mailHtml}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            />
          </>
        )}
      </div>
    </Layout>
  )
}

/** The text with its web addresses as links; punctuation that ends a sentence stays out of them. */
function linkify(text: string): ComponentChildren[] {
  return text.split(/(https?:\/\/[^\s<>"»]+)/).map((piece, rank) => {
    if (rank % 2 === 0) return piece
    const address = piece.replace(/[.,;:!?)]+$/, '')
    return (
      <span key={rank}>
        <a href={address}>{address}</a>
        {piece.slice(address.length)}
      </span>
    )
  })
}
