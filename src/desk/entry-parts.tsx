// The invoices that a payment settles, each with the part it may take.
import { formatCents, formatDay } from '../kernel/french.ts'
import { ZERO } from '../kernel/money.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { Money } from '../web/ui.tsx'
import { fallOf, partField } from './entry-form.ts'
import type { EntryView } from './entry-page.tsx'
import type { OpenInvoice } from './entry-store.ts'
import { texts } from './texts.ts'

const words = texts.entry
const { columns } = words

export const InvoiceParts = (props: { entry: EntryView; form: Form; problems: Problems | undefined }) => {
  const { entry, form } = props
  if (entry.invoices.length === 0) return null
  const { shares, rest } = fallOf(form, entry.invoices)
  return (
    <div class="defile">
      <table class="tab parts">
        <caption>{words.invoices}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="vh">{words.save}</span>
            </th>
            <th scope="col">{columns.invoice}</th>
            <th scope="col" class="d">
              {columns.due}
            </th>
            <th scope="col">{columns.part}</th>
            <th scope="col" class="d">
              {columns.settled}
            </th>
          </tr>
        </thead>
        <tbody>
          {entry.invoices.map((invoice) => (
            <Line
              {...props}
              invoice={invoice}
              settled={shares.find(({ key }) => key === invoice.id)?.cents ?? ZERO}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {words.rest}
              <small>{words.restText}</small>
            </th>
            <td class="d num" data-rest>
              {formatCents(rest)}
            </td>
          </tr>
        </tfoot>
      </table>
      <p class="aide">{words.invoicesHint}</p>
    </div>
  )
}

const Line = (
  props: Parameters<typeof InvoiceParts>[0] & { invoice: OpenInvoice; settled: OpenInvoice['due'] },
) => {
  const { invoice, form, problems, entry } = props
  const { number, due, dueOn, issuedOn, activity, beneficiary, visibleAt } = invoice
  const name = partField(number)
  const isWrong = problems?.some((one) => one.field === name)
  return (
    <tr data-due={String(due)}>
      <td>
        <input
          type="checkbox"
          name="facture"
          value={number}
          checked={form.get('facture')?.includes(number)}
          aria-label={words.tick(number)}
        />
      </td>
      <th scope="row">
        {number}
        <small>{[activity, beneficiary].filter(Boolean).join(' · ')}</small>
        <small>
          {dueOn === null ? words.issuedOn(formatDay(issuedOn)) : words.dueOn(formatDay(dueOn))}
          {visibleAt > entry.now && ` · ${words.notVisible}`}
        </small>
      </th>
      <td class="d">
        <Money cents={due} />
      </td>
      <td>
        <input
          class="saisie court"
          id={name}
          name={name}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          size={8}
          value={field(form, name)}
          aria-label={words.part(number)}
          aria-invalid={isWrong ? 'true' : undefined}
        />
      </td>
      <td class="d num" data-settled>
        {formatCents(props.settled)}
      </td>
    </tr>
  )
}
