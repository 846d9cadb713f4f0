// A section of settings as it is shown: standing, being typed, about to be confirmed, or changed meanwhile.
import type { Context } from 'hono'
import type { Shops } from '../payments/shops.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may } from '../staff/rights.ts'
import { listSettingChanges } from '../organisations/setting-store.ts'
import type { Form, Problems } from '../web/form.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { Notice } from '../web/ui.tsx'
import { BankCards } from './bank-cards.tsx'
import type { Preview } from './consequences.ts'
import { History, HISTORY, SettingsFrame } from './frame.tsx'
import { ModelsCard } from './models-page.tsx'
import { namesFor } from './names.ts'
import { NumberingCard } from './numbering-card.tsx'
import { readBank } from './read-bank.ts'
import { seenOf } from './save-settings.ts'
import { Conflict, PreviewCard, SettingsForm, Standing } from './section-page.tsx'
import { type Change, type Section, settingsOf, typedForm } from './setting.ts'
import { findNumbering, findValues } from './store.ts'
import { editRight, listSubjects, reachable, type Subject, unitOf } from './subjects.ts'
import { texts } from './texts.ts'

export type Shown = {
  readonly form?: Form
  readonly problems?: Problems
  readonly conflict?: true
  readonly preview?: Preview & { readonly changes: readonly Change[] }
  readonly note?: string
}

type At = { readonly services: Services; readonly shops: Shops; readonly actor: StaffActor }

const NOTES: Readonly<Record<string, string>> = {
  enregistre: texts.form.saved,
  reprise: texts.numbering.takenOver,
}

export async function showSection(
  c: Context<Env>,
  { services, shops, actor }: At,
  section: Section,
  subject: Subject,
  shown: Shown = {},
): Promise<Response> {
  const { db, clock } = services
  const { organisationId } = actor
  const settings = settingsOf(section, subject.kind)
  const values = (await findValues(db, organisationId, subject)) ?? notFound()
  const { names } = await namesFor(db, organisationId)
  const subjects = reachable(await listSubjects(db, organisationId), actor, section, 'settings.read')
  const fields = [...settings.map(({ column }): string => column), ...(MORE_HISTORY[section] ?? [])]
  const changes = await listSettingChanges(db, organisationId, subject.id, fields, HISTORY)
  const mayEdit = may(actor.grants, editRight(section), subject.scope)
  const view = viewOf(c)
  const seen = seenOf(settings, values)
  const form = shown.form ?? typedForm(settings, values)
  const { problems, preview } = shown
  const formProps = { view, section, subject, settings, form, seen, names, problems }
  const isEditing =
    mayEdit && (section !== 'banque' || c.req.query('modifier') === '1' || shown.form !== undefined)
  const unit = unitOf(organisationId, subject)
  return render(
    c,
    <SettingsFrame
      view={view}
      section={section}
      subjects={subjects}
      subject={subject}
      saved={NOTES[c.req.query('note') ?? '']}
      problems={problems}
    >
      {shown.note !== undefined && <Notice kind="info" title={shown.note} live />}
      {shown.conflict && <Conflict settings={settings} standing={values} form={form} names={names} />}
      {section === 'banque' && (
        <BankCards
          bank={await readBank(services, shops, actor, unit.id, clock.now())}
          subject={subject}
          isEditing={isEditing}
          mayEdit={mayEdit}
        />
      )}
      {section === 'numerotation' && (
        <NumberingCard
          view={view}
          subject={subject}
          series={String(values['series'])}
          numbering={await findNumbering(db, unit)}
          mayEdit={mayEdit}
          problems={problems}
        />
      )}
      {section === 'modeles' && <ModelsCard unitId={subject.id} />}
      {preview ? (
        <PreviewCard {...formProps} changes={preview.changes} preview={preview} />
      ) : isEditing ? (
        <SettingsForm {...formProps} />
      ) : (
        <Standing settings={settings} values={values} names={names} mayEdit={mayEdit} />
      )}
      <History changes={changes} />
    </SettingsFrame>,
    problems || shown.conflict ? 422 : 200,
  )
}

/** Settings of a section that are not changed by its form. */
const MORE_HISTORY: Readonly<Partial<Record<Section, readonly string[]>>> = {
  numerotation: ['series_source'],
}
