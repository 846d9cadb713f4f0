import { formatAmount, formatTime } from '../format.ts'
import { say, texts } from '../texts.ts'
import {
  ErrorSummary,
  FieldError,
  Notice,
  PaymentFrame,
  paymentPath,
  type PaymentView,
} from './payment-frame.tsx'

type CodePageProps = PaymentView & {
  /** Host of the bank, on the last line of the message (origin-bound one-time code). */
  readonly host: string
  readonly problem?: string | undefined
  readonly news?: string | undefined
}

/** Page 3: the code of the message, with the drawn phone that receives it. */
export function CodePage({ host, problem, news, ...view }: CodePageProps) {
  const { session, payee } = view
  const { challenge, order } = session
  if (!challenge) return null
  const amount = formatAmount(order.amount)
  const sent = challenge.card.authentication !== 'silent' ? challenge.codes.at(-1) : undefined
  const phone = (
    <section class="carton appareil" aria-labelledby="telephone">
      <h2 id="telephone">{texts.phone}</h2>
      <div class="telephone">
        <p class="heure num">{formatTime(sent?.sentAt ?? session.openedAt).slice(-5)}</p>
        {sent ? (
          <div class="bulle">
            <b>{texts.smsFrom}</b>
            <p>{say.sms(sent.value, amount, payee)}</p>
            <p class="court">{`@${host} #${sent.value}`}</p>
          </div>
        ) : (
          <p class="bulle vide">{texts.noSms}</p>
        )}
      </div>
    </section>
  )
  return (
    <PaymentFrame {...view} step={3} hasError={problem !== undefined} canCancel beside={phone}>
      {problem && <ErrorSummary problems={[{ field: 'code', sentence: problem }]} />}
      {news && <Notice>{news}</Notice>}
      <form method="post" action={paymentPath(session, 'code')} noValidate>
        <h1>{texts.step3}</h1>
        <p>{say.codeSentTo(phoneEnd(order.fields['vads_cust_cell_phone']), amount, payee)}</p>
        {!problem && <p>{say.attempts(challenge.triesLeft)}</p>}
        <div class="champ apres">
          <label for="code">{texts.otp}</label>
          <span class="aide" id="code-aide">
            {texts.otpHelp}
          </span>
          <FieldError id="code-erreur" sentence={problem} />
          <input
            class="saisie code-sms num"
            id="code"
            name="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            spellcheck={false}
            aria-describedby={problem ? 'code-aide code-erreur' : 'code-aide'}
            aria-invalid={problem ? 'true' : undefined}
          />
        </div>
        <button class="b b-1 plein" type="submit">
          {texts.submitOtp}
        </button>
      </form>
      <form class="apres" method="post" action={paymentPath(session, 'renvoyer')}>
        <button class="b b-2" type="submit">
          {texts.resend}
        </button>
      </form>
      <details>
        <summary>{texts.needHelp}</summary>
        <ul>
          <li>{texts.helpSms}</li>
          <li>{texts.helpWait}</li>
          <li>{texts.helpSilent}</li>
        </ul>
      </details>
    </PaymentFrame>
  )
}

function phoneEnd(phone = ''): string {
  const digits = phone.replaceAll(/\D/g, '')
  return digits.length >= 10 ? digits.slice(-2) : '42'
}
