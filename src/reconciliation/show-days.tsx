// What the doors of the reconciliation show, also after a form that could not be taken.
import type { Context } from 'hono'
import { addDays, type Day, parisDay, readIsoDay } from '../kernel/dates.ts'
import { inTurn } from '../kernel/in-turn.ts'
import type { Services } from '../platform/services.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { may, reaches, reachOf } from '../staff/rights.ts'
import { listOpenTasks } from '../tasks/store.ts'
import type { Problems } from '../web/form.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { findClosing, listBusyDays, listClosedDays } from './closing-store.ts'
import { DIFFERENCE_KINDS, type Difference, keyOf } from './comparison.ts'
import { DayPage, type DayProps } from './day-page.tsx'
import { DAY_STATES, type DayLine, DaysPage } from './days-page.tsx'
import type { ShownDifference } from './difference-gestures.tsx'
import { findProposal } from './place-store.ts'
import { reachableContracts } from './reachable-contracts.ts'
import { readDay } from './read-day.ts'
import type { CheckedContract, CheckedDay } from './store.ts'
import { texts } from './texts.ts'

/** A page of the list goes back so many days. */
const LISTED_DAYS = 14
/** Great days of several lists at once would fill the memory. */
const comparing = inTurn()
const SURPRISES: readonly string[] = [
  'unknown-order',
  'amount-mismatch',
  'second-capture',
  'taken-back',
  'refund-found',
]

export async function showDay(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  { contract, checked }: { readonly contract: CheckedContract; readonly checked: CheckedDay },
  failed: Pick<DayProps, 'problems' | 'typed'> = {},
): Promise<Response> {
  const { db, clock } = services
  const now = clock.now()
  const closing = await findClosing(db, checked)
  const { comparison, readAt, remitted } = await readDay(db, checked)
  const shown = closing?.comparison ?? comparison
  const closes = reachOf(actor.grants, 'reconciliation.close')
  const mayTreat = contract.units.some(({ id }) => reaches(closes, id))
  const saved = c.req.query('note') ?? ''
  return render(
    c,
    <DayPage
      view={viewOf(c)}
      day={checked.day}
      today={parisDay(now)}
      now={now}
      contracts={await reachableContracts(db, actor, 'reconciliation.read')}
      contract={contract}
      comparison={shown}
      differences={await describe(
        services,
        actor,
        checked,
        shown.differences,
        comparison.differences,
        mayTreat,
      )}
      kind={DIFFERENCE_KINDS.find((one) => one === c.req.query('type'))}
      readAt={readAt}
      remitted={remitted}
      closing={closing}
      mayTreat={mayTreat}
      otherUnits={
        mayTreat ? contract.units.filter(({ id }) => !reaches(closes, id)).map(({ name }) => name) : []
      }
      signer={staffName(actor)}
      saved={Object.hasOwn(texts.saved, saved) ? (saved as keyof typeof texts.saved) : undefined}
      {...failed}
    />,
    failed.problems ? 422 : 200,
  )
}

/** Each difference with what may be done of it; of a closed day, only while it still is one. */
async function describe(
  { db }: Services,
  actor: StaffActor,
  checked: CheckedDay,
  shown: readonly Difference[],
  live: readonly Difference[],
  mayTreat: boolean,
): Promise<ShownDifference[]> {
  const tasks = shown.length === 0 ? [] : await listOpenTasks(db, checked.organisationId)
  const still = new Set(live.map(keyOf))
  const families = reachOf(actor.grants, 'family.read')
  return Promise.all(
    shown.map(async (difference) => {
      const { bank, portal, kind } = difference
      const about = tasks.filter(({ details }) =>
        [bank?.key, portal?.key].some((key) => key !== undefined && key === details['bankTransaction']),
      )
      const isStill = still.has(keyOf(difference))
      const proposal =
        kind === 'absent-from-portal' && bank && portal && portal.familyId === null && isStill
          ? await findProposal(db, checked, bank, portal.unitId)
          : undefined
      const unitId = proposal?.unitId ?? portal?.unitId
      return {
        difference,
        proposal,
        reported: about.find((task) => task.kind === 'bank-difference'),
        taskId: about.find((task) => SURPRISES.includes(task.kind))?.id,
        showsFamily: unitId !== undefined && reaches(families, unitId),
        isTreated: !isStill,
        isIdle: !mayTreat || !isStill,
      }
    }),
  )
}

export async function showDays(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  more: {
    readonly problems?: Problems
    /** What was just read of a statement of account. */
    readonly read?: string
    readonly again?: { readonly said: string; readonly day: Day | undefined; readonly contractId: string }
  } = {},
): Promise<Response> {
  const { db, clock } = services
  const contracts = await reachableContracts(db, actor, 'reconciliation.read')
  const asked = c.req.query('contrat')
  const contract = contracts.find(({ id }) => id === asked) ?? contracts[0]
  const before = readIsoDay(c.req.query('avant') ?? '')
  const last = before ? addDays(before, -1) : parisDay(clock.now())
  const first = addDays(last, 1 - LISTED_DAYS)
  const state = DAY_STATES.find((one) => one === c.req.query('etat')) ?? 'tous'
  const lines = contract ? await comparing(() => readLines(services, actor, contract, first, last)) : []
  return render(
    c,
    <DaysPage
      view={viewOf(c)}
      contracts={contracts}
      contract={contract}
      lines={lines.filter(({ closed }) => state === 'tous' || (closed !== undefined) === (state === 'clos'))}
      state={state}
      older={first}
      isOlder={before !== undefined}
      mayTreat={may(actor.grants, 'reconciliation.close', 'anywhere')}
      {...more}
    />,
    more.problems || more.again ? 422 : 200,
  )
}

/** A closed day as it was signed; another is compared now, which is done for the few open ones only. */
async function readLines(
  { db }: Services,
  { organisationId }: StaffActor,
  { id: contractId }: CheckedContract,
  from: Day,
  to: Day,
): Promise<DayLine[]> {
  const [closed, days] = await Promise.all([
    listClosedDays(db, organisationId, contractId, from, to),
    listBusyDays(db, organisationId, contractId, from, to),
  ])
  const all = [...new Set([...days, ...closed.map(({ day }) => day)])].toSorted().toReversed()
  const lines: DayLine[] = []
  for (const day of all) {
    const signed = closed.find((one) => one.day === day)
    if (signed) lines.push({ ...signed, hasStatement: true, closed: signed })
    else {
      const { comparison, readAt } = await readDay(db, { organisationId, contractId, day })
      const { gap, differences } = comparison
      lines.push({
        day,
        gap,
        differences: differences.length,
        hasStatement: readAt !== undefined,
        closed: undefined,
      })
    }
  }
  return lines
}
