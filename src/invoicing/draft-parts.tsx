// What stands around the editor's form: the series to take over, what somebody else saved, the preview.
import { LinesCard } from '../billing/lines-card.tsx'
import { InvoiceSummary } from '../billing/pages.tsx'
import type { InvoiceId } from '../kernel/ids.ts'
import { may } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import { Card, LinkButton, Money } from '../web/ui.tsx'
import { standingDifferences } from './draft-form.ts'
import type { EditorProps } from './draft-page.tsx'
import type { Draft } from './draft-store.ts'
import type { TypedDraft } from './draft.ts'
import { draftTexts as words } from './texts.ts'

/** Says that the series is numbered elsewhere, and lets who may take it over. */
export const TakeOver = ({ view, place }: EditorProps) => {
  if (!place) return null
  const { unit } = place
  const isAllowed = view.staff && may(view.staff.grants, 'settings.edit', { unitId: unit.id })
  return (
    <Card id="numerotation" title={words.takeOver.title}>
      <p>{words.takeOver.text(unit.series)}</p>
      {isAllowed ? (
        <p class="gestes">
          <LinkButton
            look="secondary"
            href={`${paths.office.settingsSection('numerotation')}?objet=${unit.id}`}
          >
            {words.takeOver.button(unit.series)}
          </LinkButton>
        </p>
      ) : (
        <p>{words.takeOver.ask}</p>
      )}
    </Card>
  )
}

/** What somebody else saved, where it differs. */
export const Conflict = ({ typed, standing }: { typed: TypedDraft; standing: Draft }) => (
  <Card id="differences" title={words.conflictTitle}>
    <dl class="fiche">
      {standingDifferences(typed, standing.typed).map(({ part, standing: text }) => (
        <>
          <dt>{typeof part === 'number' ? words.conflictLine(part) : words[part]}</dt>
          <dd>{text === '' ? words.conflictNothing : text}</dd>
        </>
      ))}
    </dl>
  </Card>
)

/** The family's own page of the invoice, from what was last kept. */
export const Preview = ({ draft, read, place, typed }: EditorProps & { draft: Draft }) => {
  const invoice = {
    id: draft.id as InvoiceId,
    billingUnitId: draft.unitId,
    number: words.draftNumber,
    issuedOn: null,
    dueOn: read.dueOn ?? null,
    onlineUntil: read.onlineUntil ?? null,
    deskUntil: read.deskUntil ?? null,
    establishment: place?.name ?? '',
    referent: typed.referent,
    activity: typed.activity,
    total: read.total,
    due: read.total,
    purpose: 'sale' as const,
    periodFrom: read.period?.from ?? null,
    periodTo: read.period?.to ?? null,
    beneficiary:
      typed.beneficiary || [...new Set(read.lines.map((line) => line.childName))].filter(Boolean).join(', '),
  }
  const lines = read.lines.map((line, index) => ({
    ...line,
    line: index + 1,
    happenedOn: line.happenedOn ?? null,
  }))
  return (
    <section class="apercu" aria-labelledby="apercu">
      <h2 id="apercu">{words.preview}</h2>
      <p class="etiq">
        {words.previewOf} <Money cents={read.total} />
      </p>
      <div class="carte">
        <InvoiceSummary invoice={invoice} />
      </div>
      {lines.length > 0 && <LinesCard invoice={invoice} lines={lines} />}
    </section>
  )
}
