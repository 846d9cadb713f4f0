// How to pay an invoice by transfer: the account in clear, and the code that fills the transfer in.
import { squareCode } from '../documents/square-code.ts'
import { formatCents } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import { inFours, rfReference } from '../kernel/transfer-reference.ts'
import type { TransferAccount } from '../organisations/organisation.ts'
import { Card, Details } from '../web/ui.tsx'
import { texts } from './texts.ts'
import { transferOrder } from './transfer-order.ts'

const said = texts.transfer

type Props = { readonly account: TransferAccount; readonly number: string; readonly due: Cents }

export const TransferCard = ({ account, number, due }: Props) => (
  <Card id="virement" title={said.title} class="petite virement">
    <Details
      items={[
        [said.beneficiary, account.beneficiary],
        [said.iban, <Fours text={account.iban} />],
        [said.bic, account.bic],
        [said.reference, <Fours text={rfReference(number)} />],
        [said.amount, formatCents(due)],
      ]}
    />
    <p class="petit">{said.advice}</p>
    <Code text={transferOrder(account, number, due)} label={said.code(account.beneficiary)} />
    <p class="petit">{said.codeAdvice}</p>
  </Card>
)

/** In fours, which may go to the next line in a narrow card. */
const Fours = ({ text }: { text: string }) => <>{inFours(text).replaceAll('\u00A0', ' ')}</>

/** The margin of four modules that readers need. */
const MARGIN = 4

const Code = ({ text, label }: { text: string; label: string }) => {
  const { size, runs } = squareCode(text)
  const side = size + 2 * MARGIN
  const path = runs.map(({ column, row, length }) => `M${column},${row}h${length}v1h-${length}z`).join('')
  return (
    <svg class="code-carre" role="img" aria-label={label} viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}>
      <path d={path} />
    </svg>
  )
}
