import type { Day } from '../kernel/dates.ts'
import { formatDay, formatMonth } from '../kernel/french.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { ZERO } from '../kernel/money.ts'
import { paths } from '../web/paths.ts'
import { Empty, Money, Pager, StateTag } from '../web/ui.tsx'
import { EVENT_KINDS, type EventKind, type TimelineEvent } from './timeline.ts'
import { texts } from './texts.ts'

const words = texts.file

/** Everything that happened, by month, narrowed to one kind when asked, a page at a time. */
export const Timeline = (props: {
  familyId: FamilyId
  events: readonly TimelineEvent[]
  page: number
  pages: number
  kind: EventKind | undefined
  today: Day
}) => {
  const own = paths.office.family(props.familyId)
  const link = (kind: EventKind | undefined, page = 1) => {
    const query = new URLSearchParams({
      ...(kind && { type: kind }),
      ...(page > 1 && { page: String(page) }),
    }).toString()
    return query === '' ? own : `${own}?${query}`
  }
  return (
    <section class="carte" aria-labelledby="t-temps">
      <h2 id="t-temps">{words.timeline}</h2>
      <nav class="puces" aria-label={words.filter}>
        {[undefined, ...EVENT_KINDS].map((kind) => (
          <a class="puce" href={link(kind)} aria-current={kind === props.kind ? 'true' : undefined}>
            {kind === undefined ? words.all : words.kinds[kind]}
          </a>
        ))}
      </nav>
      {props.events.length === 0 ? (
        <Empty title={words.empty}>
          <p>{words.emptyNext}</p>
        </Empty>
      ) : (
        <ol class="frise">
          {byMonth(props.events).map((events) => (
            <li>
              <h3>{events[0] && formatMonth(events[0].on)}</h3>
              <ul>
                {events.map((event) => (
                  <Event event={event} today={props.today} />
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      <Pager page={props.page} pages={props.pages} href={(page) => link(props.kind, page)} />
    </section>
  )
}

/** The events of each month, in the order given. */
function byMonth(events: readonly TimelineEvent[]): readonly (readonly TimelineEvent[])[] {
  const months = new Map<string, TimelineEvent[]>()
  for (const event of events) {
    const month = event.on.slice(0, 7)
    const known = months.get(month)
    if (known) known.push(event)
    else months.set(month, [event])
  }
  return [...months.values()]
}

const MAIL_TAGS = { sent: 'ok', failing: 'danger', planned: 'pending' } as const

/** A payment at the desk leads to its receipt, where it is undone. */
const Title = ({ event: { operation, title } }: { event: TimelineEvent }) =>
  operation?.kind === 'desk' && operation.receipt ? (
    <a href={paths.office.deskPayment(operation.receipt.id)}>{title}</a>
  ) : (
    <>{title}</>
  )

const Event = ({ event, today }: { event: TimelineEvent; today: Day }) => (
  <li>
    <span class="num etiq">
      {formatDay(event.on)}
      {event.time !== undefined && <small>{event.time}</small>}
    </span>
    <span>
      <b>
        <Title event={event} />
      </b>
      {event.note !== '' && <small>{event.note}</small>}
      {event.kind === 'factures' && event.on > today && <small>{words.future}</small>}
    </span>
    {event.operation && (
      <span class={event.operation.amount < ZERO ? 'm debit' : 'm'}>
        <Money cents={event.operation.amount} signed />
      </span>
    )}
    {event.mail && <StateTag kind={MAIL_TAGS[event.mail]}>{words.mailStates[event.mail]}</StateTag>}
  </li>
)
