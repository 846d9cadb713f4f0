// The doors of the editor: a new invoice, its draft, its preview, its issue.
import type { Context, Hono } from 'hono'
import { findNames, isVisible } from '../households/search-store.ts'
import { plainName } from '../identity/names.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatTime } from '../kernel/french.ts'
import { type FamilyId, readId } from '../kernel/ids.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow, RightMissing } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { reachOf } from '../staff/rights.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { listItems } from './catalogue-store.ts'
import { readDraft, type TypedDraft } from './draft.ts'
import { EditorPage } from './draft-page.tsx'
import { problemsOf, proposedDays, readTyped } from './draft-form.ts'
import { type Draft, type DraftFamily, findDraft, findDraftFamily } from './draft-store.ts'
import { FamilyChoicePage } from './family-choice-page.tsx'
import { issueDraft } from './issue-draft.ts'
import { listPlaces, type Place } from './places.ts'
import { checkDraft, dropDraft, saveDraft, type SaveFailure } from './save-draft.ts'
import { changePayer } from './change-payer.ts'
import { listOtherPayers } from './payer-store.ts'
import { requireDraft } from './require-draft.ts'
import { draftTexts as words } from './texts.ts'

const FOUND = 20

/** `/gestion/factures/nouvelle`, `/gestion/factures/brouillons/…`. */
export function draftDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.newInvoice, 'invoice.draft', (c, actor) => startDraft(c, services, actor))
  office.get(paths.office.draft(':id'), 'invoice.draft', (c, actor) => showDraft(c, services, actor))
  office.post(paths.office.draft(':id'), 'invoice.draft', (c, actor) => postDraft(c, services, actor))
}

async function startDraft(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const { db, clock } = services
  const places = await listPlaces(db, actor, 'invoice.draft')
  const familyId = readId<'family'>(c.req.query('famille'))
  if (familyId === undefined) {
    const typed = (c.req.query('nom') ?? '').trim().slice(0, 100)
    const names = plainName(typed).split(' ').filter(Boolean)
    const whose = { organisationId: actor.organisationId, reach: reachOf(actor.grants, 'invoice.draft') }
    const found = names.length === 0 ? undefined : await findNames(db, whose, names, FOUND)
    return render(c, <FamilyChoicePage view={viewOf(c)} typed={typed} found={found} places={places.length} />)
  }
  const family = await requireFamily(services, actor, familyId)
  const typed = {
    ...readTyped(new Map()),
    ...proposedDays(places[0]?.unit, parisDay(clock.now())),
    establishment: places[0]?.id ?? '',
    referent: family.payer,
  }
  return showEditor(c, services, { id: newId<'draft'>(clock.now()), family, places, typed })
}

/** The family to be invoiced: another organisation's is not found, another establishment's is refused. */
async function requireFamily({ db }: Services, actor: StaffActor, id: FamilyId): Promise<DraftFamily> {
  const { organisationId, grants } = actor
  const family = (await findDraftFamily(db, organisationId, id)) ?? notFound()
  if (!(await isVisible(db, { organisationId, reach: reachOf(grants, 'invoice.draft') }, id)))
    throw new RightMissing('invoice.draft')
  return family
}

async function showDraft(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const draft = await requireDraft(c, services, actor)
  if (draft.state === 'issued' && draft.invoiceNumber !== null)
    return c.redirect(paths.office.invoice(draft.invoiceNumber), 303)
  return reopen(c, services, actor, draft, [])
}

async function reopen(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  draft: Draft,
  problems: Problems,
  more: Partial<Editor> = {},
): Promise<Response> {
  const family = (await findDraftFamily(services.db, actor.organisationId, draft.familyId)) ?? notFound()
  const places = await listPlaces(services.db, actor, 'invoice.draft')
  const { id, typed } = draft
  return showEditor(c, services, { id, family, places, typed, draft, problems, ...more })
}

type Editor = {
  readonly id: string
  readonly family: DraftFamily
  readonly places: readonly Place[]
  readonly typed: TypedDraft
  readonly draft?: Draft
  readonly problems?: Problems
  readonly conflict?: SaveFailure
  readonly numberedElsewhere?: boolean
}

async function showEditor(c: Context<Env>, { db }: Services, editor: Editor): Promise<Response> {
  const { typed, places, family, problems = [] } = editor
  const place = places.find(({ id }) => id === typed.establishment) ?? places[0]
  const organisationId = place?.unit.organisationId
  const items = place && organisationId ? await listItems(db, organisationId, [place.id]) : []
  const read = readDraft(typed, { children: family.children, items })
  const others = organisationId ? await listOtherPayers(db, organisationId, family.id) : []
  return render(
    c,
    <EditorPage
      {...editor}
      view={viewOf(c)}
      others={others}
      place={place}
      items={items}
      read={read}
      problems={problems}
      saved={words.notes[c.req.query('note') ?? '']}
      rows={Math.min(Number.parseInt(c.req.query('lignes') ?? '1', 10) || 1, 300)}
    />,
    problems.length > 0 || editor.conflict ? 422 : 200,
  )
}

async function postDraft(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { db, clock } = services
  const { organisationId } = actor
  const id = readId<'draft'>(c.req.param('id')) ?? notFound()
  const standing = await findDraft(db, organisationId, id)
  const familyId = standing?.familyId ?? readId<'family'>(field(form, 'famille'))
  const family = familyId ? await requireFamily(services, actor, familyId) : notFound()
  if (standing)
    allow(actor, 'invoice.draft', {
      unitId: standing.unitId,
      establishmentId: standing.establishmentId,
    })
  const act = field(form, 'geste')
  const author = authorHere(c, actor)
  const now = clock.now()
  if (act === 'abandonner' && standing) {
    await db.transaction((tx) => dropDraft(tx, author, id, now))
    return c.redirect(`${paths.office.invoices}?note=abandonne`, 303)
  }
  const places = await listPlaces(db, actor, 'invoice.draft')
  const removed = /^retirer:(\d+)$/.exec(act)
  const typed = readTyped(form, removed ? Number(removed[1]) : undefined)
  const place = places.find((one) => one.id === typed.establishment)
  if (!place) allow(actor, 'invoice.draft', 'organisation')
  const establishment = place ?? places[0] ?? notFound()
  const saving = {
    id,
    familyId: family.id,
    establishment,
    version: Number.parseInt(field(form, 'version'), 10) || 0,
    typed,
    quiet: act === 'auto',
  }
  const saved = await db.transaction((tx) => saveDraft(tx, author, saving, now))
  const quietly = act === 'auto'
  if (!saved.ok) {
    if (quietly) return c.json({ said: words.saveFailed }, 409)
    const { standing: other } = saved.failure
    const conflict = saved.failure
    return showEditor(c, services, { id, family, places, typed, draft: other, conflict })
  }
  const { version, read } = saved.value
  if (quietly) return c.json({ version, said: words.savedAt(formatTime(now)) })
  if (act === 'verifier' || act === 'emettre') return advance(c, services, actor, { id, version, act })
  const payerId = readId<'family'>(/^payeur:(.+)$/.exec(act)?.[1])
  if (payerId) return changeDraftPayer(c, services, actor, id, payerId)
  const own = paths.office.draft(id)
  const more = act === 'ajouter' || removed
  if (!more) return c.redirect(`${own}?note=enregistre`, 303)
  return c.redirect(`${own}?lignes=2#l-${read.lines.length + 1}`, 303)
}

/** The draft goes to another payer's file, which the actor must be able to invoice. */
async function changeDraftPayer(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  id: string,
  to: FamilyId,
) {
  const { db, clock } = services
  const payer = await requireFamily(services, actor, to)
  const changed = await db.transaction((tx) => changePayer(tx, authorHere(c, actor), id, payer, clock.now()))
  if (changed.ok) return c.redirect(`${paths.office.draft(id)}?note=payeur`, 303)
  const draft = (await findDraft(db, actor.organisationId, id)) ?? notFound()
  return reopen(c, services, actor, draft, [{ field: '', message: words.payer.failures[changed.failure] }])
}

/** One step further: checked, then issued; what refuses it is told on the editor. */
async function advance(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  { id, version, act }: { id: string; version: number; act: 'verifier' | 'emettre' },
): Promise<Response> {
  const { db, clock } = services
  const author = authorHere(c, actor)
  const now = clock.now()
  const draft = (await findDraft(db, actor.organisationId, id)) ?? notFound()
  const own = paths.office.draft(id)
  if (act === 'verifier') {
    const checked = await db.transaction((tx) => checkDraft(tx, author, id, version, now))
    if (checked.ok) return c.redirect(`${own}?note=verifie`, 303)
    return refuse(c, services, actor, draft, checked.failure)
  }
  allow(actor, 'invoice.issue', { unitId: draft.unitId, establishmentId: draft.establishmentId })
  const issued = await db.transaction((tx) => issueDraft(tx, author, id, version, now))
  if (issued.ok) return c.redirect(`${paths.office.invoice(issued.value.number)}?note=emise`, 303)
  return refuse(c, services, actor, draft, issued.failure)
}

async function refuse(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  draft: Draft,
  failure: keyof typeof words.failures,
): Promise<Response> {
  const family = await findDraftFamily(services.db, actor.organisationId, draft.familyId)
  const items = await listItems(services.db, actor.organisationId, [draft.establishmentId])
  const { faults } = readDraft(draft.typed, { children: family?.children ?? [], items })
  const problems = [
    ...(failure === 'faulty' ? [] : [{ field: '', message: words.failures[failure] }]),
    ...problemsOf(faults),
  ]
  const numberedElsewhere = failure === 'numbered-elsewhere'
  return reopen(c, services, actor, draft, problems, { numberedElsewhere })
}
