// The doors of the catalogue of charge items.
import type { Context, Hono } from 'hono'
import { readId } from '../kernel/ids.ts'
import { newId } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { CataloguePage, typedItem } from './catalogue-page.tsx'
import { findItem, listItems, retireItem, saveItem } from './catalogue-store.ts'
import { type ChargeItem, MAX_LABEL, readAccountCode, readPrice, readVat } from './charge-item.ts'
import { listPlaces, type Place } from './places.ts'
import { catalogueTexts as words } from './texts.ts'

/** `/gestion/catalogue`: who drafts reads it, who keeps it writes it, each where their role holds. */
export function catalogueDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.catalogue, 'invoice.draft', (c, actor) => showCatalogue(c, services, actor))
  office.post(paths.office.catalogue, 'catalogue.edit', (c, actor) => postItem(c, services, actor))
}

async function showCatalogue(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  refused?: { readonly form: Form; readonly problems: Problems },
): Promise<Response> {
  const { db } = services
  const places = await listPlaces(db, actor, 'invoice.draft')
  const editable = await listPlaces(db, actor, 'catalogue.edit')
  const items = await listItems(
    db,
    actor.organisationId,
    places.map(({ id }) => id),
  )
  const id = readId<'chargeItem'>(refused ? field(refused.form, 'article') : c.req.query('article'))
  const edited = items.find((item) => item.id === id)
  return render(
    c,
    <CataloguePage
      view={viewOf(c)}
      places={places}
      editable={editable}
      items={items}
      edited={edited}
      form={refused?.form ?? typedItem(edited)}
      saved={c.req.query('note') ?? ''}
      problems={refused?.problems}
    />,
    refused ? 422 : 200,
  )
}

async function postItem(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { db, clock } = services
  const now = clock.now()
  const { organisationId } = actor
  const id = readId<'chargeItem'>(field(form, 'article'))
  const known = id && (await findItem(db, organisationId, id))
  if (id && !known) return notFound()
  const editable = await listPlaces(db, actor, 'catalogue.edit')
  if (known) {
    const place = editable.find((one) => one.id === known.establishmentId)
    if (!place) allow(actor, 'catalogue.edit', 'organisation')
  }
  const author = authorHere(c, actor)
  if (known && field(form, 'geste') === 'retirer') {
    await db.transaction(async (tx) => {
      await retireItem(tx, organisationId, known.id, now)
      await recordAct(tx, author, { kind: 'catalogue.retired', object: known.label }, now)
    })
    return c.redirect(`${paths.office.catalogue}?note=retiree`, 303)
  }
  const { item, problems } = readItem(form, editable, known)
  if (!item) return showCatalogue(c, services, actor, { form, problems })
  const kept = { ...item, id: known?.id ?? newId<'chargeItem'>(now) }
  const saved = await db.transaction(async (tx) => {
    if (!(await saveItem(tx, organisationId, kept, now))) return false
    const changes = {
      price: { before: known?.unit, after: kept.unit },
      vat: { before: known?.vat, after: kept.vat },
      account: { before: known?.accountCode, after: kept.accountCode },
    }
    await recordAct(tx, author, { kind: 'catalogue.saved', object: kept.label, changes }, now)
    return true
  })
  if (!saved)
    return showCatalogue(c, services, actor, {
      form,
      problems: [{ field: 'libelle', message: words.problems.taken }],
    })
  return c.redirect(`${paths.office.catalogue}?note=enregistree`, 303)
}

function readItem(
  form: Form,
  editable: readonly Place[],
  known: ChargeItem | undefined,
): { readonly item?: Omit<ChargeItem, 'id'>; readonly problems: Problems } {
  const label = field(form, 'libelle').trim().replaceAll(/\s+/g, ' ')
  const establishmentId =
    known?.establishmentId ?? editable.find(({ id }) => id === field(form, 'etablissement'))?.id
  const unit = readPrice(field(form, 'prix'))
  const vat = readVat(field(form, 'tva'))
  const accountCode = readAccountCode(field(form, 'compte'))
  const problems = [
    ...(establishmentId ? [] : [{ field: 'etablissement', message: words.problems.establishment }]),
    ...(label === '' || label.length > MAX_LABEL
      ? [{ field: 'libelle', message: words.problems.label }]
      : []),
    ...(unit === undefined ? [{ field: 'prix', message: words.problems.price }] : []),
    ...(vat ? [] : [{ field: 'tva', message: words.problems.vat }]),
    ...(accountCode ? [] : [{ field: 'compte', message: words.problems.account }]),
  ]
  if (problems.length > 0 || !establishmentId || unit === undefined || !vat || !accountCode)
    return { problems }
  return { item: { establishmentId, label, unit, vat, accountCode }, problems }
}
