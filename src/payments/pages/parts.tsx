// What several payment pages share.
import type { BillingUnit } from '../../organisations/organisation.ts'
import { paths } from '../../web/paths.ts'
import { texts as shell } from '../../web/texts.ts'
import { Card, Icon } from '../../web/ui.tsx'
import { texts } from '../texts.ts'

/** « Avant de payer »: the phone, the data, the other ways to pay, the bank. */
export const BeforePaying = ({ unit }: { unit: BillingUnit }) => (
  <Card id={`avant-${unit.code}`} title={texts.before.title} class="petite">
    <ul class="liste">
      <li>
        <Icon name="mobile" />
        <span>
          <strong>{texts.before.mobile}</strong>
          {texts.before.sms}
        </span>
      </li>
      <li>
        <Icon name="shield" />
        <span>{texts.before.data}</span>
      </li>
      {unit.otherMeans !== '' && (
        <li>
          <Icon name="coins" />
          <span>
            {texts.before.otherwise(withoutDot(unit.otherMeans))}
            <a href={paths.help}>{texts.before.hours}</a>
          </span>
        </li>
      )}
      {unit.bankName !== undefined && (
        <li>
          <Icon name="lock" />
          <span>{shell.bankReminder(unit.bankName)}</span>
        </li>
      )}
    </ul>
  </Card>
)

/** As `withoutDot`, after a colon: « Par chèque » becomes « par chèque », « CB » stays. */
export const asClause = (sentence: string): string =>
  withoutDot(sentence).replace(/^\p{Lu}(?=\P{Lu})/u, (letter) => letter.toLowerCase())

/** A sentence of the settings, ready to be followed by a full stop. */
export const withoutDot = (sentence: string): string => sentence.trim().replace(/\.$/, '')
