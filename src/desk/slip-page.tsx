import { formatCents, formatDay, formatInstantDay, formatTime } from '../kernel/french.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Details, Money, Notice, StateTag } from '../web/ui.tsx'
import { slipTexts } from './slip-texts.ts'
import type { ClosedSlip, SlipLine } from './slip-store.ts'

const words = slipTexts.slip
const { columns } = slipTexts

/** A closed slip: the sheet that goes to the bank, and each piece with the way to say it bounced. */
export const SlipPage = (props: {
  view: View
  slip: ClosedSlip
  lines: readonly SlipLine[]
  unit: BillingUnit
  organisation: { readonly name: string; readonly address: string }
  isNew: boolean
}) => {
  const { view, slip, lines, unit, organisation } = props
  return (
    <OfficePage
      view={view}
      title={words.title(slip.number)}
      lede={words.lede(slipTexts.kinds[slip.kind], formatDay(slip.depositedOn))}
      crumb={<a href={paths.office.deposits}>{words.crumb}</a>}
      current="deposits"
      actions={
        <button class="b b-1 b-s" type="button" hidden data-print>
          {words.print}
        </button>
      }
    >
      <div class="pile-s bordereau">
        {props.isNew && (
          <div class="sans-impression">
            <Notice kind="success" title={words.closed} live />
          </div>
        )}
        <section class="carte">
          <Details
            items={[
              [words.organisation, `${organisation.name}, ${unit.name}`],
              ...(unit.bankName === undefined ? [] : [[words.bank, unit.bankName] as const]),
              [words.day, formatDay(slip.depositedOn)],
              [words.count, String(slip.payments)],
              [words.total, <Money cents={slip.amount} />],
              [
                words.closedBy,
                words.closedValue(formatInstantDay(slip.closedAt), formatTime(slip.closedAt), slip.closedBy),
              ],
            ]}
          />
        </section>
        <section class="carte">
          <div class="defile">
            <table class="tab">
              <caption>{words.caption}</caption>
              <thead>
                <tr>
                  <th scope="col">{columns.rank}</th>
                  <th scope="col">{columns.mark}</th>
                  <th scope="col">{columns.drawer}</th>
                  <th scope="col">{columns.family}</th>
                  <th scope="col" class="d">
                    {columns.amount}
                  </th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line, at) => (
                  <tr>
                    <th scope="row" class="num">
                      {slipTexts.rank(at + 1, lines.length)}
                    </th>
                    <td class="num">{line.mark}</td>
                    <td>
                      {line.drawer === '' ? line.payerName : line.drawer}
                      <small>{line.bankName}</small>
                    </td>
                    <td>
                      <a href={paths.office.deskPayment(line.id)}>
                        {line.familyName}
                        <span class="vh"> {words.open}</span>
                      </a>
                      {line.undone && <StateTag kind="refused">{words.undone}</StateTag>}
                    </td>
                    <td class="d">
                      <Money cents={line.amount} />
                    </td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={4}>
                    {words.total}
                  </th>
                  <td class="d num">{formatCents(slip.amount)}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        </section>
        <div class="signatures">
          <p>{words.signature}</p>
          <p>{words.stamp}</p>
        </div>
      </div>
    </OfficePage>
  )
}
