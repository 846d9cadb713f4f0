import { formatCents, formatDay, formatTime } from '../kernel/french.ts'
import type { Instant } from '../kernel/dates.ts'
import { type Cents, sum, ZERO } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import type { PendingPayment } from '../statements/store.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import type { Eligible } from './eligible.ts'
import { CesuNote, MeansFields, PayerFields } from './entry-fields.tsx'
import { InvoiceParts } from './entry-parts.tsx'
import type { OpenInvoice, Payer, Queued, Twin } from './entry-store.ts'
import { Queue } from './queue.tsx'
import { texts } from './texts.ts'

const words = texts.entry

export type EntryView = {
  readonly family: { readonly id: string; readonly name: string }
  readonly unit: BillingUnit
  readonly units: readonly BillingUnit[]
  readonly invoices: readonly OpenInvoice[]
  readonly credit: Cents
  readonly eligible: Eligible
  readonly pending: readonly PendingPayment[]
  readonly payers: readonly Payer[]
  readonly queue: readonly Queued[]
  readonly now: Instant
}

/** What must be answered before the payment is recorded: a question, never a refusal. */
export type Questions = {
  readonly twin: Twin | undefined
  readonly eligible: Cents | undefined
  /** Numbers of the invoices whose last day at the desk is over. */
  readonly late: readonly string[]
  /** Which button was pressed. */
  readonly next: string
}

type Props = {
  readonly view: View
  readonly entry: EntryView
  readonly form: Form
  readonly problems?: Problems | undefined
  readonly questions?: Questions | undefined
}

/** « Encaisser »: the whole flow by keyboard, and without JavaScript (ux.md 2.6). */
export const EntryPage = ({ view, entry, form, problems, questions }: Props) => (
  <OfficePage
    view={view}
    title={words.title}
    heading={words.heading(entry.family.name)}
    crumb={<a href={paths.office.family(entry.family.id)}>{words.back}</a>}
    lede={<Position entry={entry} />}
    current="desk"
    problems={problems}
  >
    <div class="guichet">
      <div class="pile-s">
        <Units entry={entry} />
        {entry.pending.map(({ amount, sentAt }) => (
          <Notice kind="warning" title={words.pending(formatCents(amount), formatTime(sentAt))}>
            <p>{words.pendingText}</p>
          </Notice>
        ))}
        <form
          class="carte formulaire saisie-guichet"
          method="post"
          action={paths.office.entry(entry.family.id)}
          noValidate
          data-quick
          data-draft={problems || questions ? undefined : `${entry.family.id} ${entry.unit.code}`}
          data-draft-resumed={words.resumed}
          data-draft-forget={words.forget}
        >
          <FormToken view={view} />
          <input type="hidden" name="cle" value={field(form, 'cle')} />
          <input type="hidden" name="service" value={entry.unit.code} />
          {questions && <Asked questions={questions} />}
          <MeansFields form={form} problems={problems} first={!problems && !questions} />
          <CesuNote entry={entry} />
          <div class="gestes">
            <SubmitButton name="suite" value="fiche" look="secondary">
              {words.save}
            </SubmitButton>
            <SubmitButton name="suite" value="suivant" icon="check" class="rapide">
              {words.saveNext} <kbd aria-hidden="true">{words.saveKeys}</kbd>
            </SubmitButton>
          </div>
          <PayerFields entry={entry} form={form} problems={problems} />
          <InvoiceParts entry={entry} form={form} problems={problems} />
        </form>
      </div>
      <Queue queue={entry.queue} />
    </div>
  </OfficePage>
)

const Position = ({ entry }: { entry: EntryView }) => {
  const due = sum(entry.invoices.map((one) => one.due))
  return (
    <>
      {due > ZERO ? words.due(due) : words.nothingDue}
      {entry.credit > ZERO && ` · ${words.credit(entry.credit)}`}
    </>
  )
}

const Units = ({ entry }: { entry: EntryView }) =>
  entry.units.length < 2 ? null : (
    <nav class="puces" aria-label={texts.units}>
      {entry.units.map(({ code, name, id }) => (
        <a
          class="puce"
          href={`${paths.office.entry(entry.family.id)}?service=${code}`}
          aria-current={id === entry.unit.id ? 'true' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  )

const Asked = ({ questions }: { questions: Questions }) => (
  <div class="carte question" role="alert" tabIndex={-1} autofocus data-focus>
    <h2>{words.questions.title}</h2>
    {questions.twin && (
      <p>
        {words.questions.twin(
          formatDay(questions.twin.receivedOn),
          questions.twin.mark,
          questions.twin.recordedBy,
        )}{' '}
        <a href={paths.office.deskPayment(questions.twin.id)}>{words.questions.seeTwin}</a>
      </p>
    )}
    {questions.late.length > 0 && <p>{words.questions.late(questions.late)}</p>}
    {questions.eligible !== undefined && <p>{words.questions.eligible(questions.eligible)}</p>}
    <div class="gestes">
      <Button name="confirme" value={questions.next} icon="check">
        {words.questions.yes}
      </Button>
    </div>
  </div>
)

/** No unit is open to this person: the page says so, and what to do. */
export const NoUnit = ({ view, title }: { view: View; title: string }) => (
  <OfficePage view={view} title={title}>
    <Notice kind="warning" title={texts.noUnit}>
      <p>{texts.noUnitNext}</p>
    </Notice>
  </OfficePage>
)
