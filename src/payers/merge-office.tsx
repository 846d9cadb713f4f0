// The doors of merging two files of one family, and of undoing it.
import type { Context, Hono } from 'hono'
import { findNames, type NameHit } from '../households/search-store.ts'
import { plainName } from '../identity/names.ts'
import { type FamilyId, readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { reachOf } from '../staff/rights.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { type File, mergeProblem, seenOf } from './merge.ts'
import { mergeFamilies } from './merge-families.ts'
import { ChooseFilePage, MergePage } from './merge-page.tsx'
import { findFile, findMerge, hasMoved, type Merge } from './merge-store.ts'
import { mergeTexts as words } from './merge-texts.ts'
import { openFile, reachFile } from './open-file.ts'
import { undoMerge } from './undo-merge.ts'
import { UndoPage } from './undo-page.tsx'

const FOUND = 20
const RIGHT = 'family.merge'

/** `/gestion/familles/:id/fusion`: the file kept; `?avec=` the one that would be closed. `/gestion/fusions/:id`. */
export function mergeDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.merge(':id'), RIGHT, async (c, actor) => {
    const kept = await openFile(c, services, actor, RIGHT)
    const closedId = readId<'family'>(c.req.query('avec'))
    return closedId ? compare(c, services, actor, kept.id, closedId) : chooseFile(c, services, actor, kept)
  })
  office.post(paths.office.merge(':id'), RIGHT, async (c, actor) => {
    const form = await readForm(c)
    const { id: keptId } = await openFile(c, services, actor, RIGHT)
    const closedId = readId<'family'>(field(form, 'avec')) ?? notFound()
    const { kept, closed } = await readBoth(services, actor, keptId, closedId)
    if (field(form, 'mot').trim().toUpperCase() !== words.confirmWord)
      return compare(c, services, actor, keptId, closedId, [{ field: 'mot', message: words.confirmMissing }])
    const { db, clock } = services
    const seen = field(form, 'vu')
    const author = authorHere(c, actor)
    const merged = await db.transaction((tx) =>
      mergeFamilies(tx, author, { keptId: kept.id, closedId: closed.id, seen }, clock.now()),
    )
    if (merged.ok) return c.redirect(`${paths.office.undoMerge(merged.value.mergeId)}?note=faite`, 303)
    const message = words.failures[merged.failure]
    return compare(c, services, actor, keptId, closedId, [{ field: '', message }])
  })
  office.get(paths.office.undoMerge(':id'), RIGHT, (c, actor) => showMerge(c, services, actor))
  office.post(paths.office.undoMerge(':id'), RIGHT, (c, actor) => postUndo(c, services, actor))
}

/** Both files; every unit of either must be the actor's to merge, for the whole of each moves. */
async function readBoth(services: Services, actor: StaffActor, keptId: FamilyId, closedId: FamilyId) {
  await reachFile(services, actor, RIGHT, closedId)
  const kept = (await findFile(services.db, actor.organisationId, keptId)) ?? notFound()
  const closed = (await findFile(services.db, actor.organisationId, closedId)) ?? notFound()
  allowWhole(actor, kept, closed)
  return { kept, closed }
}

function allowWhole(actor: StaffActor, ...files: readonly File[]): void {
  for (const { unitId } of files.flatMap(({ units }) => units)) allow(actor, RIGHT, { unitId })
}

async function compare(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  keptId: FamilyId,
  closedId: FamilyId,
  problems: Problems = [],
): Promise<Response> {
  const { kept, closed } = await readBoth(services, actor, keptId, closedId)
  const problem = mergeProblem(closed, kept)
  const told = problem && problems.length === 0 ? [{ field: '', message: words.failures[problem] }] : problems
  return render(
    c,
    <MergePage
      view={viewOf(c)}
      kept={kept}
      closed={closed}
      isPossible={problem === undefined}
      seen={seenOf(closed, kept)}
      problems={told}
    />,
    told.length > 0 ? 422 : 200,
  )
}

async function chooseFile(
  c: Context<Env>,
  { db }: Services,
  { organisationId, grants }: StaffActor,
  kept: { readonly id: FamilyId; readonly name: string },
): Promise<Response> {
  const typed = (c.req.query('nom') ?? '').trim().slice(0, 100)
  const names = plainName(typed === '' ? kept.name : typed)
    .split(' ')
    .filter(Boolean)
  const whose = { organisationId, reach: reachOf(grants, RIGHT) }
  const found = names.length === 0 ? [] : await findNames(db, whose, names, FOUND)
  const files = new Map<FamilyId, NameHit>()
  for (const one of found)
    if (one.familyId !== kept.id && !files.has(one.familyId)) files.set(one.familyId, one)
  return render(c, <ChooseFilePage view={viewOf(c)} kept={kept} typed={typed} found={[...files.values()]} />)
}

async function requireMerge(c: Context<Env>, services: Services, actor: StaffActor): Promise<Merge> {
  const id = readId<'merge'>(c.req.param('id'))
  const merge = (id && (await findMerge(services.db, actor.organisationId, id))) ?? notFound()
  await readBoth(services, actor, merge.keptId, merge.closedId)
  return merge
}

async function showMerge(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  problems: Problems = [],
  reason = '',
): Promise<Response> {
  const merge = await requireMerge(c, services, actor)
  return render(
    c,
    <UndoPage
      view={viewOf(c)}
      merge={merge}
      isFinal={await hasMoved(services.db, actor.organisationId, merge)}
      isDone={c.req.query('note') === 'faite'}
      reason={reason}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function postUndo(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const merge = await requireMerge(c, services, actor)
  const reason = field(form, 'motif').trim().slice(0, 200)
  const again = (where: string, message: string) =>
    showMerge(c, services, actor, [{ field: where, message }], reason)
  if (reason === '') return again('motif', words.undoReasonMissing)
  const { db, clock } = services
  const author = authorHere(c, actor)
  const undone = await db.transaction((tx) => undoMerge(tx, author, merge.id, reason, clock.now()))
  if (!undone.ok) return again('', words.undoFailures[undone.failure])
  return c.redirect(paths.office.undoMerge(merge.id), 303)
}
