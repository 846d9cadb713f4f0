import { LinesCard } from '../billing/lines-card.tsx'
import type { LineRow } from '../billing/store.ts'
import type { Day, Instant } from '../kernel/dates.ts'
import { formatDay, formatInstantDay, formatTime } from '../kernel/french.ts'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, Details, FormToken, LinkButton, Money, Notice, StateTag } from '../web/ui.tsx'
import { stateTag, TAG_KINDS } from './invoice-state.ts'
import type { CreditNoteRow, StaffInvoice } from './invoice-store.ts'
import { invoiceTexts as words } from './invoice-texts.ts'

type Props = {
  readonly view: View
  readonly invoice: StaffInvoice
  readonly lines: readonly LineRow[]
  readonly notes: readonly CreditNoteRow[]
  readonly mayCorrect: boolean
  readonly mayDraft: boolean
  readonly requestKey: string
  readonly saved: string | undefined
  readonly reason: string
  readonly problems: Problems
  readonly now: Instant
}

/** An issued invoice for staff: how it stands, what it says, what corrected it, and what may. */
export const InvoicePage = (props: Props) => {
  const { invoice, lines } = props
  const detail = {
    ...invoice,
    billingUnitId: invoice.unitId,
    referent: '',
    activity: '',
    periodFrom: null,
    periodTo: null,
    beneficiary: '',
  }
  return (
    <OfficePage
      view={props.view}
      title={words.heading(invoice.number)}
      crumb={<a href={paths.office.invoices}>{words.title}</a>}
      lede={<StateTag kind={TAG_KINDS[stateTag(invoice)]}>{words.tags[stateTag(invoice)]}</StateTag>}
      current="invoices"
      problems={props.problems}
      actions={
        <LinkButton href={paths.office.invoicePdf(invoice.number)} look="secondary" small icon="download">
          {words.document}
        </LinkButton>
      }
    >
      {props.saved !== undefined && <Notice kind="success" title={props.saved} live />}
      <div class="dossier">
        <div class="pile">
          <LinesCard invoice={detail} lines={lines} />
          <Notes notes={props.notes} />
        </div>
        <div class="pile-s">
          <Facts {...props} />
          {props.mayCorrect && <Acts {...props} />}
        </div>
      </div>
    </OfficePage>
  )
}

const Facts = ({ invoice, now, mayDraft }: Props) => {
  const { facts } = words
  const day = (value: Day | null) => (value === null ? facts.none : formatDay(value))
  const { visibleAt } = invoice
  const link = (number: string) => <a href={paths.office.invoice(number)}>{number}</a>
  return (
    <Card id="faits" title={words.title} class="petite">
      <Details
        items={[
          [facts.family, <a href={paths.office.family(invoice.familyId)}>{invoice.familyName}</a>],
          [facts.total, <Money cents={invoice.total} />],
          [facts.due, <Money cents={invoice.due} />],
          [facts.issuedOn, formatDay(invoice.issuedOn)],
          [
            facts.visible,
            visibleAt === null
              ? facts.never
              : visibleAt > now
                ? facts.visibleFrom(formatInstantDay(visibleAt), formatTime(visibleAt))
                : facts.visibleNow,
          ],
          [facts.dueOn, day(invoice.dueOn)],
          [facts.onlineUntil, day(invoice.onlineUntil)],
          [facts.deskUntil, day(invoice.deskUntil)],
          ...(invoice.replaces === null ? [] : [[facts.replaces, link(invoice.replaces)] as const]),
          ...(invoice.replacedBy === null ? [] : [[facts.replacedBy, link(invoice.replacedBy)] as const]),
          ...(invoice.draftId === null || !mayDraft
            ? []
            : [
                [facts.draftOf, <a href={paths.office.draft(invoice.draftId)}>{facts.draftLink}</a>] as const,
              ]),
        ]}
      />
    </Card>
  )
}

const Notes = ({ notes }: Pick<Props, 'notes'>) => (
  <Card id="avoirs" title={words.notes}>
    {notes.length === 0 ? (
      <p class="etiq">{words.noNote}</p>
    ) : (
      <dl class="fiche">
        {notes.map(({ number, issuedOn, amount, reason }) => (
          <>
            <dt>
              {words.note(number, formatDay(issuedOn))}
              <br />
              <span class="etiq">{reason}</span>
            </dt>
            <dd>
              <Money cents={amount} />
            </dd>
          </>
        ))}
      </dl>
    )}
  </Card>
)

const Acts = ({ view, invoice, requestKey, reason, problems }: Props) => {
  const { number } = invoice
  return (
    <Card id="corriger" title={words.acts} class="petite">
      <p class="etiq">{words.actsNote}</p>
      <p class="gestes">
        <LinkButton href={paths.office.creditNote(number)} look="secondary" small>
          {words.credit}
        </LinkButton>
      </p>
      <form class="formulaire" method="post" action={paths.office.correctInvoice(number)} noValidate>
        <FormToken view={view} />
        <input type="hidden" name="cle" value={requestKey} />
        <Field
          name="motif"
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          maxlength={200}
          autocomplete="off"
          problems={problems}
        />
        <div class="pile-s">
          <div>
            <Button look="secondary" small>
              {words.correct}
            </Button>
            <p class="etiq">{words.correctNote}</p>
          </div>
          <div>
            <Button look="secondary" small formAction={paths.office.cancelInvoice(number)}>
              {words.cancel}
            </Button>
            <p class="etiq">
              {words.cancelNote} {!invoice.isPublished && words.cancelHidden}
            </p>
          </div>
        </div>
      </form>
    </Card>
  )
}
