// Mails in failure, and one more try.
import type { Context, Hono } from 'hono'
import { planJob } from '../jobs/plan-job.ts'
import { formatInstantDay } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { may, reachOf } from '../staff/rights.ts'
import { texts as taskTexts } from '../tasks/texts.ts'
import { field, readForm } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { Button, Empty, FormToken, Notice } from '../web/ui.tsx'
import { isFailing, listFailedMails } from './mail-store.ts'
import { NOTHING_PUT_OFF } from './scope.ts'
import { texts } from './texts.ts'

const LIMIT = 100
const words = texts.mails

/** `/gestion/courriels`. */
export function mailsDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.failedMails, 'worklist.read', (c, actor) => showMails(c, services, actor))
  office.post(paths.office.failedMails, 'worklist.treat', async (c, actor) => {
    const id = readId<'mail'>(field(await readForm(c), 'courriel')) ?? notFound()
    const { db, clock } = services
    const { organisationId } = actor
    const now = clock.now()
    const reach = reachOf(actor.grants, 'worklist.treat')
    const scope = { organisationId, reach, putOff: NOTHING_PUT_OFF, side: 'due', now } as const
    if (await isFailing(db, scope, id))
      await db.transaction(async (tx) => {
        // Under the key of its first job: whatever waits of it is replaced.
        await planJob(tx, { name: 'send-mail', organisationId, mailId: id }, { key: id })
        await recordAct(tx, authorHere(c, actor), { kind: 'mail.retried', object: id }, now)
      })
    return c.redirect(`${paths.office.failedMails}?note=demande`, 303)
  })
}

async function showMails(c: Context<Env>, { db, clock }: Services, actor: StaffActor): Promise<Response> {
  const { organisationId, grants } = actor
  const reach = reachOf(grants, 'worklist.read')
  const scope = { organisationId, reach, putOff: NOTHING_PUT_OFF, side: 'due', now: clock.now() } as const
  const mails = await listFailedMails(db, scope, LIMIT)
  const mayTreat = may(grants, 'worklist.treat', 'anywhere')
  const view = viewOf(c)
  const { columns } = words
  return render(
    c,
    <OfficePage
      view={view}
      title={words.title}
      lede={words.lede}
      crumb={<a href={paths.office.home}>{texts.task.back}</a>}
      current="worklist"
    >
      {c.req.query('note') === 'demande' && <Notice kind="success" title={words.retried} live />}
      {mails.length === 0 ? (
        <Empty title={words.empty}>
          <p>{words.emptyNext}</p>
        </Empty>
      ) : (
        <section class="carte" aria-label={words.caption}>
          <table class="tab souple" role="table">
            <caption class="vh">{words.caption}</caption>
            <thead role="rowgroup">
              <tr role="row">
                {(['recipient', 'kind', 'since', 'attempts', 'error'] as const).map((name) => (
                  <th role="columnheader" scope="col">
                    {columns[name]}
                  </th>
                ))}
                {mayTreat && (
                  <th role="columnheader" scope="col">
                    <span class="vh">{words.retry}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {mails.map((mail) => (
                <tr role="row">
                  <th role="rowheader" scope="row">
                    <a href={`${paths.office.search}?q=${encodeURIComponent(mail.recipient)}`}>
                      {mail.recipient}
                      <span class="vh"> – {words.search}</span>
                    </a>
                  </th>
                  <td role="cell" data-l={columns.kind}>
                    {taskTexts.mailKinds[mail.kind] ?? mail.kind}
                  </td>
                  <td role="cell" class="num" data-l={columns.since}>
                    {formatInstantDay(mail.since)}
                  </td>
                  <td role="cell" class="num" data-l={columns.attempts}>
                    {mail.attempts}
                  </td>
                  <td role="cell" data-l={columns.error}>
                    {mail.error.slice(0, 200)}
                  </td>
                  {mayTreat && (
                    <td role="cell">
                      <form method="post" action={paths.office.failedMails}>
                        <FormToken view={view} />
                        <Button look="secondary" small name="courriel" value={mail.id}>
                          {words.retry}
                          <span class="vh"> {mail.recipient}</span>
                        </Button>
                      </form>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          {mails.length === LIMIT && <p class="etiq">{words.more}</p>}
        </section>
      )}
    </OfficePage>,
  )
}
