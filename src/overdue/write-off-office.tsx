// Debts given up: proposed by one person, decided by another.
import type { Context, Hono } from 'hono'
import { isInvoiceNumber } from '../billing/invoice.ts'
import { formatCents } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import { readAmount } from '../kernel/money.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { staffName, type StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { reachOf } from '../staff/rights.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { acceptWriteOff, proposeWriteOff, refuseWriteOff } from './decide-write-off.ts'
import { texts } from './texts.ts'
import { WriteOffPage } from './write-off-page.tsx'
import { type DueInvoice, findDue, findWriteOff, listWriteOffs } from './write-off-store.ts'

const words = texts.writeOffs
const MAX_REASON = 300

/** `/gestion/impayes/non-valeurs`. */
export function writeOffDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.writeOffs, 'write-off.decide', (c, actor) => show(c, services, actor))
  office.post(paths.office.writeOffs, 'write-off.decide', async (c, actor) => {
    const form = await readForm(c)
    return field(form, 'geste') === 'proposer'
      ? propose(c, services, actor, form)
      : decide(c, services, actor, form)
  })
}

type Failed = { readonly form: Form; readonly problems: Problems }

async function show(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  failed?: Failed,
): Promise<Response> {
  const { organisationId, grants } = actor
  const typed = (failed ? field(failed.form, 'facture') : (c.req.query('facture') ?? '')).trim().toUpperCase()
  const invoice = isInvoiceNumber(typed) ? await findDue(db, organisationId, typed) : undefined
  if (invoice) allowAt(actor, invoice)
  const isUnknown = typed !== '' && !invoice && !failed
  const saved = c.req.query('note') ?? ''
  return render(
    c,
    <WriteOffPage
      view={viewOf(c)}
      typed={typed}
      invoice={invoice}
      form={failed?.form ?? new Map()}
      problems={isUnknown ? [{ field: 'facture', message: words.unknown }] : (failed?.problems ?? [])}
      requests={await listWriteOffs(db, organisationId, reachOf(grants, 'write-off.decide'))}
      me={actor.staffId}
      requestKey={newId<'request'>(clock.now())}
      saved={Object.hasOwn(words.saved, saved) ? words.saved[saved as keyof typeof words.saved] : undefined}
    />,
    failed || isUnknown ? 422 : 200,
  )
}

const allowAt = (actor: StaffActor, { unitId, establishmentId }: DueInvoice): void =>
  allow(actor, 'write-off.decide', { unitId, establishmentId })

async function propose(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  form: Form,
): Promise<Response> {
  const { db, clock } = services
  const { organisationId, staffId } = actor
  const number = field(form, 'facture').trim().toUpperCase()
  const requestKey = readId<'request'>(field(form, 'cle'))
  const invoice = isInvoiceNumber(number) ? await findDue(db, organisationId, number) : undefined
  if (!invoice || !requestKey)
    return show(c, services, actor, { form, problems: [{ field: 'facture', message: words.unknown }] })
  allowAt(actor, invoice)
  const amount = readAmount(field(form, 'somme'))
  const reason = field(form, 'motif').trim().slice(0, MAX_REASON)
  const badAmount = { field: 'somme', message: words.badAmount }
  const problems = [
    ...(amount === undefined ? [badAmount] : []),
    ...(reason === '' ? [{ field: 'motif', message: words.missingReason }] : []),
  ]
  if (amount === undefined || problems.length > 0) return show(c, services, actor, { form, problems })
  const now = clock.now()
  const done = await db.transaction(async (tx) => {
    const by = { staffId, name: staffName(actor) }
    const said = { requestKey, amount, reason }
    const proposed = await proposeWriteOff(tx, organisationId, invoice, said, by, now)
    const changes = { amount: { after: formatCents(amount) } }
    if (proposed.ok)
      await recordAct(
        tx,
        authorHere(c, actor),
        { kind: 'write-off.proposed', object: number, reason, changes },
        now,
      )
    return proposed
  })
  if (done.ok) return c.redirect(`${paths.office.writeOffs}?note=proposee`, 303)
  return show(c, services, actor, {
    form,
    problems: [
      done.failure === 'above-due' ? badAmount : { field: '', message: words.problems[done.failure] },
    ],
  })
}

async function decide(c: Context<Env>, services: Services, actor: StaffActor, form: Form): Promise<Response> {
  const { db, clock } = services
  const { organisationId, staffId } = actor
  const id = readId<'writeOffRequest'>(field(form, 'proposition')) ?? notFound()
  const found = (await findWriteOff(db, organisationId, id)) ?? notFound()
  allow(actor, 'write-off.decide', { unitId: found.unitId })
  const isAccepted = field(form, 'geste') === 'accepter'
  const refusal = field(form, 'refus').trim().slice(0, MAX_REASON)
  if (!isAccepted && refusal === '')
    return show(c, services, actor, {
      form,
      problems: [{ field: `refus-${id}`, message: words.missingRefusal }],
    })
  const now = clock.now()
  const by = { staffId, name: staffName(actor) }
  const done = await db.transaction(async (tx) => {
    const decided = isAccepted
      ? await acceptWriteOff(tx, { organisationId, id }, by, now)
      : await refuseWriteOff(tx, { organisationId, id }, refusal, by, now)
    if (decided.ok) {
      const { number, amount, reason } = decided.value
      const kind = isAccepted ? 'write-off.accepted' : 'write-off.refused'
      const changes = { amount: { after: formatCents(amount) } }
      const act = { kind, object: number, reason: isAccepted ? reason : refusal, changes } as const
      await recordAct(tx, authorHere(c, actor), act, now)
    }
    return decided
  })
  if (done.ok) return c.redirect(`${paths.office.writeOffs}?note=${isAccepted ? 'acceptee' : 'refusee'}`, 303)
  return show(c, services, actor, { form, problems: [{ field: '', message: words.problems[done.failure] }] })
}
