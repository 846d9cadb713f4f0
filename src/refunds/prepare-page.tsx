import { formatInstantDay } from '../kernel/french.ts'
import { quotedReference } from '../kernel/ids.ts'
import { Choices, Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Details, FormToken, Money, SubmitButton } from '../web/ui.tsx'
import { AccountFields } from './account-card.tsx'
import { type Missing, MissingNotice } from './pages.tsx'
import type { Refundable } from './prepare-refund.ts'
import type { RefundablePayment } from './store.ts'
import { texts } from './texts.ts'
import { transferTexts } from './transfer-texts.ts'

export const PreparePage = (props: {
  view: View
  reference: string
  payment: RefundablePayment
  refundable: Refundable
  form: Form
  formKey: string
  missing: Missing
  /** The account that the family gave last, its number masked. */
  known: { readonly holder: string; readonly masked: string } | undefined
  problems?: Problems | undefined
}) => {
  const { payment, refundable, form, problems } = props
  const words = texts.form
  const sources = [
    ...(refundable.credit > 0 || payment.invoices.length === 0
      ? [{ value: 'credit', label: words.fromCredit(refundable.credit) }]
      : []),
    ...payment.invoices.map(({ id, number }) => ({ value: id, label: words.fromInvoice(number) })),
  ]
  return (
    <OfficePage
      view={props.view}
      title={texts.prepare}
      crumb={<a href={paths.office.refunds}>{texts.title}</a>}
      current="refunds"
      problems={problems}
    >
      <div class="pile-s">
        <MissingNotice missing={props.missing} />
        <div class="carte">
          <Details
            items={[
              [words.family, payment.familyName],
              [
                words.payment,
                `${quotedReference(props.reference)} ${words.paidOn(formatInstantDay(payment.capturedAt), payment.cardMasked)}`,
              ],
              [words.left, <Money cents={refundable.left} />],
              [words.credit, <Money cents={refundable.credit} />],
            ]}
          />
        </div>
        <form
          class="formulaire carte petite"
          method="post"
          action={`${paths.office.newRefund}?paiement=${props.reference}`}
          noValidate
        >
          <FormToken view={props.view} />
          <input type="hidden" name="cle" value={props.formKey} />
          <Choices
            name="origine"
            label={words.source}
            // Where there is one source only, it is the one.
            value={field(form, 'origine') || (sources.length === 1 ? sources[0]?.value : undefined)}
            problems={problems}
            choices={sources}
          />
          <Field
            name="montant"
            label={words.amount}
            hint={words.amountHint}
            value={field(form, 'montant')}
            inputmode="decimal"
            size={10}
            problems={problems}
          />
          <Choices
            name="retour"
            label={transferTexts.form.way}
            value={field(form, 'retour') || 'carte'}
            problems={problems}
            choices={[
              { value: 'carte', label: transferTexts.form.card, hint: transferTexts.form.cardHint },
              {
                value: 'virement',
                label: transferTexts.form.transfer,
                hint: transferTexts.form.transferHint,
              },
            ]}
          />
          <AccountFields
            holder={field(form, 'titulaire')}
            iban={field(form, 'iban')}
            hint={props.known && transferTexts.account.known(props.known.holder, props.known.masked)}
            problems={problems}
          />
          <Field
            name="motif"
            label={words.reason}
            hint={words.reasonHint}
            value={field(form, 'motif')}
            maxlength={300}
            problems={problems}
          />
          <SubmitButton icon="send">{words.send}</SubmitButton>
        </form>
      </div>
    </OfficePage>
  )
}
