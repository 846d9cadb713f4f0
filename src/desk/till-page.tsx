import { formatCents, formatDay } from '../kernel/french.ts'
import type { Day } from '../kernel/dates.ts'
import { type Cents, cents, negate, ZERO } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, LinkButton, Money, Notice, SubmitButton } from '../web/ui.tsx'
import { ExportLink } from './export-link.tsx'
import { texts } from './texts.ts'
import type { Closing } from './till-store.ts'
import { tillTexts as words } from './till-texts.ts'
import { type CashMoves, DENOMINATIONS, differenceOf, heldBy, movesBetween } from './till.ts'

export const faceField = (value: number): string => `coupure-${value}`

type Props = {
  readonly view: View
  readonly unit: BillingUnit
  readonly units: readonly BillingUnit[]
  readonly today: Day
  readonly moves: CashMoves
  /** The newest first. */
  readonly closings: readonly Closing[]
  readonly form: Form
  readonly problems?: Problems | undefined
}

/** « Caisse »: what was counted beside what the ledger says. */
export const TillPage = (props: Props) => {
  const { view, unit, units, today, closings } = props
  const done = closings.find(({ closedOn }) => closedOn === today)
  return (
    <OfficePage
      view={view}
      title={words.title}
      heading={words.heading(formatDay(today))}
      lede={words.lede(unit.name)}
      current="till"
      problems={props.problems}
    >
      <div class="pile-s">
        {units.length > 1 && (
          <nav class="puces" aria-label={texts.units}>
            {units.map(({ code, name, id }) => (
              <a
                class="puce"
                href={`${paths.office.till}?service=${code}`}
                aria-current={id === unit.id ? 'true' : undefined}
              >
                {name}
              </a>
            ))}
          </nav>
        )}
        {done ? (
          <Notice kind="success" title={words.already(formatDay(today), done.closedBy)}>
            <p>{words.alreadyText}</p>
            <div class="gestes">
              <LinkButton href={paths.office.tillClosing(done.id)} look="secondary" small>
                {words.see}
              </LinkButton>
            </div>
          </Notice>
        ) : (
          <CountForm {...props} />
        )}
        <Latest closings={closings} />
        <ExportLink view={view} of="tills" />
      </div>
    </OfficePage>
  )
}

const CountForm = ({ view, unit, moves, closings, form, problems }: Props) => (
  <form class="caisse" method="post" action={paths.office.till} noValidate data-count={String(heldBy(moves))}>
    <FormToken view={view} />
    <input type="hidden" name="service" value={unit.code} />
    <input type="hidden" name="attendu" value={String(heldBy(moves))} />
    <section class="carte" aria-labelledby="t-compte">
      <h2 id="t-compte">{words.count}</h2>
      <table class="tab coupures">
        <thead>
          <tr>
            <th scope="col">{words.face}</th>
            <th scope="col">{words.number}</th>
            <th scope="col" class="d">
              {words.sum}
            </th>
          </tr>
        </thead>
        <tbody>
          {DENOMINATIONS.map((value, index) => (
            <tr data-face={String(value)}>
              <th scope="row" class="num">
                {formatCents(cents(value))}
              </th>
              <td>
                <input
                  class="saisie court"
                  id={faceField(value)}
                  name={faceField(value)}
                  type="text"
                  inputMode="numeric"
                  autocomplete="off"
                  size={5}
                  maxLength={6}
                  autofocus={index === 0 && problems === undefined}
                  value={field(form, faceField(value))}
                  aria-label={words.note(formatCents(cents(value)))}
                  aria-invalid={problems?.some((one) => one.field === faceField(value)) ? 'true' : undefined}
                />
              </td>
              <td class="d num" data-sum />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {words.counted}
            </th>
            <td class="d num" data-counted />
          </tr>
        </tfoot>
      </table>
    </section>
    <div class="pile-s">
      <section class="carte" aria-labelledby="t-livre">
        <h2 id="t-livre">{words.book}</h2>
        <MovesOf moves={moves} before={closings[0]} />
      </section>
      <section class="carte formulaire">
        <Field
          name="fonds"
          label={words.float}
          hint={words.floatHint}
          value={field(form, 'fonds')}
          inputmode="decimal"
          autocomplete="off"
          size={10}
          problems={problems}
        />
        <p class="monnaie" role="status" data-gap={JSON.stringify(gapWords)} />
        <Field
          name="motif"
          label={words.reason}
          hint={words.reasonHint}
          value={field(form, 'motif')}
          autocomplete="off"
          maxlength={300}
          problems={problems}
        />
        <div>
          <SubmitButton icon="lock">{words.close}</SubmitButton>
          <p class="aide">{words.closeNote}</p>
        </div>
      </section>
    </div>
  </form>
)

/** « Il manque 2,00 € », for the script that tells it while one counts: {n} is the amount. */
const gapWords = {
  even: words.even,
  less: words.less(ZERO).replace(formatCents(ZERO), '{n}'),
  more: words.more(ZERO).replace(formatCents(ZERO), '{n}'),
}

const NOTHING: CashMoves = { received: ZERO, takenBack: ZERO, deposited: ZERO }

/** What the ledger says, from the closing before. */
export const MovesOf = ({ moves, before }: { moves: CashMoves; before: Closing | undefined }) => {
  const since = movesBetween(before ?? NOTHING, moves)
  return (
    <>
      <p class="etiq">{before ? words.since(formatDay(before.closedOn)) : words.sinceEver}</p>
      <Details
        items={[
          ...(before ? [[words.before, <Money cents={heldBy(before)} />] as const] : []),
          [words.received, <Money cents={since.received} />],
          [words.takenBack, <Money cents={since.takenBack} />],
          [words.deposited, <Money cents={since.deposited} />],
          [words.held, <Money cents={heldBy(moves)} />],
        ]}
      />
    </>
  )
}

/** The difference in words: missing, too much, or none. */
export const sayDifference = (difference: Cents): string => {
  if (difference === ZERO) return words.even
  return difference < ZERO ? words.less(negate(difference)) : words.more(difference)
}

const Latest = ({ closings }: { closings: readonly Closing[] }) => (
  <Card id="dernieres" title={words.latest} class="petite">
    {closings.length === 0 ? (
      <p class="etiq">{words.noLatest}</p>
    ) : (
      <ul class="totaux">
        {closings.map((one) => (
          <li>
            <a href={paths.office.tillClosing(one.id)}>{formatDay(one.closedOn)}</a>
            <span class="etiq">{sayDifference(differenceOf(one.counted, one, one.float))}</span>
            <Money cents={one.counted} />
          </li>
        ))}
      </ul>
    )}
  </Card>
)
