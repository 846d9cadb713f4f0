// The doors of settings: the list of sections, and each section's form, consequences and confirmation.
import { unreachable } from '../kernel/assert.ts'
import type { Context, Hono } from 'hono'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow, requireFresh } from '../staff/guard.ts'
import { authorHere, openOffice } from '../staff/open-office.ts'
import { may } from '../staff/rights.ts'
import type { Shops } from '../payments/shops.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { forbid, foresee, type Preview } from './consequences.ts'
import { contractDoor } from './contract-office.tsx'
import { sectionPath } from './frame.tsx'
import { HomePage, search } from './home-page.tsx'
import { modelsDoor } from './models-office.tsx'
import { namesFor } from './names.ts'
import { takeSeriesOver } from './numbering-office.ts'
import { changesOf, saveSettings, seenOf } from './save-settings.ts'
import { type Change, isSection, readSettings, type Section, settingsOf } from './setting.ts'
import { showSection, type Shown } from './show-section.tsx'
import { findValues } from './store.ts'
import { editRight, listSubjects, reachable, type Subject } from './subjects.ts'
import { texts } from './texts.ts'
import { TeamLinkPage } from './team-link-page.tsx'

/** `/gestion/reglages…`. */
export function settingsDoor(app: Hono<Env>, services: Services, shops: Shops): void {
  const office = openOffice(app, services)
  const { settings, settingsSection } = paths.office
  office.get(settings, 'settings.read', (c) => showHome(c))
  // Before the sections, whose address would take theirs.
  contractDoor(office, services, shops)
  modelsDoor(office, services)
  office.get(settingsSection('comptes'), 'settings.read', async (c, actor) =>
    render(c, <TeamLinkPage view={viewOf(c)} mayManage={may(actor.grants, 'team.manage', 'organisation')} />),
  )
  office.post(settingsSection('banque'), 'bank.edit', (c, actor) => {
    requireFresh(c, actor)
    return post(c, services, actor, 'banque')
  })
  office.get(settingsSection(':rubrique'), 'settings.read', async (c, actor) => {
    const section = requireSection(c)
    const subject = await requireSubject(services, actor, section, c.req.query('objet'))
    if (section === 'banque' && c.req.query('modifier') === '1') {
      allow(actor, 'bank.edit', subject.scope)
      requireFresh(c, actor)
    }
    return showSection(c, { services, shops, actor }, section, subject)
  })
  office.post(settingsSection(':rubrique'), 'settings.edit', (c, actor) =>
    post(c, services, actor, requireSection(c)),
  )

  async function post(
    c: Context<Env>,
    all: Services,
    actor: StaffActor,
    section: Section,
  ): Promise<Response> {
    const form = withDefault(await readForm(c))
    const asked = field(form, 'objet') || c.req.query('objet')
    const subject = await requireSubject(all, actor, section, asked)
    allow(actor, editRight(section), subject.scope)
    const show = (shown: Shown) => showSection(c, { services, shops, actor }, section, subject, shown)
    if (section === 'numerotation' && field(form, 'geste') === 'reprendre') {
      const taken = await takeSeriesOver(all, authorHere(c, actor), subject, field(form, 'mot'))
      return taken.ok ? saved(c, section, subject, 'reprise') : show({ form, problems: taken.failure })
    }
    return postSettings(c, all, actor, { section, subject, form, show })
  }
}

/** « Revenir au texte du portail »: the text is emptied, and what that does is shown as for any change. */
function withDefault(form: Form): Form {
  const [gesture, column] = field(form, 'geste').split(' ')
  if (gesture !== 'defaut' || column === undefined) return form
  const emptied = column === 'text.notice' ? [column, 'notice_until_on'] : [column]
  return new Map([...form, ...emptied.map((name) => [name, ['']] as const), ['geste', ['']]])
}

async function showHome(c: Context<Env>): Promise<Response> {
  const typed = (c.req.query('q') ?? '').trim().slice(0, 100)
  return render(
    c,
    <HomePage view={viewOf(c)} typed={typed} found={typed === '' ? undefined : search(typed)} />,
  )
}

const requireSection = (c: Context<Env>): Section => {
  const name = c.req.param('rubrique')
  return isSection(name) ? name : notFound()
}

/** The thing asked for, or the first one within reach; out of reach is refused, elsewhere is not found. */
async function requireSubject(
  { db }: Services,
  actor: StaffActor,
  section: Section,
  asked: string | undefined,
): Promise<Subject> {
  const all = await listSubjects(db, actor.organisationId)
  if (asked === undefined || asked === '')
    return reachable(all, actor, section, 'settings.read')[0] ?? notFound()
  const found = all.find(({ id, kind }) => id === asked && settingsOf(section, kind).length > 0)
  if (!found) return notFound()
  allow(actor, 'settings.read', found.scope)
  return found
}

const saved = (c: Context<Env>, section: Section, subject: Subject, note: string): Response =>
  c.redirect(`${sectionPath(section, subject.id)}&note=${note}`, 303)

type Posted = {
  readonly section: Section
  readonly subject: Subject
  readonly form: Form
  readonly show: (shown: Shown) => Promise<Response>
}

async function postSettings(
  c: Context<Env>,
  { db, clock, config }: Services,
  actor: StaffActor,
  { section, subject, form, show }: Posted,
): Promise<Response> {
  const { organisationId } = actor
  const settings = settingsOf(section, subject.kind)
  const standing = (await findValues(db, organisationId, subject)) ?? notFound()
  const { values, problems } = readSettings(settings, form)
  if (problems.length > 0) return show({ form, problems })
  if (field(form, 'vu') !== seenOf(settings, standing)) return show({ form, conflict: true })
  const changes = changesOf(settings, standing, values)
  if (changes.length === 0) return show({ form, note: texts.form.nothingChanged })
  const names = await namesFor(db, organisationId)
  const forbidden = [
    ...(await forbid(db, organisationId, subject, changes)),
    ...outOfReach(actor, changes, names.mayUse),
  ]
  if (forbidden.length > 0) return show({ form, problems: forbidden })
  if (field(form, 'geste') === 'corriger') return show({ form })
  const preview = await foresee(db, { organisationId, subject, inDemo: config.mode === 'demo' }, changes)
  if (field(form, 'geste') !== 'confirmer') return show({ form, preview: { ...preview, changes } })
  const wrong = wrongWord(preview, form)
  if (wrong.length > 0) return show({ form, preview: { ...preview, changes }, problems: wrong })
  const wanted = { settings, values, seen: field(form, 'vu'), names: names.names }
  const done = await db.transaction((tx) =>
    saveSettings(tx, subject, wanted, authorHere(c, actor), clock.now()),
  )
  if (done.ok) return saved(c, section, subject, 'enregistre')
  switch (done.failure.kind) {
    case 'gone':
      return notFound()
    case 'changed-meanwhile':
      return show({ form, conflict: true })
    case 'forbidden':
      return show({ form, problems: done.failure.problems })
    default:
      return unreachable(done.failure)
  }
}

const wrongWord = ({ word }: Preview, form: Form): Problems =>
  word === undefined || field(form, 'mot').trim().toUpperCase() === word.toUpperCase()
    ? []
    : [{ field: 'mot', message: texts.problems.word(word) }]

/** A contract that serves other units only is chosen by whoever has the right on the whole. */
const outOfReach = (
  actor: StaffActor,
  changes: readonly Change[],
  mayUse: (actor: StaffActor, contractId: string) => boolean,
): Problems =>
  changes.some(
    ({ setting, after }) =>
      setting.column === 'contract_id' && after !== null && !mayUse(actor, String(after)),
  )
    ? [{ field: 'contract_id', message: texts.problems.contractElsewhere }]
    : []
