// What explains a slip that does not agree, and the slips closed before.
import { formatCents, formatDay, formatSignedCents } from '../kernel/french.ts'
import { type Cents, subtract } from '../kernel/money.ts'
import { paths } from '../web/paths.ts'
import { Card, Money, Notice } from '../web/ui.tsx'
import type { Culprit } from './control-total.ts'
import { slipTexts as words } from './slip-texts.ts'
import type { ClosedSlip, SlipLine } from './slip-store.ts'

export type Gap = { readonly control: Cents; readonly total: Cents; readonly culprits: readonly Culprit[] }

export const GapNotice = ({ gap, lines }: { gap: Gap; lines: readonly SlipLine[] }) => {
  const said = (id: string) => {
    const at = lines.findIndex((line) => line.id === id)
    const line = lines[at]
    return line
      ? words.piece(line.mark || words.rank(at + 1, lines.length), line.familyName, line.amount)
      : ''
  }
  return (
    <Notice kind="danger" title={words.gap(formatSignedCents(subtract(gap.control, gap.total)))}>
      {gap.culprits.length === 0 ? (
        <p>{words.noCulprit}</p>
      ) : (
        <>
          <p>{words.culprits}</p>
          <ul>
            {gap.culprits.map((one) => (
              <li>
                <a href={`#piece-${one.id}`}>
                  {words.culprit(
                    one.kind,
                    said(one.id),
                    one.kind === 'swapped' ? formatCents(one.typed) : '',
                  )}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}

export const LatestSlips = ({ slips }: { slips: readonly ClosedSlip[] }) => (
  <Card id="dernieres" title={words.latest} class="petite">
    {slips.length === 0 ? (
      <p class="etiq">{words.noLatest}</p>
    ) : (
      <ul class="totaux">
        {slips.map((slip) => (
          <li>
            <a href={paths.office.deposit(slip.id)}>{slip.number}</a>
            <span class="etiq">
              {words.kinds[slip.kind]} · {words.ticked(slip.payments)} · {formatDay(slip.depositedOn)}
            </span>
            <Money cents={slip.amount} />
          </li>
        ))}
      </ul>
    )}
  </Card>
)
