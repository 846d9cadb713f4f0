import { formatCents, formatDay, formatInstantDay, formatTime } from '../kernel/french.ts'
import { add, cents, ZERO } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Details, Money, Notice } from '../web/ui.tsx'
import { MovesOf, sayDifference } from './till-page.tsx'
import type { Closing } from './till-store.ts'
import { tillTexts as words } from './till-texts.ts'
import { DENOMINATIONS, differenceOf, heldBy } from './till.ts'

/** The sheet of a closed till, to print and sign. */
export const TillSheet = (props: {
  view: View
  closing: Closing
  before: Closing | undefined
  unit: BillingUnit
  organisation: { readonly name: string }
  isNew: boolean
}) => {
  const { view, closing, before, unit, organisation } = props
  const { sheet } = words
  const difference = differenceOf(closing.counted, closing, closing.float)
  const closed = sheet.closed(
    formatInstantDay(closing.closedAt),
    formatTime(closing.closedAt),
    closing.closedBy,
  )
  return (
    <OfficePage
      view={view}
      title={sheet.title(formatDay(closing.closedOn))}
      lede={`${organisation.name}, ${unit.name}. ${closed}`}
      crumb={<a href={`${paths.office.till}?service=${unit.code}`}>{sheet.crumb}</a>}
      current="till"
      actions={
        <button class="b b-1 b-s" type="button" hidden data-print>
          {sheet.print}
        </button>
      }
    >
      <div class="pile-s feuille">
        {props.isNew && (
          <div class="sans-impression">
            <Notice kind="success" title={sheet.done} live />
          </div>
        )}
        <div class="caisse">
          <section class="carte">
            <table class="tab">
              <caption>{words.count}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.face}</th>
                  <th scope="col" class="d">
                    {words.number}
                  </th>
                  <th scope="col" class="d">
                    {words.sum}
                  </th>
                </tr>
              </thead>
              <tbody>
                {DENOMINATIONS.filter((value) => (closing.counts[value] ?? 0) > 0).map((value) => (
                  <tr>
                    <th scope="row" class="num">
                      {formatCents(cents(value))}
                    </th>
                    <td class="d num">{closing.counts[value]}</td>
                    <td class="d">
                      <Money cents={cents(value * (closing.counts[value] ?? 0))} />
                    </td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={2}>
                    {words.counted}
                  </th>
                  <td class="d num">{formatCents(closing.counted)}</td>
                </tr>
              </tfoot>
            </table>
          </section>
          <section class="carte" aria-labelledby="t-livre">
            <h2 id="t-livre">{words.book}</h2>
            <MovesOf moves={closing} before={before} />
            <Details
              items={[
                [words.float, <Money cents={closing.float} />],
                [words.expected, <Money cents={add(heldBy(closing), closing.float)} />],
                [words.counted, <Money cents={closing.counted} />],
              ]}
            />
            <Notice kind={difference === ZERO ? 'success' : 'warning'} title={sayDifference(difference)}>
              {closing.reason !== null && <p>{sheet.reason(closing.reason)}</p>}
            </Notice>
          </section>
        </div>
        <div class="signatures">
          <p>{sheet.signature}</p>
          <p>{sheet.second}</p>
        </div>
      </div>
    </OfficePage>
  )
}
