import { DAY_MS, type Instant } from '../kernel/dates.ts'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { describeTask } from '../tasks/describe-task.ts'
import type { OpenTask } from '../tasks/store.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, FormToken, Icon, LinkButton, Money, Notice, StateTag } from '../web/ui.tsx'
import type { Finding } from './checks.ts'
import type { Checked } from './run-checks.ts'
import { texts } from './texts.ts'

const daysSince = (since: Instant, now: Instant) =>
  Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS))

type Props = {
  readonly view: View
  readonly checked: readonly Checked[]
  readonly now: Instant
  readonly saved: keyof typeof texts.saved | undefined
  readonly mayTreat: boolean
  /** Whether the person holds the right on whole units: a block is put off for one. */
  readonly mayPutOff: boolean
}

/** « À traiter »: one block per check that found something, what harms families first. */
export const WorklistPage = (props: Props) => {
  const { checked, now } = props
  const time = formatTime(now)
  const shown = checked.filter(({ finding }) => !finding || finding.count > 0)
  return (
    <OfficePage view={props.view} title={texts.title} crumb={texts.checkedAt(time)} current="worklist">
      <div class="ecarts">
        {props.saved && <Notice kind="success" title={texts.saved[props.saved]} live />}
        {shown.length === 0 && (
          <div class="carte vide">
            <p>
              <strong>{texts.nothing(time)}</strong>
            </p>
          </div>
        )}
        {shown.map(({ name, finding, href }) =>
          finding ? (
            <Block {...props} name={name} finding={finding} href={href} />
          ) : (
            <article class="ecart rouge" aria-labelledby={`b-${name}`}>
              <header>
                <h2 id={`b-${name}`}>{texts.checks[name].title}</h2>
                <StateTag kind="danger">{texts.failed}</StateTag>
              </header>
              <p class="pq">{texts.failedText}</p>
            </article>
          ),
        )}
      </div>
      <Card id="verifications" title={texts.checksRun} class="verifications">
        <ul class="sans-puces">
          {checked.map((one) => (
            <CheckLine {...props} one={one} time={time} />
          ))}
        </ul>
      </Card>
    </OfficePage>
  )
}

const CheckLine = (props: Props & { one: Checked; time: string }) => {
  const { name, finding, putOff } = props.one
  const found = !finding ? texts.failed : finding.count === 0 ? texts.clear : texts.cases(finding.count)
  return (
    <li>
      <Icon name={finding ? (finding.count === 0 ? 'check' : 'dot') : 'warning'} />
      <span>
        {texts.checks[name].title}{' '}
        <span class="etiq">
          {[
            found,
            texts.at(finding?.asOf ? formatTime(finding.asOf) : props.time),
            finding?.postponed ? texts.postponed(finding.postponed) : '',
            putOff
              ? texts.putOffAs(formatInstantDay(putOff.until), putOff.by, putOff.reason, putOff.count)
              : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {putOff && props.mayPutOff && (
          <form method="post" action={paths.office.putOff}>
            <FormToken view={props.view} />
            <input type="hidden" name="bloc" value={name} />
            <Button look="link" small name="geste" value="reprendre">
              {texts.takeUp}
              <span class="vh"> {texts.checks[name].title}</span>
            </Button>
          </form>
        )}
      </span>
    </li>
  )
}

const URGENT = new Set(['debited', 'messages'])

const Block = (props: Props & { name: Checked['name']; finding: Finding; href: string | undefined }) => {
  const { name, finding, now, href } = props
  const { title, why, action } = texts.checks[name]
  const tasks = finding.tasks ?? []
  return (
    <article class={URGENT.has(name) ? 'ecart rouge' : 'ecart'} aria-labelledby={`b-${name}`}>
      <header>
        <h2 id={`b-${name}`}>{title}</h2>
        <StateTag kind={URGENT.has(name) ? 'danger' : 'due'}>{texts.count(finding.count)}</StateTag>
        {finding.cents !== null && (
          <span class="m">
            <Money cents={finding.cents} />
          </span>
        )}
      </header>
      <p class="pq">
        {why} {finding.oldest && texts.age(daysSince(finding.oldest, now))}{' '}
        {finding.asOf && texts.asOf(formatTime(finding.asOf))}
      </p>
      {tasks.length > 0 && (
        <ul class="taches">
          {tasks.map((task) => (
            <TaskLine task={task} now={now} mayTreat={props.mayTreat} />
          ))}
        </ul>
      )}
      {finding.count > tasks.length && tasks.length > 0 && (
        <p class="etiq">{texts.more(finding.count - tasks.length)}</p>
      )}
      {finding.tasks === undefined && (href !== undefined || props.mayPutOff) && (
        <p class="gestes">
          {href !== undefined && (
            <LinkButton href={href} look="secondary" small>
              {action}
            </LinkButton>
          )}
          {props.mayPutOff && (
            <a class="autre" href={`${paths.office.putOff}?bloc=${name}`}>
              {texts.putOffBlock}
              <span class="vh"> {title}</span>
            </a>
          )}
        </p>
      )}
    </article>
  )
}

const TaskLine = ({ task, now, mayTreat }: { task: OpenTask; now: Instant; mayTreat: boolean }) => {
  const [what = '', ...facts] = describeTask(task).split('\n')
  return (
    <li>
      <div>
        <p>{what}</p>
        <p class="etiq">
          {[texts.since(daysSince(task.since, now)), ...facts.map((one) => one.trim())].join(' · ')}
        </p>
      </div>
      {mayTreat && (
        <LinkButton href={paths.office.task(task.id)} look="secondary" small>
          {texts.treat}
          <span class="vh"> {what}</span>
        </LinkButton>
      )}
    </li>
  )
}
