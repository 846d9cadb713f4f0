import type { Refusal } from '../check-form.ts'
import { fr, texts } from '../texts.ts'
import { NoIcon } from './icons.tsx'
import { Layout } from './layout.tsx'

type MessageProps = {
  readonly title: string
  readonly sentences: readonly string[]
  readonly link: { readonly href: string; readonly label: string }
  readonly isEncrypted: boolean
}

/** A page with something to say and one way out: expired, missing, failure. */
export function MessagePage({ title, sentences, link, isEncrypted }: MessageProps) {
  return (
    <Layout title={title} isEncrypted={isEncrypted}>
      <div class="carton">
        <h1>{title}</h1>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <div class="boutons">
          <a class="b b-1" href={link.href}>
            {link.label}
          </a>
        </div>
      </div>
    </Layout>
  )
}

type RefusedProps = { readonly refusal: Refusal; readonly shopUrl: string; readonly isEncrypted: boolean }

/** A form the bank did not take, and what to correct (gateways 1.5). */
export function RefusedFormPage({ refusal, shopUrl, isEncrypted }: RefusedProps) {
  return (
    <Layout title={texts.formRefused} isEncrypted={isEncrypted}>
      <div class="carton">
        <h1 class="issue non">
          <NoIcon />
          <span>{texts.formRefused}</span>
        </h1>
        <p>{texts.formRefusedIntro}</p>
        <p class="champ">
          <strong>{texts.formRefusedMoney}</strong>
        </p>
        <dl class="fiche">
          <dt>{texts.errorNumber}</dt>
          <dd class="num fort">{refusal.number}</dd>
          <dt>{texts.errorField}</dt>
          <dd class="code">{refusal.field}</dd>
          <dt>{texts.errorCorrection}</dt>
          <dd>{fr(refusal.correction)}</dd>
          <dt>{texts.errorCodes}</dt>
          <dd class="code">{`vads_result=30, vads_extra_result=${refusal.number}`}</dd>
        </dl>
        <div class="boutons">
          <a class="b b-1" href={shopUrl}>
            {texts.back}
          </a>
        </div>
      </div>
    </Layout>
  )
}
