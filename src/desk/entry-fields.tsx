// The fields of a payment at the desk, in the order of the keys.
import { Field, Select } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { Notice } from '../web/ui.tsx'
import { DESK_METHODS } from './desk-payment.ts'
import type { EntryView } from './entry-page.tsx'
import { methodWords, texts } from './texts.ts'

const words = texts.entry

/** Amount, means, number: what is typed each time. */
export const MeansFields = (props: { form: Form; problems: Problems | undefined; first: boolean }) => {
  const { form, problems } = props
  const shared = { problems, autocomplete: 'off' }
  const numbered = DESK_METHODS.filter((one) => one !== 'cash').join('|')
  return (
    <div class="rangee">
      <Field
        {...shared}
        name="montant"
        label={words.amount}
        hint={words.amountHint}
        value={field(form, 'montant')}
        inputmode="decimal"
        size={10}
        maxlength={14}
      />
      <Select
        {...shared}
        name="mode"
        label={words.method}
        hint={words.methodHint}
        value={field(form, 'mode')}
        options={DESK_METHODS.map((one) => [one, methodWords[one]] as const)}
        autofocus={props.first}
      />
      <div data-if={`mode=${numbered}`}>
        <Field
          {...shared}
          name="numero"
          label={words.mark}
          value={field(form, 'numero')}
          size={14}
          maxlength={60}
        />
      </div>
      <div data-if="mode=cash">
        <Field
          {...shared}
          name="recu"
          label={words.given}
          hint={words.givenHint}
          value={field(form, 'recu')}
          inputmode="decimal"
          optional
          size={10}
          maxlength={14}
        />
        <p class="monnaie" role="status" data-change={words.changeWords} />
      </div>
      <div data-if="mode=cheque">
        <Field
          {...shared}
          name="banque"
          label={words.bankName}
          value={field(form, 'banque')}
          optional
          maxlength={60}
        />
      </div>
      <div data-if="mode=cheque">
        <Field
          {...shared}
          name="titulaire"
          label={words.drawer}
          value={field(form, 'titulaire')}
          optional
          maxlength={100}
        />
      </div>
    </div>
  )
}

export const CesuNote = ({ entry: { eligible } }: { entry: EntryView }) => (
  <div data-if="mode=cesu|e_cesu">
    <Notice kind="info" title={words.eligible(eligible.amount)}>
      <p>
        {words.assumed} {eligible.unknown > 0 && words.unknown(eligible.unknown)}
      </p>
    </Notice>
  </div>
)

export const PayerFields = ({
  entry,
  form,
  problems,
}: {
  entry: EntryView
  form: Form
  problems: Problems | undefined
}) => {
  const emails = [...new Set(entry.payers.flatMap(({ email }) => email ?? []))]
  return (
    <fieldset class="rangee">
      <legend>{words.more}</legend>
      <Field
        name="payeur"
        label={words.payer}
        value={field(form, 'payeur')}
        autocomplete="off"
        maxlength={100}
        list="payeurs"
        problems={problems}
      />
      <datalist id="payeurs">
        {entry.payers.map(({ name }) => (
          <option value={name} />
        ))}
      </datalist>
      <Field
        name="recu-le"
        label={words.day}
        hint={words.dayHint}
        value={field(form, 'recu-le')}
        autocomplete="off"
        size={12}
        problems={problems}
      />
      <Select
        name="courriel"
        label={words.email}
        value={field(form, 'courriel')}
        options={[...emails.map((one) => [one, one] as const), ['', words.noEmail]]}
        problems={problems}
      />
    </fieldset>
  )
}
