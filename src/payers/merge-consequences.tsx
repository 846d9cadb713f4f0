import { add, type Cents, ZERO } from '../kernel/money.ts'
import { Card, Money } from '../web/ui.tsx'
import { type File, peopleOf } from './merge.ts'
import { mergeTexts as words } from './merge-texts.ts'

/** What a merge does, unit by unit and person by person, before it is confirmed. */
export const Consequences = ({ kept, closed }: { kept: File; closed: File }) => {
  const invoices = closed.units.reduce((sum, one) => sum + one.invoices, 0)
  const { adults, children } = peopleOf(closed, kept)
  const people = [
    ...adults.map(({ adult, moves }) => ({ name: adult.name, moves })),
    ...children.map(({ child, moves }) => ({ name: child.name, moves })),
  ]
  return (
    <Card id="consequences" title={words.consequences}>
      <ul>
        {invoices > 0 && <li>{words.invoicesStay(invoices)}</li>}
        {closed.units
          .filter(({ credit }) => credit > ZERO)
          .map(({ name, credit }) => (
            <li>
              {words.creditMoves(name)} (<Money cents={credit} />)
            </li>
          ))}
        {closed.units.every(({ credit }) => credit === ZERO) && <li>{words.noCredit}</li>}
        {people.map(({ name, moves }) => (
          <li>
            {name} {moves ? words.moves : words.stays}
          </li>
        ))}
        {closed.drafts > 0 && <li>{words.drafts(closed.drafts)}</li>}
        <li>{words.addressKept}</li>
        <li>{words.told}</li>
      </ul>
      <Totals kept={kept} closed={closed} />
    </Card>
  )
}

const Totals = ({ kept, closed }: { kept: File; closed: File }) => {
  const units = new Map<string, { name: string; due: Cents; credit: Cents }>()
  for (const { unitId, name, due, credit } of [...kept.units, ...closed.units]) {
    const known = units.get(unitId) ?? { name, due: ZERO, credit: ZERO }
    units.set(unitId, { name, due: add(known.due, due), credit: add(known.credit, credit) })
  }
  const amounts = (due: Cents, credit: Cents) => (
    <td>
      <Money cents={due} /> {words.due}, <Money cents={credit} /> {words.credit}
    </td>
  )
  return (
    units.size > 0 && (
      <div class="defile">
        <table class="tableau">
          <caption>{words.totals}</caption>
          <thead>
            <tr>
              <th scope="col">{words.unitName}</th>
              <th scope="col">{words.before}</th>
              <th scope="col">{words.after}</th>
            </tr>
          </thead>
          <tbody>
            {[...units.values()].map(({ name, due, credit }) => (
              <tr>
                <th scope="row">{name}</th>
                {amounts(due, credit)}
                {amounts(due, credit)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  )
}
