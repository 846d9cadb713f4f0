import { formatCents, formatDay } from '../kernel/french.ts'
import { sum } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Empty, FormToken, Money, SubmitButton } from '../web/ui.tsx'
import { ExportLink } from './export-link.tsx'
import { METHOD_OF, SLIP_KINDS, type SlipKind } from './slip.ts'
import { type Gap, GapNotice, LatestSlips } from './slip-parts.tsx'
import { slipTexts as words } from './slip-texts.ts'
import type { ClosedSlip, Pile, SlipLine } from './slip-store.ts'
import { texts } from './texts.ts'

type Props = {
  readonly view: View
  readonly unit: BillingUnit
  readonly units: readonly BillingUnit[]
  readonly kind: SlipKind
  readonly lines: readonly SlipLine[]
  readonly piles: readonly Pile[]
  readonly slips: readonly ClosedSlip[]
  readonly form: Form
  readonly problems?: Problems | undefined
  readonly gap?: Gap | undefined
}

/** « Remises et bordereaux »: what lies at the desk, ticked, counted, and closed against the tape. */
export const DepositsPage = (props: Props) => {
  const { view, unit, units, kind, lines, piles } = props
  const waiting = piles.find(({ method }) => method === METHOD_OF[kind])?.count ?? 0
  const href = (code: string, one: SlipKind) => `${paths.office.deposits}?service=${code}&nature=${one}`
  return (
    <OfficePage
      view={view}
      title={words.title}
      lede={`${words.lede} ${words.rankHint} ${words.controlHint} ${words.closeNote}`}
      current="deposits"
      problems={props.problems}
    >
      <div class="pile-s">
        {units.length > 1 && (
          <nav class="puces" aria-label={texts.units}>
            {units.map(({ code, name, id }) => (
              <a class="puce" href={href(code, kind)} aria-current={id === unit.id ? 'true' : undefined}>
                {name}
              </a>
            ))}
          </nav>
        )}
        <nav class="puces" aria-label={words.kindsLabel}>
          {SLIP_KINDS.map((one) => {
            const pile = piles.find(({ method }) => method === METHOD_OF[one])
            return (
              <a class="puce" href={href(unit.code, one)} aria-current={one === kind ? 'true' : undefined}>
                {words.kinds[one]}
                {pile && words.waiting(pile.count)}
              </a>
            )
          })}
        </nav>
        {props.gap && <GapNotice gap={props.gap} lines={lines} />}
        {lines.length === 0 ? (
          <div class="carte">
            <Empty title={words.empty[kind]}>
              <p>{words.emptyNext}</p>
            </Empty>
          </div>
        ) : (
          <>
            {waiting > lines.length && <p class="etiq">{words.shown(lines.length, waiting)}</p>}
            <SlipForm {...props} />
          </>
        )}
        <LatestSlips slips={props.slips} />
        <ExportLink view={view} of="slips" />
      </div>
    </OfficePage>
  )
}

const SlipForm = ({ view, unit, kind, lines, form, problems, gap }: Props) => {
  const ticked = new Set(form.get('piece') ?? [])
  const kept = lines.filter(({ id }) => ticked.has(id))
  return (
    <form
      class="carte remise"
      method="post"
      action={paths.office.deposits}
      noValidate
      data-total
      data-quick
      data-ranks={words.rankWords}
    >
      <FormToken view={view} />
      <input type="hidden" name="service" value={unit.code} />
      <input type="hidden" name="nature" value={kind} />
      <div class="gestes sans-impression">
        <button class="b b-2 b-s" type="submit" value="all" data-tick hidden>
          {words.all}
        </button>
        <button class="b b-2 b-s" type="submit" value="none" data-tick hidden>
          {words.none}
        </button>
      </div>
      <div class="defile">
        <table class="tab pieces">
          <caption>{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.tick}</th>
              <th scope="col">{words.columns.rank}</th>
              <th scope="col">{words.columns.family}</th>
              <th scope="col" class="d">
                {words.columns.amount}
              </th>
              {kind !== 'cash' && <th scope="col">{words.columns.mark}</th>}
              <th scope="col">{words.columns.received}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Piece
                line={line}
                kind={kind}
                rank={kept.indexOf(line) + 1}
                count={kept.length}
                isCulprit={gap?.culprits.some(({ id }) => id === line.id) === true}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div class="controle">
        <p class="somme">
          <span
            class="etiq"
            data-total-count
            data-count-one={words.tickedOne}
            data-count-many={words.tickedMany}
          >
            {words.ticked(kept.length)}
          </span>
          <strong class="grand num" data-total-amount>
            {formatCents(sum(kept.map((one) => one.amount)))}
          </strong>
        </p>
        <Field
          name="bande"
          label={words.control}
          value={field(form, 'bande')}
          inputmode="decimal"
          autocomplete="off"
          size={12}
          maxlength={16}
          problems={problems}
        />
        <Field
          name="remis-le"
          label={words.on}
          value={field(form, 'remis-le')}
          autocomplete="off"
          size={12}
          problems={problems}
        />
        <SubmitButton icon="lock" class="rapide">
          {words.close} <kbd aria-hidden="true">{words.closeKeys}</kbd>
        </SubmitButton>
      </div>
    </form>
  )
}

const Piece = (props: {
  line: SlipLine
  kind: SlipKind
  rank: number
  count: number
  isCulprit: boolean
}) => {
  const { line, kind, rank, count } = props
  return (
    <tr class={props.isCulprit ? 'suspect' : undefined}>
      <td>
        <input
          type="checkbox"
          id={`piece-${line.id}`}
          name="piece"
          value={line.id}
          checked={rank > 0}
          data-cents={String(line.amount)}
          aria-label={words.tick(line.familyName, line.amount)}
        />
      </td>
      <td class="num" data-rank>
        {rank > 0 ? words.rank(rank, count) : ''}
      </td>
      <th scope="row">
        <a href={paths.office.deskPayment(line.id)}>{line.familyName}</a>
        <small>{line.drawer === '' ? line.payerName : line.drawer}</small>
      </th>
      <td class="d">
        <Money cents={line.amount} />
      </td>
      {kind !== 'cash' && (
        <td class="num">
          {line.mark}
          <small>{line.bankName}</small>
        </td>
      )}
      <td class="num">{formatDay(line.receivedOn)}</td>
    </tr>
  )
}
