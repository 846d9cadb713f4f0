import type { Related } from '../billing/related-store.ts'
import { type Instant, parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { Field, Select } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, Empty, LinkButton, Money, Notice, StateTag } from '../web/ui.tsx'
import type { Draft } from './draft-store.ts'
import { stateTag, TAG_KINDS } from './invoice-state.ts'
import { LIST_STATES, type ListedInvoice } from './invoice-store.ts'
import { invoiceTexts as words } from './invoice-texts.ts'
import { type Place, placeOptions } from './places.ts'
import { draftTexts } from './texts.ts'

export const FILTER_FIELDS = ['cherche', 'etablissement', 'etat', 'du', 'au'] as const
export type TypedFilter = { readonly [name in (typeof FILTER_FIELDS)[number]]: string }

type Props = {
  readonly view: View
  readonly typed: TypedFilter
  readonly problems: Problems
  readonly places: readonly Place[]
  readonly invoices: readonly ListedInvoice[]
  readonly related: ReadonlyMap<InvoiceId, Related>
  /** The number after which older ones come. */
  readonly older: string | undefined
  readonly isFirst: boolean
  /** Undefined: this person does not draft. */
  readonly drafts: readonly Draft[] | undefined
  readonly mayExport: boolean
  readonly now: Instant
}

export const InvoiceListPage = (props: Props) => {
  const { typed, invoices } = props
  const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''))
  const link = (path: string, more: { readonly [name: string]: string } = {}) => {
    const text = new URLSearchParams([...query, ...Object.entries(more)]).toString()
    return text === '' ? path : `${path}?${text}`
  }
  return (
    <OfficePage
      view={props.view}
      title={words.title}
      lede={words.lede}
      current="invoices"
      problems={props.problems}
      actions={
        props.drafts && (
          <LinkButton href={paths.office.newInvoice} icon="plus" small>
            {words.write}
          </LinkButton>
        )
      }
    >
      {props.view.path.includes('note=abandonne') && (
        <Notice kind="success" title={draftTexts.notes['abandonne'] ?? ''} live />
      )}
      {props.drafts && <Drafts drafts={props.drafts} />}
      <Filters {...props} />
      {invoices.length === 0 ? (
        <Empty title={words.empty}>
          <p>{words.emptyNext}</p>
        </Empty>
      ) : (
        <Invoices invoices={invoices} related={props.related} now={props.now} />
      )}
      <nav class="pages" aria-label={words.caption}>
        {!props.isFirst && (
          <a class="b b-2 b-s" href={link(paths.office.invoices)}>
            {words.newest}
          </a>
        )}
        {props.older !== undefined && (
          <a class="b b-2 b-s" rel="next" href={link(paths.office.invoices, { apres: props.older })}>
            {words.older}
          </a>
        )}
        {props.mayExport && (
          <a href={link(paths.office.invoicesCsv)} title={words.csvNote}>
            {words.csv}
          </a>
        )}
      </nav>
    </OfficePage>
  )
}

const Drafts = ({ drafts }: { drafts: readonly Draft[] }) => (
  <Card id="brouillons" title={words.drafts}>
    {drafts.length === 0 ? (
      <p class="etiq">{words.noDraft}</p>
    ) : (
      <details open={drafts.length <= 5}>
        <summary>{words.draftsCount(drafts.length)}</summary>
        <ul class="taches">
          {drafts.map((draft) => (
            <li>
              <div>
                <a href={paths.office.draft(draft.id)}>{draftTexts.title(draft.familyName)}</a>
                <p class="etiq">{draftTexts.savedBy(draft.savedBy, formatDay(parisDay(draft.savedAt)))}</p>
              </div>
              <Money cents={draft.total} />
              <StateTag kind={draft.state === 'checked' ? 'ok' : 'neutral'}>
                {draftTexts.states[draft.state]}
              </StateTag>
            </li>
          ))}
        </ul>
      </details>
    )}
  </Card>
)

const Filters = ({ typed, problems, places }: Props) => (
  <section class="carte" aria-label={words.filters}>
    <form class="filtres" method="get" action={paths.office.invoices} noValidate>
      <Field name="cherche" label={words.query} value={typed.cherche} autocomplete="off" />
      <Select
        name="etablissement"
        label={words.place}
        value={typed.etablissement}
        options={[['', words.all], ...placeOptions(places)]}
      />
      <Select
        name="etat"
        label={words.state}
        value={typed.etat}
        options={[['', words.all], ...LIST_STATES.map((state) => [state, words.states[state]] as const)]}
      />
      <Field name="du" label={words.from} value={typed.du} size={12} problems={problems} />
      <Field name="au" label={words.to} value={typed.au} size={12} problems={problems} />
      <p class="actions">
        <Button look="secondary" small icon="search">
          {words.filter}
        </Button>
        {Object.values(typed).some((one) => one !== '') && <a href={paths.office.invoices}>{words.reset}</a>}
      </p>
    </form>
  </section>
)

/** What a corrected invoice became, and what a new one stands for. */
const RelatedTo = ({ related }: { related: Related }) => (
  <>
    {related.replacedBy !== null && (
      <small>
        {words.facts.replacedBy} <a href={paths.office.invoice(related.replacedBy)}>{related.replacedBy}</a>
      </small>
    )}
    {related.replaces !== null && (
      <small>
        {words.facts.replaces} <a href={paths.office.invoice(related.replaces)}>{related.replaces}</a>
      </small>
    )}
    {related.notes.length > 0 && <small>{words.notesOf(related.notes.map(({ number }) => number))}</small>}
  </>
)

const lineOf = (related: Related | undefined) => (related ? <RelatedTo related={related} /> : null)

const Invoices = ({
  invoices,
  related,
  now,
}: {
  invoices: readonly ListedInvoice[]
  related: ReadonlyMap<InvoiceId, Related>
  now: Instant
}) => {
  const { columns } = words
  return (
    <section class="carte" aria-label={words.caption}>
      <table class="tab souple" role="table">
        <caption class="vh">{words.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['number', 'family', 'place', 'issuedOn', 'total', 'due', 'state'] as const).map((name) => (
              <th
                role="columnheader"
                scope="col"
                class={name === 'total' || name === 'due' ? 'd' : undefined}
              >
                {columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {invoices.map((one) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                <a class="num" href={paths.office.invoice(one.number)}>
                  {one.number}
                </a>
                {lineOf(related.get(one.id))}
              </th>
              <td role="cell" data-l={columns.family}>
                <a href={paths.office.family(one.familyId)}>{one.familyName}</a>
              </td>
              <td role="cell" data-l={columns.place}>
                {one.establishment}
              </td>
              <td role="cell" class="num" data-l={columns.issuedOn}>
                {formatDay(one.issuedOn)}
              </td>
              <td role="cell" class="d" data-l={columns.total}>
                <Money cents={one.total} />
              </td>
              <td role="cell" class="d" data-l={columns.due}>
                <Money cents={one.due} />
              </td>
              <td role="cell" data-l={columns.state}>
                <StateTag kind={TAG_KINDS[stateTag(one)]}>{words.tags[stateTag(one)]}</StateTag>
                {one.visibleAt === null && <small>{words.withheld}</small>}
                {one.visibleAt !== null && one.visibleAt > now && <small>{words.hidden}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
