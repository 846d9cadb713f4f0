import { cleanNumber, findCard } from '../cards.ts'
import { groupDigits, monthInParis } from '../format.ts'
import { say, texts } from '../texts.ts'
import type { CardField, CardRefusal, TypedCard } from '../check-card.ts'
import type { Session } from '../store.ts'
import { AlertIcon, CardBack, CardFront } from './icons.tsx'
import { ErrorSummary, FieldError, PaymentFrame, paymentPath, type PaymentView } from './payment-frame.tsx'

type CardPageProps = PaymentView & {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly refusal?: CardRefusal | undefined
  readonly typed?: TypedCard | undefined
}

const YEARS_AHEAD = 12

/** Page 2: the card. The code is never shown again, nor any number that is not a test card's. */
export function CardPage({ now, refusal, typed, ...view }: CardPageProps) {
  const { session } = view
  const isAmex = session.brand === 'AMEX'
  const problems = refusal?.problems ?? []
  const sentenceOf = (field: CardField) => problems.find((problem) => problem.field === field)?.sentence
  const known = typed && findCard(cleanNumber(typed.number))
  return (
    <PaymentFrame {...view} step={2} hasError={refusal !== undefined} canCancel>
      {refusal?.isUnknown && <UnknownCard />}
      {problems.length > 0 && <ErrorSummary problems={problems} />}
      <form method="post" action={paymentPath(session, 'carte')} noValidate autocomplete="on">
        <h1>{isAmex ? texts.amexTitle : texts.cardTitle}</h1>
        <NumberField
          session={session}
          value={known ? groupDigits(known.number) : ''}
          sentence={sentenceOf('pan')}
        />
        {refusal?.otherBrand && (
          <p class="champ">
            <button class="b b-2" type="submit" name="continuer" value={refusal.otherBrand}>
              {say.continueIn(refusal.otherBrand)}
            </button>
          </p>
        )}
        <ExpiryField now={now} typed={typed} sentence={sentenceOf('mm')} />
        <CodeField isAmex={isAmex} sentence={sentenceOf('cvc')} />
        <EmailField
          value={typed?.email ?? session.email}
          isKept={typed !== undefined}
          sentence={sentenceOf('email')}
        />
        {!isAmex && (
          <ul class="logos espaces" aria-label={texts.programmes}>
            <li>{texts.secureCode}</li>
            <li>{texts.verifiedBy}</li>
          </ul>
        )}
        <button class="b b-1 plein" type="submit">
          {texts.submitCard}
        </button>
        <p class="minu apres">{texts.smsComing}</p>
      </form>
      {session.order.brands.length > 1 && (
        <form method="post" action={paymentPath(session, 'changer')}>
          <button class="lien" type="submit">
            {texts.anotherBrand}
          </button>
        </form>
      )}
    </PaymentFrame>
  )
}

function UnknownCard() {
  return (
    <div class="avis avis-rouge" role="alert">
      <AlertIcon />
      <div>
        <p>{texts.unknownCard}</p>
        <p>
          <a href="/cartes-de-test">{texts.seeTestCards}</a>
        </p>
      </div>
    </div>
  )
}

/** What a field says to assistive tools: its help, then its error. */
function described(help: string, error: string, sentence: string | undefined) {
  return {
    'aria-describedby': sentence ? `${help} ${error}`.trim() : help || undefined,
    'aria-invalid': sentence ? ('true' as const) : undefined,
  }
}

function NumberField({
  session,
  value,
  sentence,
}: {
  session: Session
  value: string
  sentence: string | undefined
}) {
  const isAmex = session.brand === 'AMEX'
  const brands = isAmex ? (['AMEX'] as const) : session.order.brands.filter((brand) => brand !== 'AMEX')
  const names = { AMEX: 'American Express', MASTERCARD: 'MasterCard', VISA: 'Visa' }
  return (
    <div class="champ">
      <label for="pan">{texts.number}</label>
      <span class="aide" id="pan-aide">
        {isAmex ? texts.numberHelpAmex : texts.numberHelp}
      </span>
      <FieldError id="pan-erreur" sentence={sentence} />
      <input
        class="saisie numero-carte num"
        id="pan"
        name="pan"
        inputMode="numeric"
        autocomplete="cc-number"
        spellcheck={false}
        data-groupes
        value={value}
        {...described('pan-aide', 'pan-erreur', sentence)}
      />
      <ul class="logos" aria-label={texts.acceptedCards}>
        {brands.toReversed().map((brand) => (
          <li key={brand} class={brand === session.brand ? 'on' : undefined}>
            {names[brand]}
          </li>
        ))}
      </ul>
    </div>
  )
}

type ExpiryProps = { now: number; typed: TypedCard | undefined; sentence: string | undefined }

function ExpiryField({ now, typed, sentence }: ExpiryProps) {
  const today = monthInParis(now)
  const month = typed?.month || String(today.month).padStart(2, '0')
  const year = typed?.year || String(today.year)
  const months = Array.from({ length: 12 }, (_unused, rank) => String(rank + 1).padStart(2, '0'))
  const years = Array.from({ length: YEARS_AHEAD }, (_unused, rank) => String(today.year + rank))
  const link = described('exp-aide', 'exp-erreur', sentence)
  return (
    <fieldset class="champ">
      <legend>{texts.expiry}</legend>
      <span class="aide" id="exp-aide">
        {texts.expiryHelp}
      </span>
      <FieldError id="exp-erreur" sentence={sentence} />
      <div class="paire">
        <label class="vh" for="mm">
          {texts.month}
        </label>
        <select class="saisie num" id="mm" name="mm" autocomplete="cc-exp-month" {...link}>
          {months.map((value) => (
            <option key={value} value={value} selected={value === month}>
              {value}
            </option>
          ))}
        </select>
        <span class="barre" aria-hidden="true">
          /
        </span>
        <label class="vh" for="aa">
          {texts.year}
        </label>
        <select class="saisie num an" id="aa" name="aa" autocomplete="cc-exp-year" {...link}>
          {years.map((value) => (
            <option key={value} value={value} selected={value === year}>
              {value}
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  )
}

function CodeField({ isAmex, sentence }: { isAmex: boolean; sentence: string | undefined }) {
  return (
    <div class="champ">
      <label for="cvc">{isAmex ? texts.code4 : texts.code3}</label>
      <FieldError id="cvc-erreur" sentence={sentence} />
      <div class="crypto">
        <input
          class="saisie num"
          id="cvc"
          name="cvc"
          inputMode="numeric"
          autocomplete="cc-csc"
          spellcheck={false}
          {...described('', 'cvc-erreur', sentence)}
        />
        {isAmex ? <CardFront label={texts.codePictureAmex} /> : <CardBack label={texts.codePicture} />}
      </div>
    </div>
  )
}

function EmailField({
  value,
  isKept,
  sentence,
}: {
  value: string
  isKept: boolean
  sentence: string | undefined
}) {
  return (
    <div class="champ">
      <label for="email">{texts.email}</label>
      <FieldError id="email-erreur" sentence={sentence} />
      <input
        class="saisie"
        id="email"
        name="email"
        type="email"
        autocomplete="email"
        spellcheck={false}
        value={value}
        {...described('email-aide', 'email-erreur', sentence)}
      />
      {isKept && <input type="hidden" name="email_vu" value={value} />}
      <span class="aide" id="email-aide">
        {texts.emailHelp}
      </span>
    </div>
  )
}
