import { cleanNumber, findCard } from '../cards.ts'
import type { CardRefusal, TypedCard } from '../check-card.ts'
import { groupDigits, monthInParis } from '../format.ts'
import { DebtFrame } from './layout.tsx'
import { Abandon, pagePath, type PageView } from './pages.tsx'
import { payLabel, texts } from './texts.ts'

type CardProps = PageView & {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly refusal?: CardRefusal | undefined
  readonly typed?: TypedCard | undefined
}

const YEARS_AHEAD = 12

/** The card. Its code is never shown again, nor any number that is not a test card's. */
export function PayfipCardPage({ now, refusal, typed, ...view }: CardProps) {
  const sentenceOf = (field: string) => refusal?.problems.find((one) => one.field === field)?.sentence
  const known = typed && findCard(cleanNumber(typed.number))
  const { year } = monthInParis(now)
  const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'))
  const years = Array.from({ length: YEARS_AHEAD }, (_, index) => String(year + index))
  return (
    <DebtFrame title={texts.cardTitle} {...view}>
      {refusal && (
        <div class="alerte" role="alert">
          <h2>{texts.check}</h2>
          {refusal.isUnknown && <p>{texts.unknownCard}</p>}
          <ul>
            {refusal.problems.map(({ field, sentence }) => (
              <li key={field}>
                <a href={`#${field}`}>{sentence}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <h1>{texts.cardTitle}</h1>
      <form method="post" action={pagePath(view.operation, 'carte')} noValidate autocomplete="off">
        <div class="champ">
          <label for="pan">{texts.number}</label>
          <span class="aide" id="pan-aide">
            {texts.numberHelp}
          </span>
          <input
            id="pan"
            name="pan"
            type="text"
            inputMode="numeric"
            aria-describedby="pan-aide"
            aria-invalid={sentenceOf('pan') ? 'true' : undefined}
            value={known ? groupDigits(known.number) : ''}
          />
          <Fault sentence={sentenceOf('pan')} />
        </div>
        <fieldset>
          <legend>{texts.expiry}</legend>
          <div class="deux">
            <Select id="mm" label={texts.month} values={months} chosen={typed?.month} />
            <Select id="aa" label={texts.year} values={years} chosen={typed?.year} />
          </div>
          <Fault sentence={sentenceOf('mm')} />
        </fieldset>
        <div class="champ">
          <label for="cvc">{texts.code}</label>
          <span class="aide" id="cvc-aide">
            {texts.codeHelp}
          </span>
          <input
            id="cvc"
            class="court"
            name="cvc"
            type="text"
            inputMode="numeric"
            aria-describedby="cvc-aide"
            aria-invalid={sentenceOf('cvc') ? 'true' : undefined}
          />
          <Fault sentence={sentenceOf('cvc')} />
        </div>
        <div class="boutons">
          <button class="b" type="submit">
            {payLabel(view.operation.order.montant)}
          </button>
        </div>
      </form>
      <a href={pagePath(view.operation)}>{texts.otherWay}</a>
      <Abandon operation={view.operation} />
    </DebtFrame>
  )
}

function Fault({ sentence }: { sentence: string | undefined }) {
  return sentence ? <span class="faute">{sentence}</span> : null
}

type SelectProps = { id: string; label: string; values: readonly string[]; chosen: string | undefined }
function Select({ id, label, values, chosen }: SelectProps) {
  return (
    <span>
      <label for={id}>{label}</label>
      <select id={id} name={id}>
        {values.map((value) => (
          <option key={value} selected={value === chosen}>
            {value}
          </option>
        ))}
      </select>
    </span>
  )
}
