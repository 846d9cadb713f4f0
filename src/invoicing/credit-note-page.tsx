import type { Correctable } from '../billing/credit-note.ts'
import type { LineRow } from '../billing/store.ts'
import { formatCents } from '../kernel/french.ts'
import { ZERO } from '../kernel/money.ts'
import { Field, Select } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, FormToken, Money, Notice } from '../web/ui.tsx'
import type { StaffInvoice } from './invoice-store.ts'
import { invoiceTexts, noteTexts as words } from './invoice-texts.ts'

type Props = {
  readonly view: View
  readonly invoice: StaffInvoice
  readonly lines: readonly LineRow[]
  readonly standing: Correctable
  readonly form: Form
  readonly requestKey: string
  /** What the note would do, once it was looked at. */
  readonly effect: string | undefined
  readonly problems: Problems
}

export const CreditNotePage = (props: Props) => {
  const { view, invoice, standing, form, effect, problems } = props
  const { number } = invoice
  return (
    <OfficePage
      view={view}
      title={words.title(number)}
      crumb={<a href={paths.office.invoice(number)}>{invoiceTexts.heading(number)}</a>}
      lede={words.lede(formatCents(standing.total), formatCents(invoice.due))}
      current="invoices"
      problems={problems}
    >
      <form class="pile" method="post" action={paths.office.creditNote(number)} noValidate>
        {/* First, so that Enter shows the effect and issues nothing. */}
        <button class="vh" type="submit" name="geste" value="effet" tabIndex={-1} aria-hidden="true">
          {words.preview}
        </button>
        <FormToken view={view} />
        <input type="hidden" name="cle" value={props.requestKey} />
        {effect !== undefined && (
          <Notice kind="info" title={words.effect} live id="effet">
            <p>{effect}</p>
          </Notice>
        )}
        {props.lines.length > 0 && <Lines {...props} />}
        <Card id="avoir" title={words.how}>
          <div class="champs">
            <Field
              name="montant"
              label={words.whole}
              hint={words.wholeHint}
              value={field(form, 'montant')}
              size={10}
              inputmode="decimal"
              autocomplete="off"
              problems={problems}
            />
            <Select
              name="raison"
              label={words.kind}
              value={field(form, 'raison')}
              options={[['', '\u2013'], ...Object.entries(words.kinds)]}
              problems={problems}
            />
            <Field
              name="precision"
              label={words.more}
              value={field(form, 'precision')}
              maxlength={150}
              autocomplete="off"
              problems={problems}
            />
          </div>
          <div class="gestes">
            <Button name="geste" value="effet" look={effect === undefined ? 'primary' : 'secondary'}>
              {words.preview}
            </Button>
            {effect !== undefined && (
              <Button name="geste" value="faire" icon="check">
                {words.issue}
              </Button>
            )}
          </div>
        </Card>
      </form>
    </OfficePage>
  )
}

const Lines = ({ lines, standing, form, problems }: Props) => {
  const { columns } = words
  return (
    <section class="carte" aria-labelledby="lignes-avoir">
      <h2 id="lignes-avoir">{words.lines}</h2>
      <table class="tab souple" role="table">
        <caption class="vh">{words.lines}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['label', 'left', 'quantity', 'amount'] as const).map((name) => (
              <th role="columnheader" scope="col" class={name === 'left' ? 'd' : undefined}>
                {columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lines.map((line) => {
            const left = standing.lines.get(line.line) ?? ZERO
            const cell = (letter: 'q' | 'm', column: string) => (
              <td role="cell" data-l={column}>
                {left > ZERO && (
                  <input
                    class="saisie court"
                    type="text"
                    id={`${letter}-${line.line}`}
                    name={`${letter}-${line.line}`}
                    value={field(form, `${letter}-${line.line}`)}
                    size={8}
                    inputMode="decimal"
                    autocomplete="off"
                    aria-label={words.cell(column, line.label)}
                    aria-invalid={
                      problems.some((one) => one.field === `${letter}-${line.line}`) ? 'true' : undefined
                    }
                  />
                )}
              </td>
            )
            return (
              <tr role="row">
                <th role="rowheader" scope="row">
                  {line.label} <small>{line.childName}</small>
                </th>
                <td role="cell" class="d" data-l={columns.left}>
                  <Money cents={left} />
                </td>
                {cell('q', columns.quantity)}
                {cell('m', columns.amount)}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
