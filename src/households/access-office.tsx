// The doors of one adult's access to the portal.
import type { Context, Hono } from 'hono'
import { drawPdf } from '../documents/draw-pdf.ts'
import { listAccesses } from '../families/access-store.ts'
import { activationLetter } from '../families/letter.ts'
import { listHoldersOf } from '../families/store.ts'
import { ACTIVATION_LIFE_MS } from '../identity/actor.ts'
import { readEmail } from '../identity/names.ts'
import { present } from '../kernel/assert.ts'
import { later } from '../kernel/dates.ts'
import type { Result } from '../kernel/result.ts'
import { findOrganisation } from '../organisations/store.ts'
import type { Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { AccessPage } from './access-page.tsx'
import type { FamilyHeader } from './file-store.ts'
import {
  type AccessFailure,
  type AccessOf,
  askEmail,
  blockAccess,
  mailAccess,
  printAccess,
  unblockAccess,
} from './manage-access.ts'
import { peopleTexts } from './people-texts.ts'
import { requireFamilyFile } from './require-file.ts'

const words = peopleTexts.access
const MAX_REASON = 200

/** `/gestion/familles/…/acces/…` and its letter. */
export function accessDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.adultAccess(':id', ':adulte'), 'family.access', (c, actor) =>
    show(c, services, actor),
  )
  office.post(paths.office.adultAccess(':id', ':adulte'), 'family.access', (c, actor) =>
    post(c, services, actor),
  )
  office.post(paths.office.accessLetter(':id', ':adulte'), 'family.access', (c, actor) =>
    postLetter(c, services, actor),
  )
}

type Found = { readonly family: FamilyHeader; readonly access: AccessOf }

async function requireAccess(c: Context<Env>, services: Services, actor: StaffActor): Promise<Found> {
  const family = await requireFamilyFile(c, services, actor, 'family.access')
  const { db, clock } = services
  const list = await listAccesses(db, actor.organisationId, family.id, clock.now())
  const access = list.find(({ adultId }) => adultId === c.req.param('adulte')) ?? notFound()
  return { family, access: { ...access, familyId: family.id } }
}

async function show(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  again?: { readonly form: Form; readonly problems: Problems },
): Promise<Response> {
  const found = await requireAccess(c, services, actor)
  return render(
    c,
    <AccessPage
      view={viewOf(c)}
      {...found}
      form={again?.form ?? new Map()}
      saved={words.saved[c.req.query('note') ?? '']}
      problems={again?.problems}
    />,
    again ? 422 : 200,
  )
}

type Gesture = (tx: Tx, access: AccessOf) => Promise<Result<undefined, AccessFailure>>

async function post(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { access } = await requireAccess(c, services, actor)
  const again = (problems: Problems) => show(c, services, actor, { form, problems })
  const author = authorHere(c, actor)
  const { db, clock } = services
  const now = clock.now()
  const act = async (saved: string, gesture: Gesture) => {
    const done = await db.transaction((tx) => gesture(tx, access))
    if (!done.ok) return again([{ field: '', message: words.failures[done.failure] }])
    return c.redirect(`${paths.office.adultAccess(access.familyId, access.adultId)}?note=${saved}`, 303)
  }
  switch (field(form, 'geste')) {
    case 'lien':
      return act('lien', (tx, one) => mailAccess(tx, author, one, now))
    case 'debloquer':
      return act('debloque', (tx, one) => unblockAccess(tx, author, one, now))
    case 'bloquer': {
      const reason = field(form, 'motif').trim().slice(0, MAX_REASON)
      if (reason === '') return again([{ field: 'motif', message: words.block.missing }])
      return act('bloque', (tx, one) => blockAccess(tx, author, one, reason, now))
    }
    case 'courriel': {
      const { problems, change } = readChange(form, access)
      if (!change) return again(problems)
      return act('courriel', (tx, one) => askEmail(tx, author, one, change, now))
    }
    default:
      return again([])
  }
}

/** The new address, and in words how the identity was checked, which is compulsory. */
function readChange(
  form: Form,
  access: AccessOf,
): { problems: Problems; change?: { email: string; checked: string } } {
  const email = readEmail(field(form, 'courriel'))
  const way = field(form, 'verification')
  const label = Object.hasOwn(words.replace.ways, way) ? words.replace.ways[way] : undefined
  const detail = field(form, 'precision').trim().slice(0, MAX_REASON)
  const problems = [
    ...(email === undefined ? [{ field: 'courriel', message: peopleTexts.unreadable['email'] ?? '' }] : []),
    ...(email !== undefined && email === access.email?.toLowerCase()
      ? [{ field: 'courriel', message: words.replace.same }]
      : []),
    ...(label === undefined ? [{ field: 'verification', message: words.replace.missingWay }] : []),
    ...(way === 'autre' && detail === ''
      ? [{ field: 'precision', message: words.replace.missingDetail }]
      : []),
  ]
  if (email === undefined || label === undefined || problems.length > 0) return { problems }
  return { problems, change: { email, checked: [label, detail].filter(Boolean).join(', ') } }
}

async function postLetter(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const { access } = await requireAccess(c, services, actor)
  const { db, clock, config } = services
  const { organisationId } = actor
  const now = clock.now()
  const printed = await db.transaction((tx) => printAccess(tx, authorHere(c, actor), access, now))
  if (!printed.ok) {
    const problems = [{ field: '', message: words.failures[printed.failure] }]
    return show(c, services, actor, { form, problems })
  }
  const { loginId, token } = printed.value
  const [holder] = await listHoldersOf(db, organisationId, [loginId])
  const organisation = await findOrganisation(db, organisationId)
  const url = config.publicUrl + paths.activation(token)
  const pdf = await drawPdf(
    activationLetter(
      present(holder, 'the login was opened'),
      present(organisation, 'a member of staff has an organisation'),
      config.publicUrl,
      url,
      { now, until: later(now, ACTIVATION_LIFE_MS) },
    ),
  )
  return c.body(new Uint8Array(pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="lettre-${holder?.identifier ?? ''}.pdf"`,
    'cache-control': 'no-store',
  })
}
