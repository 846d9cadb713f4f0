// The doors of what staff note about a family: notes, and its quotient.
import type { Context, Hono } from 'hono'
import { putQuotient } from '../families/record-store.ts'
import { readFrenchDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import { newId } from '../platform/secrets.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { field, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound } from '../web/request.ts'
import { insertNote, NOTE_KINDS, withdrawNote } from './note-store.ts'
import { showFile } from './office.tsx'
import { peopleTexts } from './people-texts.ts'
import { requireFamilyFile } from './require-file.ts'
import { texts } from './texts.ts'

const MAX_NOTE = 500

/** `/gestion/familles/…/notes`, `/gestion/familles/…/quotient`. */
export function noteDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.post(paths.office.familyNotes(':id'), 'family.edit', (c, actor) => postNote(c, services, actor))
  office.post(paths.office.withdrawNote(':id', ':note'), 'family.edit', (c, actor) =>
    postWithdrawal(c, services, actor),
  )
  office.post(paths.office.quotients(':id'), 'family.edit', (c, actor) => postQuotient(c, services, actor))
}

async function postNote(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const family = await requireFamilyFile(c, services, actor, 'family.edit')
  const said = field(form, 'note').trim().slice(0, MAX_NOTE)
  const problems = [{ field: 'note', message: texts.notes.missing }]
  if (said === '') return showFile(c, services, actor, { form, problems })
  const kind = NOTE_KINDS.find((one) => one === field(form, 'pour')) ?? 'internal'
  const { db, clock } = services
  const now = clock.now()
  await db.transaction(async (tx) => {
    const note = { familyId: family.id, kind, said, by: staffName(actor) }
    await insertNote(tx, actor.organisationId, note, now)
    const object = texts.notes.kinds[kind]
    await recordAct(tx, authorHere(c, actor), { kind: 'family.noted', familyId: family.id, object }, now)
  })
  return c.redirect(`${paths.office.family(family.id)}?note=ajoutee`, 303)
}

async function postWithdrawal(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  await readForm(c)
  const family = await requireFamilyFile(c, services, actor, 'family.edit')
  const id = readId(c.req.param('note')) ?? notFound()
  const { db, clock } = services
  const now = clock.now()
  const said = await db.transaction(async (tx) => {
    const withdrawn = await withdrawNote(tx, actor.organisationId, { familyId: family.id, id }, now)
    const act = { kind: 'note.withdrawn', familyId: family.id, object: withdrawn } as const
    if (withdrawn !== undefined) await recordAct(tx, authorHere(c, actor), act, now)
    return withdrawn
  })
  if (said === undefined) return notFound()
  return c.redirect(`${paths.office.family(family.id)}?note=retiree`, 303)
}

async function postQuotient(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const family = await requireFamilyFile(c, services, actor, 'family.edit')
  const typed = field(form, 'quotient').replaceAll(/\s/g, '')
  const from = readFrenchDay(field(form, 'depuis'))
  const { quotient: words } = peopleTexts
  const isNumber = /^\d{1,5}$/.test(typed)
  if (!isNumber || from === undefined) {
    const problems = [
      ...(isNumber ? [] : [{ field: 'quotient', message: words.badValue }]),
      ...(from === undefined ? [{ field: 'depuis', message: words.badDay }] : []),
    ]
    return showFile(c, services, actor, { form, problems })
  }
  const { db, clock } = services
  const now = clock.now()
  await db.transaction(async (tx) => {
    const quotient = Number(typed)
    const one = { id: newId(now), familyId: family.id, quotient, from, by: staffName(actor) }
    const before = await putQuotient(tx, actor.organisationId, one, now)
    const changes = { quotient: { before, after: quotient }, quotientFrom: { after: formatDay(from) } }
    await recordAct(
      tx,
      authorHere(c, actor),
      { kind: 'quotient.recorded', familyId: family.id, changes },
      now,
    )
  })
  return c.redirect(`${paths.office.family(family.id)}?note=quotient`, 303)
}
