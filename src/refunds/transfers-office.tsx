// The doors of transfer files: made of approved refunds, taken to the bank, and what it made of them.
import type { Context, Hono } from 'hono'
import { addDays, type Day, parisDay, readFrenchDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import { findOrganisation } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { allow, requireFresh } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { may, reaches, reachOf, type Right } from '../staff/rights.ts'
import { type Form, field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { rejectTransfer } from './end-transfers.ts'
import { findFile, listFiles, listReady, listSent, type TransferFile } from './file-store.ts'
import { isReady, makeTransferFile, takeDownload } from './make-transfer-file.ts'
import { transferTexts as words } from './transfer-texts.ts'
import { TransferFilePage } from './transfer-file-page.tsx'
import { TransfersPage } from './transfers-page.tsx'

const MAX_REASON = 300
/** A bank keeps an order so long, no longer. */
const LATEST_DAYS = 30

/** `/gestion/remboursements/virements…`. Before the doors of one refund, whose address it resembles. */
export function transferFilesDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.transferFiles, 'refund.prepare', (c, actor) => showAll(c, services, actor))
  office.post(paths.office.transferFiles, 'refund.approve', (c, actor) => make(c, services, actor))
  office.get(paths.office.transferFile(':id'), 'refund.prepare', async (c, actor) =>
    showFile(c, services, actor, await requireFile(c, services, actor, 'refund.prepare')),
  )
  office.post(paths.office.downloadTransferFile(':id'), 'refund.approve', (c, actor) =>
    download(c, services, actor),
  )
  office.post(paths.office.rejectTransfer(':id'), 'refund.approve', (c, actor) => reject(c, services, actor))
}

async function showAll(
  c: Context<Env>,
  { db, clock }: Services,
  actor: StaffActor,
  failed: { readonly form?: Form; readonly problems?: Problems } = {},
): Promise<Response> {
  const { organisationId } = actor
  const reach = reachOf(actor.grants, 'refund.prepare')
  const mayMake = may(actor.grants, 'refund.approve', 'anywhere')
  if (mayMake) requireFresh(c, actor)
  const [ready, files] = await Promise.all([listReady(db, organisationId), listFiles(db, organisationId)])
  const mine = ready.filter(({ unitId }) => reaches(reach, unitId))
  return render(
    c,
    <TransfersPage
      view={viewOf(c)}
      ready={mine}
      files={files.filter(({ unitIds }) => unitIds.every((unitId) => reaches(reach, unitId)))}
      day={failed.form ? field(failed.form, 'jour') : formatDay(parisDay(clock.now()))}
      chosen={
        failed.form?.get('remboursement') ??
        (failed.form ? [] : mine.filter(isReady).map(({ refundId }) => refundId))
      }
      mayMake={mayMake}
      problems={failed.problems}
    />,
    failed.problems ? 422 : 200,
  )
}

/** The day typed, when a bank would still take it. */
function readExecution(typed: string, today: Day): Day | undefined {
  const day = readFrenchDay(typed.trim())
  return day !== undefined && day >= today && day <= addDays(today, LATEST_DAYS) ? day : undefined
}

async function make(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  requireFresh(c, actor)
  const { db, clock, keys } = services
  const { organisationId } = actor
  const now = clock.now()
  const executionOn = readExecution(field(form, 'jour'), parisDay(now))
  if (executionOn === undefined)
    return showAll(c, services, actor, { form, problems: [{ field: 'jour', message: words.page.badDay }] })
  const typed = (form.get('remboursement') ?? []).flatMap((one) => readId<'refund'>(one) ?? [])
  const ready = await listReady(db, organisationId)
  for (const { unitId } of ready.filter(({ refundId }) => typed.some((one) => one === refundId)))
    allow(actor, 'refund.approve', { unitId })
  const organisation = await findOrganisation(db, organisationId)
  const done = await db.transaction(async (tx) => {
    const asked = {
      organisationId,
      initiator: organisation?.name ?? '',
      refundIds: typed,
      executionOn,
      wordsOf: words.words,
    }
    const made = await makeTransferFile(
      tx,
      keys,
      asked,
      { staffId: actor.staffId, name: staffName(actor) },
      now,
    )
    if (made.ok) {
      const changes = { transfers: { after: made.value.transfers } }
      const act = { kind: 'transfer-file.made', object: made.value.messageId, changes } as const
      await recordAct(tx, authorHere(c, actor), act, now)
    }
    return made
  })
  if (done.ok) return c.redirect(`${paths.office.transferFile(done.value.id)}?note=pret`, 303)
  const problems = [{ field: '', message: words.fileFailures[done.failure] }]
  return showAll(c, services, actor, { form, problems })
}

async function requireFile(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  right: Right,
): Promise<TransferFile> {
  const id = readId<'transferFile'>(c.req.param('id'))
  const file = id && (await findFile(db, actor.organisationId, id))
  if (!file) return notFound()
  for (const unitId of file.unitIds) allow(actor, right, { unitId })
  return file
}

async function showFile(
  c: Context<Env>,
  { db }: Services,
  actor: StaffActor,
  file: TransferFile,
  failed: { readonly form?: Form; readonly problems?: Problems } = {},
): Promise<Response> {
  const mayAct = file.unitIds.every((unitId) => may(actor.grants, 'refund.approve', { unitId }))
  if (mayAct) requireFresh(c, actor)
  return render(
    c,
    <TransferFilePage
      view={viewOf(c)}
      file={file}
      sent={await listSent(db, actor.organisationId, file.id)}
      mayAct={mayAct}
      saved={c.req.query('note') ?? ''}
      {...failed}
    />,
    failed.problems ? 422 : 200,
  )
}

async function download(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  await readForm(c)
  const file = await requireFile(c, services, actor, 'refund.approve')
  requireFresh(c, actor)
  const { db, clock, keys } = services
  const now = clock.now()
  const { organisationId, staffId } = actor
  const taken = await db.transaction(async (tx) => {
    const by = { staffId, name: staffName(actor) }
    const one = await takeDownload(tx, keys, { organisationId, id: file.id }, by, now)
    const changes = { number: { after: one?.number } }
    const act = { kind: 'transfer-file.downloaded', object: file.messageId, changes } as const
    if (one) await recordAct(tx, authorHere(c, actor), act, now)
    return one
  })
  if (!taken) return notFound()
  c.header('content-type', 'application/xml; charset=utf-8')
  c.header(
    'content-disposition',
    `attachment; filename="virements-${file.executionOn}-${file.messageId}.xml"`,
  )
  return c.body(taken.content)
}

async function reject(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const file = await requireFile(c, services, actor, 'refund.approve')
  requireFresh(c, actor)
  const { db, clock } = services
  const { organisationId } = actor
  const sent = await listSent(db, organisationId, file.id)
  const one = sent.find(({ endToEnd }) => endToEnd === field(form, 'virement'))
  const reason = field(form, 'raison').trim().slice(0, MAX_REASON)
  const problems = [
    ...(one ? [] : [{ field: 'virement', message: words.file.missingWhich }]),
    ...(reason === '' ? [{ field: 'raison', message: words.file.missingReason }] : []),
  ]
  if (!one || problems.length > 0) return showFile(c, services, actor, file, { form, problems })
  const now = clock.now()
  const done = await db.transaction(async (tx) => {
    const rejected = { organisationId, endToEnd: one.endToEnd, reason }
    const ended = await rejectTransfer(tx, rejected, parisDay(now), now, staffName(actor))
    if (ended.ok) {
      const changes = { amount: { after: one.amount / 100 } }
      const { familyId, endToEnd: object } = one
      const act = { kind: 'transfer.rejected', familyId, object, reason, changes } as const
      await recordAct(tx, authorHere(c, actor), act, now)
    }
    return ended
  })
  if (done.ok) return c.redirect(`${paths.office.transferFile(file.id)}?note=refuse`, 303)
  return showFile(c, services, actor, file, {
    form,
    problems: [{ field: 'virement', message: words.file.endedBefore }],
  })
}
