import { DAY_MS, type Instant, later } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { readId } from '../kernel/ids.ts'
import { describeTask } from '../tasks/describe-task.ts'
import { finishTask, listOpenTasks } from '../tasks/store.ts'
import { texts as taskTexts } from '../tasks/texts.ts'
import { listFailingMails, listPendingMessages } from '../worklist/store.ts'
import { chooseOrganisation, type Command, readArgs, refusal } from './command.ts'
import { texts } from './texts.ts'

const said = texts.tasks
/** A refused test message is of interest for this long. */
const REFUSED_SHOWN_MS = 30 * DAY_MS

/** `tasks`: everything that awaits somebody; `--done` takes one off the list. */
export const tasksCommand: Command = {
  name: 'tasks',
  usage: '[--done NUMÉRO] [--organisation NOM]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values } = readArgs(
      args,
      { done: { type: 'string' }, organisation: { type: 'string' } },
      { names: [] },
    )
    const services = await open()
    const { db, clock } = services
    const { id: organisationId } = await chooseOrganisation(services, values.organisation)
    const now = clock.now()
    if (values.done !== undefined) {
      const wanted = values.done
      const id = readId<'task'>(wanted)
      const done =
        id &&
        (await db.transaction((tx) =>
          finishTask(tx, organisationId, id, { by: said.terminal, note: null }, now),
        ))
      if (!done) throw refusal(said.unknown(wanted))
      terminal.print(said.done)
      return
    }
    const tasks = await listOpenTasks(db, organisationId)
    const messages = await listPendingMessages(db, organisationId, later(now, -REFUSED_SHOWN_MS))
    const mails = await listFailingMails(db, organisationId)
    const blocks = [
      ...tasks.map((task) => `${age(now, task.since)} · ${describeTask(task)}\n  ${said.finish(task.id)}`),
      ...messages.map(({ since, outcome, shopNumber, amount, note }) => {
        const taken = amount === null ? undefined : cents(Number(amount))
        return `${age(now, since)} · ${said.message(outcome, shopNumber, taken, note)}`
      }),
      ...mails.map(({ since, kind, recipient, attempts, error }) => {
        const name = taskTexts.mailKinds[kind] ?? kind
        return `${age(now, since)} · ${said.mail(name, recipient, attempts, error)}`
      }),
    ]
    terminal.print(blocks.length === 0 ? said.nothing : blocks.join('\n\n'))
  },
}

const age = (now: Instant, since: Instant): string =>
  said.age(Math.floor((now.getTime() - since.getTime()) / DAY_MS))
