// The doors of the reconciliation: the days, one day, what is treated, its closing.
import type { Context, Hono } from 'hono'
import { addDays, parisInstant, readIsoDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { type FamilyId, readId } from '../kernel/ids.ts'
import type { Shops } from '../payments/shops.ts'
import type { Services } from '../platform/services.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { type Form, field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound } from '../web/request.ts'
import { closeDay } from './close-day.ts'
import { findClosing } from './closing-store.ts'
import { type Difference, keyOf } from './comparison.ts'
import { findFamiliesCalled } from './place-store.ts'
import { readDay } from './read-day.ts'
import { requireContract } from './reachable-contracts.ts'
import { showDay, showDays } from './show-days.tsx'
import type { CheckedContract, CheckedDay } from './store.ts'
import { postStatement } from './statement-door.tsx'
import { texts } from './texts.ts'
import { type Treatment, treatDifference } from './treat-difference.ts'

const MAX_RESERVE = 500

/** `/gestion/rapprochement…`. */
export function reconciliationDoor(app: Hono<Env>, services: Services, shops: Shops): void {
  const office = openOffice(app, services)
  office.get(paths.office.reconciliations, 'reconciliation.read', (c, actor) => showDays(c, services, actor))
  office.post(paths.office.bankStatement, 'reconciliation.close', (c, actor) =>
    postStatement(c, services, shops, actor),
  )
  office.get(paths.office.reconciliation(':jour'), 'reconciliation.read', async (c, actor) =>
    showDay(c, services, actor, await requireDay(c, services, actor, 'reconciliation.read')),
  )
  office.post(paths.office.treatDifference(':jour'), 'reconciliation.close', async (c, actor) => {
    const form = await readForm(c)
    return treat(c, services, actor, await requireDay(c, services, actor, 'reconciliation.close'), form)
  })
  office.post(paths.office.closeReconciliation(':jour'), 'reconciliation.close', async (c, actor) => {
    const form = await readForm(c)
    return close(c, services, actor, await requireDay(c, services, actor, 'reconciliation.close'), form)
  })
}

type Asked = { readonly contract: CheckedContract; readonly checked: CheckedDay }

async function requireDay(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  right: 'reconciliation.read' | 'reconciliation.close',
): Promise<Asked> {
  const day = readIsoDay(c.req.param('jour') ?? '')
  const contract = await requireContract(db, actor, right, c.req.query('contrat'))
  if (!day || !contract) return notFound()
  return { contract, checked: { organisationId: actor.organisationId, contractId: contract.id, day } }
}

const dayPath = ({ contractId, day }: CheckedDay, saved: keyof typeof texts.saved): string =>
  `${paths.office.reconciliation(day)}?contrat=${contractId}&note=${saved}`

async function treat(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  asked: Asked,
  form: Form,
): Promise<Response> {
  const { db, clock } = services
  const { checked } = asked
  const { comparison } = await readDay(db, checked)
  const operation = field(form, 'operation')
  const difference = comparison.differences.find((one) => keyOf(one) === operation)
  if (!difference) return c.redirect(dayPath(checked, 'deja'), 303)
  const unitId = difference.portal?.unitId ?? asked.contract.units[0]?.id
  if (unitId) allow(actor, 'reconciliation.close', { unitId })
  const asking = await readTreatment(services, checked, difference, form)
  if ('problems' in asking) {
    const typed = { operation, family: asking.typed, reserve: '' }
    return showDay(c, services, actor, asked, { problems: asking.problems, typed })
  }
  const now = clock.now()
  const name = staffName(actor)
  const done = await db.transaction(async (tx) => {
    const by = { name, reason: asking.reason }
    const treated = await treatDifference(tx, checked, difference, asking.treatment, by, now)
    if (!treated.ok) return treated.failure
    const object = difference.portal?.reference || difference.bank?.reference || operation
    const changes = {
      gap: { before: difference.cents / 100 },
      gesture: { after: texts.kinds[difference.kind] },
    }
    const familyId = asking.treatment.kind === 'place' ? asking.treatment.familyId : undefined
    const act = { kind: 'reconciliation.treated', object, reason: asking.reason, changes, familyId } as const
    await recordAct(tx, authorHere(c, actor), act, now)
    return 'done'
  })
  if (done === 'unknown-family') {
    const problem = { field: '', message: texts.familyElsewhere }
    return showDay(c, services, actor, asked, { problems: [problem] })
  }
  return c.redirect(dayPath(checked, done === 'done' ? 'traite' : 'deja'), 303)
}

type Asking =
  | { readonly treatment: Treatment; readonly reason: string; readonly typed: string }
  | { readonly problems: Problems; readonly typed: string }

async function readTreatment(
  { db }: Services,
  checked: CheckedDay,
  difference: Difference,
  form: Form,
): Promise<Asking> {
  const { reasons } = texts
  const place = (familyId: FamilyId, typed: string): Asking => ({
    treatment: { kind: 'place', familyId },
    reason: reasons.place,
    typed,
  })
  switch (field(form, 'geste')) {
    case 'placer': {
      const known = readId<'family'>(field(form, 'dossier'))
      if (known) return place(known, '')
      const name = field(form, 'champ')
      const typed = field(form, name).trim().slice(0, 100)
      const unitId = difference.portal?.unitId
      const found =
        typed !== '' && unitId ? await findFamiliesCalled(db, checked.organisationId, unitId, typed) : []
      const [family] = found
      if (family && found.length === 1) return place(family.id, typed)
      const message = found.length > 1 ? texts.familyAmbiguous : texts.familyUnknown(typed)
      return { problems: [{ field: name, message }], typed }
    }
    case 'accepter':
      return { treatment: { kind: 'accept' }, reason: reasons.accept, typed: '' }
    case 'signaler':
      return { treatment: { kind: 'report' }, reason: texts.reported, typed: '' }
    case 'attendre': {
      const until = parisInstant(addDays(checked.day, 2), 7)
      return { treatment: { kind: 'wait', until }, reason: reasons.wait, typed: '' }
    }
    default:
      return notFound()
  }
}

async function close(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  asked: Asked,
  form: Form,
): Promise<Response> {
  const { db, clock } = services
  const { checked, contract } = asked
  for (const { id } of contract.units) allow(actor, 'reconciliation.close', { unitId: id })
  const now = clock.now()
  const reserve = field(form, 'reserve').trim().slice(0, MAX_RESERVE)
  const signed = {
    seen: field(form, 'vu'),
    reserve: reserve === '' ? null : reserve,
    staffId: actor.staffId,
    name: staffName(actor),
  }
  const closed = await db.transaction(async (tx) => {
    if (await findClosing(tx, checked)) return 'already-closed'
    const done = await closeDay(tx, checked, signed, now)
    if (!done.ok) return done.failure
    const act = {
      kind: 'reconciliation.closed',
      object: formatDay(checked.day),
      reason: signed.reserve ?? undefined,
      changes: { gap: { after: done.value.gap / 100 } },
    } as const
    await recordAct(tx, authorHere(c, actor), act, now)
    return 'closed'
  })
  if (closed === 'closed') return c.redirect(dayPath(checked, 'clos'), 303)
  const problem = { field: closed === 'reserve-missing' ? 'reserve' : '', message: texts.failures[closed] }
  const typed = { operation: '', family: '', reserve }
  return showDay(c, services, actor, asked, { problems: [problem], typed })
}
