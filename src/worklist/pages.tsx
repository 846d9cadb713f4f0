import { DAY_MS, type Instant } from '../kernel/dates.ts'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { describeTask } from '../tasks/describe-task.ts'
import type { OpenTask } from '../tasks/store.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, Icon, LinkButton, Money, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import type { Checked, Finding } from './checks.ts'
import { texts } from './texts.ts'

/** A block shows this many tasks; the command line lists them all. */
const SHOWN = 20

const daysSince = (since: Instant, now: Instant) =>
  Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS))

/** « À traiter »: one block per check that found something, what harms families first. */
export const WorklistPage = (props: {
  view: View
  checked: readonly Checked[]
  now: Instant
  saved: keyof typeof texts.saved | undefined
  mayTreat: boolean
}) => {
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
        {shown.map(({ name, finding }) =>
          finding ? (
            <Block name={name} finding={finding} now={now} mayTreat={props.mayTreat} />
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
          {checked.map(({ name, finding }) => (
            <li>
              <Icon name={finding ? (finding.count === 0 ? 'check' : 'dot') : 'warning'} />
              <span>
                {texts.checks[name].title}{' '}
                <span class="etiq">
                  {finding ? (finding.count === 0 ? texts.clear : texts.cases(finding.count)) : texts.failed}
                  {finding?.postponed ? ` · ${texts.postponed(finding.postponed)}` : ''}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </OfficePage>
  )
}

const URGENT = new Set(['debited', 'messages'])

const Block = (props: { name: Checked['name']; finding: Finding; now: Instant; mayTreat: boolean }) => {
  const { name, finding, now } = props
  const { title, why } = texts.checks[name]
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
        {why} {finding.oldest && texts.age(daysSince(finding.oldest, now))}
      </p>
      {tasks.length > 0 && (
        <ul class="taches">
          {tasks.slice(0, SHOWN).map((task) => (
            <TaskLine task={task} now={now} mayTreat={props.mayTreat} />
          ))}
        </ul>
      )}
      {tasks.length > SHOWN && <p class="etiq">{texts.more(tasks.length - SHOWN)}</p>}
      {finding.action && (
        <p class="gestes">
          <LinkButton href={finding.action.href} look="secondary" small>
            {finding.action.label}
          </LinkButton>
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

/** One task: what is known of it, and two ways to be done with it. */
export const TaskPage = (props: { view: View; task: OpenTask; form: Form; problems?: Problems }) => {
  const { task, view, form, problems } = props
  const words = texts.task
  const [what = '', ...facts] = describeTask(task).split('\n')
  return (
    <OfficePage
      view={view}
      title={words.title}
      heading={what}
      crumb={<a href={paths.office.home}>{words.back}</a>}
      lede={words.opened(formatInstantDay(task.since), formatTime(task.since))}
      current="worklist"
      problems={problems}
    >
      <div class="pile-s">
        {facts.length > 0 && (
          <div class="carte">
            <ul class="sans-puces">
              {facts.map((fact) => (
                <li>{fact.trim()}</li>
              ))}
            </ul>
          </div>
        )}
        {task.notBefore && task.note !== null && (
          <Notice kind="pending" title={texts.postponedUntil(formatInstantDay(task.notBefore), task.note)} />
        )}
        <div class="blocs">
          <Card id="regle" title={words.doneTitle} class="petite">
            <form class="formulaire" method="post" action={paths.office.task(task.id)} noValidate>
              <FormToken view={view} />
              <input type="hidden" name="geste" value="terminer" />
              <Field
                name="fait"
                label={words.doneNote}
                hint={words.doneHint}
                value={field(form, 'fait')}
                maxlength={300}
                problems={problems}
              />
              <SubmitButton icon="check">{words.done}</SubmitButton>
            </form>
          </Card>
          <Card id="plus-tard" title={words.postponeTitle} class="petite">
            <form class="formulaire" method="post" action={paths.office.task(task.id)} noValidate>
              <FormToken view={view} />
              <input type="hidden" name="geste" value="reporter" />
              <Field
                name="jusqu-au"
                label={words.until}
                hint={words.untilHint}
                value={field(form, 'jusqu-au')}
                size={12}
                problems={problems}
              />
              <Field
                name="motif"
                label={words.reason}
                value={field(form, 'motif')}
                maxlength={300}
                problems={problems}
              />
              <SubmitButton look="secondary" icon="later">
                {words.postpone}
              </SubmitButton>
            </form>
          </Card>
        </div>
      </div>
    </OfficePage>
  )
}
