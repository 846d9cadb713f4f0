import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { may } from '../staff/rights.ts'
import { assetUrl } from '../web/assets.ts'
import { Field, Select } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, FormToken, LinkButton, Notice, StateTag } from '../web/ui.tsx'
import type { ChargeItem } from './charge-item.ts'
import type { ReadDraft, TypedDraft } from './draft.ts'
import { HEAD, problemsOf } from './draft-form.ts'
import { LineGrid } from './draft-grid.tsx'
import { Conflict, Preview, TakeOver } from './draft-parts.tsx'
import type { Draft, DraftFamily } from './draft-store.ts'
import { type Place, placeOptions } from './places.ts'
import type { SaveFailure } from './save-draft.ts'
import { PayerChoice } from './payer-choice.tsx'
import type { OtherPayer } from './payer-store.ts'
import { draftTexts as words } from './texts.ts'

export type EditorProps = {
  readonly view: View
  readonly id: string
  readonly family: DraftFamily
  /** Other payers' files of the same children. */
  readonly others: readonly OtherPayer[]
  readonly places: readonly Place[]
  readonly place: Place | undefined
  readonly items: readonly ChargeItem[]
  readonly typed: TypedDraft
  readonly read: ReadDraft
  /** The draft as it is kept; undefined before its first saving. */
  readonly draft?: Draft
  readonly problems: Problems
  readonly conflict?: SaveFailure
  readonly numberedElsewhere?: boolean
  readonly saved: string | undefined
  /** Empty lines to offer below what is typed. */
  readonly rows: number
}

const TAGS = { draft: 'neutral', checked: 'ok', issued: 'ok', dropped: 'refused' } as const

/** The editor: the head, the grid, what is kept of it, and what the family will see. */
export const EditorPage = (props: EditorProps) => {
  const { view, draft, family, conflict } = props
  const state = draft?.state ?? 'draft'
  const isOpen = state === 'draft' || state === 'checked'
  const problems = [
    ...props.problems,
    ...(conflict
      ? [
          {
            field: '',
            message:
              conflict.why === 'closed'
                ? words.failures.closed
                : words.conflict(conflict.standing.savedBy, formatTime(conflict.standing.savedAt)),
          },
        ]
      : []),
  ]
  return (
    <OfficePage
      view={view}
      title={words.title(family.name)}
      crumb={<a href={paths.office.invoices}>{words.crumb}</a>}
      lede={
        <>
          <StateTag kind={TAGS[state]}>{words.states[state]}</StateTag>{' '}
          {draft &&
            words.savedBy(draft.savedBy, `${formatInstantDay(draft.savedAt)} ${formatTime(draft.savedAt)}`)}
        </>
      }
      current="invoices"
      problems={problems}
      actions={
        draft && (
          <LinkButton href={paths.office.draftPdf(draft.id)} look="secondary" small icon="download">
            {words.previewPdf}
          </LinkButton>
        )
      }
    >
      {props.saved !== undefined && <Notice kind="success" title={props.saved} live />}
      {draft?.replacesNumber && <Notice kind="info" title={words.replaces(draft.replacesNumber)} />}
      {props.numberedElsewhere && <TakeOver {...props} />}
      {conflict && <Conflict typed={props.typed} standing={conflict.standing} />}
      {isOpen && <Form {...props} />}
      {draft && <Preview {...props} draft={draft} />}
      {isOpen && <script type="module" src={assetUrl('editor.js')} />}
    </OfficePage>
  )
}

const Form = (props: EditorProps) => {
  const { view, draft, conflict, typed, problems } = props
  const version = conflict?.standing.version ?? draft?.version ?? 0
  const text = (part: 'activity' | 'beneficiary' | 'referent', label: string, hint?: string) => (
    <Field
      name={HEAD[part]}
      label={label}
      hint={hint}
      value={typed[part]}
      maxlength={100}
      autocomplete="off"
      optional
    />
  )
  const day = (part: 'periodFrom' | 'periodTo' | 'dueOn' | 'onlineUntil' | 'deskUntil', label: string) => (
    <Field
      name={HEAD[part]}
      label={label}
      value={typed[part]}
      size={11}
      maxlength={10}
      inputmode="numeric"
      autocomplete="off"
      problems={problems}
    />
  )
  return (
    <form
      class="editeur"
      method="post"
      action={paths.office.draft(props.id)}
      noValidate
      data-editor
      data-unsaved={words.unsaved}
      data-failed={words.saveFailed}
    >
      {/* First in the form, so that Enter adds a line without any script. */}
      <button class="vh" type="submit" name="geste" value="ajouter" tabIndex={-1} aria-hidden="true">
        {words.addLine}
      </button>
      <FormToken view={view} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="famille" value={props.family.id} />
      <PayerChoice family={props.family.name} others={props.others} />
      <Card id="entete" title={words.head}>
        <div class="champs">
          <Select
            name={HEAD.establishment}
            label={words.establishment}
            value={typed.establishment}
            options={placeOptions(props.places)}
          />
          {text('activity', words.activity, words.activityHint)}
          {text('beneficiary', words.beneficiary, words.beneficiaryHint)}
          {text('referent', words.referent)}
        </div>
        <div class="champs dates">
          {day('periodFrom', words.periodFrom)}
          {day('periodTo', words.periodTo)}
          {day('dueOn', words.dueOn)}
          {day('onlineUntil', words.onlineUntil)}
          {day('deskUntil', words.deskUntil)}
        </div>
        {props.place && <p class="etiq">{words.visible(props.place.unit.visibilityDelayHours)}</p>}
      </Card>
      <LineGrid {...props} />
      <Acts {...props} />
    </form>
  )
}

const Acts = ({ view, draft, read, place }: EditorProps) => {
  const faults = problemsOf(read.faults)
  const isChecked = draft?.state === 'checked'
  const mayIssue =
    place &&
    view.staff &&
    may(view.staff.grants, 'invoice.issue', { unitId: place.unit.id, establishmentId: place.id })
  return (
    <div class="carte">
      {draft && faults.length > 0 && (
        <details>
          <summary>{words.toFix(faults.length)}</summary>
          <ul>
            {faults.map(({ field, message }) => (
              <li>
                <a href={`#${field}`}>{message}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
      {read.doubles.map((line) => (
        <p class="etiq">{words.double(line)}</p>
      ))}
      <p class="etiq" data-save-state>
        {draft ? words.savedAt(formatTime(draft.savedAt)) : words.unsaved}
      </p>
      <div class="gestes">
        <Button name="geste" value="enregistrer" look={isChecked ? 'secondary' : 'primary'}>
          {words.save}
        </Button>
        {isChecked ? (
          mayIssue && (
            <Button name="geste" value="emettre" icon="send">
              {words.issue}
            </Button>
          )
        ) : (
          <Button name="geste" value="verifier" look="secondary" icon="check">
            {words.check}
          </Button>
        )}
        {draft && (
          <Button name="geste" value="abandonner" look="link">
            {words.drop}
          </Button>
        )}
      </div>
    </div>
  )
}
