// The doors of « Demandes des familles ».
import type { Context, Hono } from 'hono'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { recordReading } from '../staff/record-act.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { acceptRequest, type AnswerFailure, readPresent, refuseRequest } from './decide-request.ts'
import { RequestPage, RequestsPage } from './request-pages.tsx'
import { type FamilyRequest, findRequest, listWaitingRequests } from './request-store.ts'
import { requestTexts as words } from './request-texts.ts'
import { whoseOf } from './require-file.ts'

const SHOWN = 100
const MAX_REASON = 300

/** `/gestion/demandes` and what is under it. */
export function requestsDoor(app: Hono<Env>, services: Services): void {
  const office = openOffice(app, services)
  office.get(paths.office.requests, 'family.edit', async (c, actor) => {
    const requests = await listWaitingRequests(services.db, whoseOf(actor, 'family.edit'), SHOWN)
    return render(
      c,
      <RequestsPage
        view={viewOf(c)}
        requests={requests}
        capped={requests.length === SHOWN}
        now={services.clock.now()}
        saved={words.saved[c.req.query('note') ?? '']}
      />,
    )
  })
  office.get(paths.office.request(':id'), 'family.edit', async (c, actor) =>
    show(c, services, actor, await requireRequest(c, services, actor)),
  )
  office.post(paths.office.request(':id'), 'family.edit', (c, actor) => post(c, services, actor))
}

async function requireRequest(c: Context<Env>, { db }: Services, actor: StaffActor): Promise<FamilyRequest> {
  const id = readId<'changeRequest'>(c.req.param('id'))
  return (id && (await findRequest(db, whoseOf(actor, 'family.edit'), id))) ?? notFound()
}

async function show(
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  request: FamilyRequest,
  again?: { readonly form: Form; readonly problems: Problems },
): Promise<Response> {
  const { db, clock } = services
  await db.transaction((tx) => recordReading(tx, authorHere(c, actor), request.familyId, clock.now()))
  return render(
    c,
    <RequestPage
      view={viewOf(c)}
      request={request}
      present={await readPresent(db, whoseOf(actor), request)}
      form={again?.form ?? new Map()}
      problems={again?.problems}
    />,
    again ? 422 : 200,
  )
}

async function post(c: Context<Env>, services: Services, actor: StaffActor): Promise<Response> {
  const form = await readForm(c)
  const request = await requireRequest(c, services, actor)
  const { db, clock } = services
  const { id } = request
  const now = clock.now()
  const author = authorHere(c, actor)
  const whose = whoseOf(actor, 'family.edit')
  const accepts = field(form, 'geste') === 'accepter'
  const reason = field(form, 'motif').trim().slice(0, MAX_REASON)
  if (!accepts && reason === '')
    return show(c, services, actor, request, {
      form,
      problems: [{ field: 'motif', message: words.missingReason }],
    })
  const seen = Object.fromEntries(Object.keys(request.wanted).map((key) => [key, field(form, `vu-${key}`)]))
  const answered = await db.transaction((tx) =>
    accepts
      ? acceptRequest(tx, author, whose, { id, seen }, now)
      : refuseRequest(tx, author, whose, { id, reason }, now),
  )
  if (answered.ok) return c.redirect(`${paths.office.requests}?note=${accepts ? 'acceptee' : 'refusee'}`, 303)
  const problems = [{ field: '', message: sentenceOf(answered.failure) }]
  return show(c, services, actor, await requireRequest(c, services, actor), { form, problems })
}

const sentenceOf = (failure: AnswerFailure): string =>
  failure.kind === 'answered' ? words.failures.answered(failure.by, failure.on) : words.failures[failure.kind]
