// The doors of deposit slips.
import type { Context, Hono } from 'hono'
import { addDays, parisDay, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import { present } from '../kernel/assert.ts'
import { readId } from '../kernel/ids.ts'
import { readAmount, sum } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { findOrganisation, findUnit } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { closeSlip } from './close-slip.ts'
import { findCulprits } from './control-total.ts'
import { DepositsPage } from './deposits-page.tsx'
import { typedDay } from './entry-form.ts'
import { NoUnit } from './entry-page.tsx'
import { chooseUnit, listReachedUnits } from './reached-units.ts'
import { SLIP_KINDS, SLIP_PIECES, type SlipKind } from './slip.ts'
import { SlipPage } from './slip-page.tsx'
import type { Gap } from './slip-parts.tsx'
import { findSlip, listDepositable, listPiles, listSlipLines, listSlips } from './slip-store.ts'
import { slipTexts } from './slip-texts.ts'

const RIGHT = 'deposit.close'
const LATEST = 20
/** A slip may be prepared for a day of the week to come. */
const AHEAD_DAYS = 7
const words = slipTexts.problems

/** `/gestion/remises` and one slip. */
export function slipDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.deposits, RIGHT, async (c, actor) => {
    const where = await whereOf(services, actor, c.req.query('service'), c.req.query('nature'))
    return where
      ? show(c, services, actor, where)
      : render(c, <NoUnit view={viewOf(c)} title={slipTexts.title} />)
  })
  office.post(paths.office.deposits, RIGHT, (c, actor) => close(c, services, actor))
  office.get(paths.office.deposit(':id'), RIGHT, async (c, actor) => {
    const { db } = services
    const { organisationId } = actor
    const id = readId<'slip'>(c.req.param('id'))
    const slip = id && (await findSlip(db, organisationId, id))
    if (!slip) return notFound()
    allow(actor, RIGHT, { unitId: slip.billingUnitId })
    const [lines, unit, organisation] = await Promise.all([
      listSlipLines(db, organisationId, slip.number),
      findUnit(db, organisationId, slip.billingUnitId),
      findOrganisation(db, organisationId),
    ])
    return render(
      c,
      <SlipPage
        view={viewOf(c)}
        slip={slip}
        lines={lines}
        unit={present(unit, 'a slip of no unit')}
        organisation={present(organisation, 'a slip of no organisation')}
        isNew={c.req.query('fait') === '1'}
      />,
    )
  })
}

type Where = { readonly unit: BillingUnit; readonly units: readonly BillingUnit[]; readonly kind: SlipKind }

async function whereOf(
  { db }: Services,
  actor: StaffActor,
  code: string | undefined,
  nature: string | undefined,
): Promise<Where | undefined> {
  const units = await listReachedUnits(db, actor, RIGHT)
  const unit = chooseUnit(units, code)
  return unit && { unit, units, kind: SLIP_KINDS.find((one) => one === nature) ?? 'cheques' }
}

async function show(
  c: Context<Env>,
  { db, clock }: Services,
  { organisationId }: StaffActor,
  where: Where,
  posted?: { form: Form; problems: Problems; gap?: Gap | undefined },
): Promise<Response> {
  const [lines, piles, slips] = await Promise.all([
    listDepositable(db, organisationId, where.unit.id, where.kind, SLIP_PIECES),
    listPiles(db, organisationId, where.unit.id),
    listSlips(db, organisationId, where.unit.id, LATEST),
  ])
  const first: Form = new Map([
    ['piece', lines.map(({ id }) => id)],
    ['remis-le', [typedDay(parisDay(clock.now()))]],
  ])
  return render(
    c,
    <DepositsPage
      view={viewOf(c)}
      {...where}
      lines={lines}
      piles={piles}
      slips={slips}
      form={posted?.form ?? first}
      problems={posted?.problems}
      gap={posted?.gap}
    />,
    posted ? 422 : 200,
  )
}

async function close(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const where = await whereOf(services, actor, field(form, 'service'), field(form, 'nature'))
  if (!where) return render(c, <NoUnit view={viewOf(c)} title={slipTexts.title} />)
  const again = (problems: Problems, gap?: Gap) => show(c, services, actor, where, { form, problems, gap })
  const { db, clock } = services
  const { organisationId } = actor
  const now = clock.now()
  const lines = await listDepositable(db, organisationId, where.unit.id, where.kind, SLIP_PIECES)
  const pieces = form.get('piece') ?? []
  const ticked = lines.filter(({ id }) => pieces.includes(id))
  const control = readAmount(field(form, 'bande'))
  const typedOn = field(form, 'remis-le').trim()
  const depositedOn = readFrenchDay(typedOn) ?? readIsoDay(typedOn)
  const today = parisDay(now)
  const onTime =
    depositedOn && depositedOn >= addDays(today, -AHEAD_DAYS) && depositedOn <= addDays(today, AHEAD_DAYS)
  const problems = [
    ...(pieces.length === 0 ? [{ field: 'bande', message: words.nothing }] : []),
    ...(ticked.length < pieces.length ? [{ field: '', message: words.moved }] : []),
    ...(control === undefined ? [{ field: 'bande', message: words.control }] : []),
    ...(onTime ? [] : [{ field: 'remis-le', message: words.day }]),
  ]
  if (control === undefined || !depositedOn || problems.length > 0) return again(problems)
  const slip = {
    organisationId,
    unit: where.unit,
    kind: where.kind,
    paymentIds: pieces,
    control,
    depositedOn,
  }
  const closed = await db.transaction((tx) => closeSlip(tx, slip, authorHere(c, actor), now))
  if (closed.ok) return c.redirect(`${paths.office.deposit(closed.value.slipId)}?fait=1`, 303)
  if (closed.failure === 'control-differs') {
    const total = sum(ticked.map((one) => one.amount))
    const culprits = findCulprits(
      lines.map(({ id, amount }) => ({ id, amount, isTicked: pieces.includes(id) })),
      total,
      control,
    )
    return again([{ field: 'bande', message: words.differs(control, total) }], { control, total, culprits })
  }
  return again([{ field: '', message: words.moved }])
}
