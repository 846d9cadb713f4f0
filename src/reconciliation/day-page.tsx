import { addDays, type Day, type Instant } from '../kernel/dates.ts'
import { formatDay, formatInstantDay, formatSignedCents, formatTime } from '../kernel/french.ts'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Icon, LinkButton, Money, Notice, StateTag } from '../web/ui.tsx'
import { CloseBar } from './close-bar.tsx'
import type { Closing } from './closing-store.ts'
import {
  type Comparison,
  DIFFERENCE_KINDS,
  type DifferenceKind,
  isClear,
  type Remitted,
} from './comparison.ts'
import { DifferenceArticle } from './difference-article.tsx'
import type { ShownDifference } from './difference-gestures.tsx'
import type { CheckedContract } from './store.ts'
import { texts } from './texts.ts'
import { UploadForm } from './upload-form.tsx'

export type DayProps = {
  readonly view: View
  readonly day: Day
  readonly today: Day
  readonly now: Instant
  readonly contracts: readonly CheckedContract[]
  readonly contract: CheckedContract
  readonly comparison: Comparison
  readonly differences: readonly ShownDifference[]
  readonly kind: DifferenceKind | undefined
  readonly readAt: Instant | undefined
  readonly remitted: Remitted | undefined
  readonly closing: Closing | undefined
  readonly mayTreat: boolean
  /** Units that the contract also serves, out of this person's reach: they do not close. */
  readonly otherUnits: readonly string[]
  readonly signer: string
  readonly saved?: keyof typeof texts.saved | undefined
  readonly problems?: Problems | undefined
  readonly typed?:
    { readonly operation: string; readonly family: string; readonly reserve: string } | undefined
}

/** One day of one contract: the equation, the differences first, what agrees folded, the closing. */
export const DayPage = (props: DayProps) => {
  const { day, contract, readAt, closing, comparison, differences } = props
  const open = differences.length
  const query = `?contrat=${contract.id}`
  return (
    <OfficePage
      view={props.view}
      title={texts.title(closing ? 0 : open, formatDay(day))}
      heading={texts.day(formatDay(day))}
      current="reconciliation"
      problems={props.problems}
      crumb={
        <>
          <a href={`${paths.office.reconciliations}${query}`}>{texts.crumb}</a> ·{' '}
          {props.contracts.length > 1 && `${contractName(contract)} · `}
          {readAt ? texts.readAt(formatInstantDay(readAt), formatTime(readAt)) : texts.notRead}
        </>
      }
      actions={
        <>
          <LinkButton
            href={`${paths.office.reconciliation(addDays(day, -1))}${query}`}
            look="secondary"
            small
            icon="previous"
          >
            <span class="vh">{texts.before('')}</span>
            {formatDay(addDays(day, -1)).slice(0, 5)}
          </LinkButton>
          {day < props.today && (
            <LinkButton
              href={`${paths.office.reconciliation(addDays(day, 1))}${query}`}
              look="secondary"
              small
              icon="next"
            >
              <span class="vh">{texts.after('')}</span>
              {formatDay(addDays(day, 1)).slice(0, 5)}
            </LinkButton>
          )}
          {props.mayTreat && (
            <LinkButton href="#importer" look="secondary" small icon="upload">
              {texts.import}
            </LinkButton>
          )}
        </>
      }
    >
      {props.saved && (
        <Notice kind={props.saved === 'deja' ? 'warning' : 'success'} title={texts.saved[props.saved]} live />
      )}
      {closing && <ClosedNotice closing={closing} />}
      <Equation comparison={comparison} hasStatement={readAt !== undefined || closing !== undefined} />
      {comparison.unexplained !== 0 && (
        <Notice kind="danger" title={texts.unexplained(comparison.unexplained)}>
          <p>{texts.unexplainedText}</p>
        </Notice>
      )}
      {readAt === undefined && !closing ? (
        <Notice kind="info" title={texts.noStatement}>
          <p>{texts.noStatementText}</p>
        </Notice>
      ) : (
        <Differences {...props} />
      )}
      {readAt !== undefined && (
        <p class="etiq">
          {props.remitted
            ? texts.remitted(props.remitted.net, props.remitted.fees, formatInstantDay(props.remitted.at))
            : texts.notRemitted}
        </p>
      )}
      <Matched comparison={comparison} />
      {props.mayTreat && (
        <UploadForm
          view={props.view}
          contract={{ id: contract.id, name: contractName(contract) }}
          problems={props.problems}
        />
      )}
      {!closing && <CloseBar {...props} />}
    </OfficePage>
  )
}

export const contractName = ({ units, bankName }: CheckedContract): string =>
  texts.contractName(units.map(({ name }) => name).join(', '), bankName)

const ClosedNotice = ({ closing }: { closing: Closing }) => (
  <Notice
    kind={closing.reserve === null ? 'success' : 'warning'}
    title={texts.closed(closing.by, formatInstantDay(closing.at), formatTime(closing.at))}
  >
    <p>{closing.reserve === null ? texts.closedClear : texts.closedReserve(closing.reserve)}</p>
  </Notice>
)

const Equation = ({ comparison, hasStatement }: { comparison: Comparison; hasStatement: boolean }) => {
  const { bank, bankCount, portal, portalCount, gap, differences } = comparison
  const clear = isClear(comparison)
  return (
    <section class="balance" aria-label={texts.equation}>
      <div>
        <p class="etiq">{texts.bank}</p>
        <p class="v">{hasStatement ? <Money cents={bank} /> : '\u2013'}</p>
        <p class="etiq">{hasStatement ? texts.operations(bankCount) : texts.notRead}</p>
      </div>
      <div class="op" aria-hidden="true">
        {'\u2212'}
      </div>
      <div>
        <p class="etiq">{texts.portal}</p>
        <p class="v">
          <Money cents={portal} />
        </p>
        <p class="etiq">{texts.payments(portalCount)}</p>
      </div>
      <div class="op" aria-hidden="true">
        =
      </div>
      <div class={clear && hasStatement ? 'ec juste' : 'ec'}>
        <p class="etiq">{texts.gap}</p>
        <p class="v num">{hasStatement ? formatSignedCents(gap) : '\u2013'}</p>
        <p class="dit">{hasStatement ? texts.explained(differences.length) : texts.noStatement}</p>
      </div>
    </section>
  )
}

const Differences = (props: DayProps) => {
  const { differences, kind, contract, day, closing } = props
  if (differences.length === 0)
    return (
      <Notice kind="success" title={texts.allMatch}>
        <p>{texts.allMatchText}</p>
      </Notice>
    )
  const counts = DIFFERENCE_KINDS.map((one) => ({
    one,
    count: differences.filter(({ difference }) => difference.kind === one).length,
  })).filter(({ count }) => count > 0)
  const href = (one?: DifferenceKind) =>
    `${paths.office.reconciliation(day)}?contrat=${contract.id}${one ? `&type=${one}` : ''}`
  return (
    <section aria-labelledby="ecarts">
      <h2 id="ecarts" class="titre-ecarts">
        {closing ? texts.frozen : texts.toTreat}
      </h2>
      <nav class="puces" aria-label={texts.filter}>
        <a class="puce" href={href()} aria-current={kind ? undefined : 'true'}>
          {texts.all(differences.length)}
        </a>
        {counts.map(({ one, count }) => (
          <a class="puce" href={href(one)} aria-current={kind === one ? 'true' : undefined}>
            {texts.kinds[one]} {count}
          </a>
        ))}
      </nav>
      <div class="ecarts">
        {differences.map((shown, index) =>
          kind && shown.difference.kind !== kind ? null : (
            <DifferenceArticle
              view={props.view}
              shown={shown}
              day={day}
              contractId={contract.id}
              now={props.now}
              index={index}
              typed={
                props.typed &&
                props.typed.operation === (shown.difference.bank ?? shown.difference.portal)?.key
                  ? { family: props.typed.family, problems: props.problems ?? [] }
                  : undefined
              }
            />
          ),
        )}
      </div>
    </section>
  )
}

const Matched = ({ comparison }: { comparison: Comparison }) => {
  const { count, cents: total } = comparison.matched
  return count === 0 ? null : (
    <details class="regle">
      <summary>
        <Icon name="next" />
        <span>{texts.matched(count)}</span>
        <StateTag kind="ok">
          <Money cents={total} />
        </StateTag>
      </summary>
      <p class="etiq">{texts.matchedText}</p>
    </details>
  )
}
