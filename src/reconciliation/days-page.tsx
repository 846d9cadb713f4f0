import type { Day } from '../kernel/dates.ts'
import { formatDay, formatSignedCents } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Empty, LinkButton, Money, Notice, StateTag } from '../web/ui.tsx'
import { contractName } from './day-page.tsx'
import type { CheckedContract } from './store.ts'
import { texts } from './texts.ts'
import { UploadForm } from './upload-form.tsx'

export type DayLine = {
  readonly day: Day
  readonly gap: Cents
  readonly differences: number
  readonly hasStatement: boolean
  readonly closed: { readonly by: string; readonly reserve: string | null } | undefined
}
export const DAY_STATES = ['tous', 'ouverts', 'clos'] as const
export type DayState = (typeof DAY_STATES)[number]

/** The days of a contract, latest first, each with its state and its gap. */
export const DaysPage = (props: {
  view: View
  contracts: readonly CheckedContract[]
  contract: CheckedContract | undefined
  lines: readonly DayLine[]
  state: DayState
  /** The first day shown, when older ones may exist. */
  older: Day
  isOlder: boolean
  mayTreat: boolean
  problems?: Problems | undefined
  /** What was just read of a statement of account. */
  read?: string | undefined
  /** A file that had been read before: what is said of it, and where it leads. */
  again?: { readonly said: string; readonly day: Day | undefined; readonly contractId: string } | undefined
}) => {
  const words = texts.list
  const { contract, state } = props
  const href = (more: { readonly [name: string]: string }) =>
    `${paths.office.reconciliations}?${new URLSearchParams({ ...(contract && { contrat: contract.id }), ...more }).toString()}`
  return (
    <OfficePage
      view={props.view}
      title={words.title}
      lede={words.lede}
      current="reconciliation"
      problems={props.problems}
    >
      {props.read !== undefined && <Notice kind="success" title={props.read} live />}
      {props.again && (
        <Notice kind="warning" title={props.again.said} live>
          {props.again.day && (
            <p>
              <a href={`${paths.office.reconciliation(props.again.day)}?contrat=${props.again.contractId}`}>
                {texts.upload.open(formatDay(props.again.day))}
              </a>
            </p>
          )}
        </Notice>
      )}
      {!contract ? (
        <Empty title={words.noContract}>
          <p>{words.noContractText}</p>
        </Empty>
      ) : (
        <>
          {props.contracts.length > 1 && (
            <nav class="puces" aria-label={texts.contract}>
              {props.contracts.map((one) => (
                <a
                  class="puce"
                  href={`${paths.office.reconciliations}?contrat=${one.id}`}
                  aria-current={one.id === contract.id ? 'true' : undefined}
                >
                  {contractName(one)}
                </a>
              ))}
            </nav>
          )}
          <nav class="puces" aria-label={words.filter}>
            {DAY_STATES.map((one) => (
              <a class="puce" href={href({ etat: one })} aria-current={one === state ? 'true' : undefined}>
                {words.states[one]}
              </a>
            ))}
          </nav>
          {props.lines.length === 0 ? (
            <Empty title={words.empty}>
              <p>{words.emptyText}</p>
            </Empty>
          ) : (
            <Lines lines={props.lines} contractId={contract.id} />
          )}
          <p class="gestes">
            <LinkButton
              href={href({ etat: state, avant: props.older })}
              look="secondary"
              small
              icon="previous"
            >
              {words.older(formatDay(props.older))}
            </LinkButton>
            {props.isOlder && <a href={href({ etat: state })}>{words.newest}</a>}
          </p>
          {props.mayTreat && (
            <UploadForm
              view={props.view}
              contract={{ id: contract.id, name: contractName(contract) }}
              problems={props.problems}
            />
          )}
        </>
      )}
    </OfficePage>
  )
}

const Lines = ({ lines, contractId }: { lines: readonly DayLine[]; contractId: string }) => {
  const { columns, caption } = texts.list
  return (
    <div class="carte">
      <table class="tab">
        <caption class="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.day}</th>
            <th scope="col" class="d">
              {columns.gap}
            </th>
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">
                <a href={`${paths.office.reconciliation(line.day)}?contrat=${contractId}`}>
                  {formatDay(line.day)}
                </a>
              </th>
              <td class="d">
                {line.hasStatement || line.closed ? (
                  line.gap === 0 ? (
                    <Money cents={line.gap} />
                  ) : (
                    <span class="num">{formatSignedCents(line.gap)}</span>
                  )
                ) : (
                  '\u2013'
                )}
              </td>
              <td>
                <State line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const State = ({ line: { closed, differences, hasStatement } }: { line: DayLine }) => {
  const words = texts.list
  if (closed)
    return closed.reserve === null ? (
      <StateTag kind="ok">{words.closed(closed.by)}</StateTag>
    ) : (
      <StateTag kind="due">{words.reserved(closed.by)}</StateTag>
    )
  if (!hasStatement) return <StateTag kind="neutral">{words.noStatement}</StateTag>
  return <StateTag kind={differences === 0 ? 'pending' : 'danger'}>{words.open(differences)}</StateTag>
}
