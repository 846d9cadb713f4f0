import { brandNames, texts } from '../texts.ts'
import type { Brand } from '../cards.ts'
import { CardGlyph } from './icons.tsx'
import { ErrorSummary, FieldError, PaymentFrame, paymentPath, type PaymentView } from './payment-frame.tsx'

const bands: Record<Brand, number> = { AMEX: 1, MASTERCARD: 2, VISA: 3 }

/** Page 1: which kind of card. */
export function TypePage({ problem, ...view }: PaymentView & { problem?: string | undefined }) {
  const { session } = view
  const first = `carte-${session.order.brands[0]}`
  return (
    <PaymentFrame {...view} step={1} hasError={problem !== undefined} canCancel>
      {problem && <ErrorSummary problems={[{ field: first, sentence: problem }]} />}
      <form method="post" action={paymentPath(session, 'type')}>
        <fieldset class="champ" aria-describedby={problem ? 'carte-erreur' : undefined}>
          <legend>
            <h1>{texts.chooseBrand}</h1>
          </legend>
          <FieldError id="carte-erreur" sentence={problem} />
          <div class="tuiles">
            {session.order.brands.map((brand) => (
              <label class="tuile" key={brand} for={`carte-${brand}`}>
                <input
                  type="radio"
                  id={`carte-${brand}`}
                  name="carte"
                  value={brand}
                  required
                  checked={session.brand === brand}
                />
                <span>{brandNames[brand]}</span>
                <CardGlyph bands={bands[brand]} />
              </label>
            ))}
          </div>
        </fieldset>
        <button class="b b-1 plein" type="submit" formNoValidate>
          {texts.goToPayment}
        </button>
      </form>
    </PaymentFrame>
  )
}
