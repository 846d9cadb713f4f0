// The family's page of its refunds: each stage in plain words.
import type { Context, Hono } from 'hono'
import { formatDay, formatInstantDay } from '../kernel/french.ts'
import type { Services } from '../platform/services.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, requireFamily, type View, viewOf } from '../web/request.ts'
import { Card, Empty } from '../web/ui.tsx'
import { type FamilyRefund, listFamilyRefunds } from './family-store.ts'
import { transferTexts } from './transfer-texts.ts'

const words = transferTexts.family

/** `/remboursements`. */
export function familyRefundsDoor(app: Hono<Env>, { db }: Services): void {
  app.get(paths.refunds, (c) => showRefunds(c, db))
}

async function showRefunds(c: Context<Env>, db: Services['db']): Promise<Response> {
  const { organisationId, familyId } = requireFamily(c)
  const refunds = await listFamilyRefunds(db, organisationId, familyId)
  return render(c, <FamilyRefundsPage view={viewOf(c)} refunds={refunds} />)
}

const FamilyRefundsPage = ({ view, refunds }: { view: View; refunds: readonly FamilyRefund[] }) => (
  <Page view={view} current="history" title={words.title}>
    <div class="pile">
      <p class="chapo">{words.lede}</p>
      {refunds.length === 0 && (
        <Empty title={words.none}>
          <p>{words.noneText}</p>
        </Empty>
      )}
      {refunds.map((one, index) => (
        <Card id={`remboursement-${index + 1}`} title={words.refundOf(one.amount)}>
          <ol>
            {stagesOf(one).map((stage) => (
              <li>{stage}</li>
            ))}
          </ol>
          <p class="aide">{words.reason(one.reason)}</p>
        </Card>
      ))}
    </div>
  </Page>
)

/** What happened, in order, and what comes next. */
function stagesOf(one: FamilyRefund): readonly string[] {
  const asked = words.asked(formatInstantDay(one.askedAt))
  if (!one.decidedAt) return [asked]
  const decided = formatInstantDay(one.decidedAt)
  if (one.isRefused) return [asked, `${words.refused(decided)}. ${words.reason(one.refusal ?? '')}`]
  const begun = [asked, words.approved(decided)]
  if (one.sentAt) {
    const to = one.masked === null ? '' : ` ${words.toAccount(one.masked)}`
    begun.push(words.sent(formatInstantDay(one.sentAt)) + to)
  }
  if (one.failedOn !== null) return [...begun, words.failed(formatDay(one.failedOn))]
  if (one.isGivenUp) return [...begun, words.notMade]
  if (one.paidOn !== null) {
    const day = formatDay(one.paidOn)
    return [...begun, one.isByTransfer ? words.received(day) : words.receivedOnCard(day)]
  }
  if (one.sentAt) return begun
  return [...begun, one.isByTransfer ? words.toSend : words.onCard]
}
