// A contract: what is set, its secrets without a word of them, and its connection tried.
import type { KeptChange } from '../organisations/setting-change.ts'
import { Field, Select } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, Details, FormToken, LinkButton, Notice, SubmitButton } from '../web/ui.tsx'
import type { GatewayName } from '../organisations/contract.ts'
import type { TriedContract } from '../payments/try-contract.ts'
import { Checks, ContractFacts } from './bank-cards.tsx'
import { bankTexts as words } from './bank-texts.ts'
import { contractLabel } from './change-contract.ts'
import { FORM_FIELDS } from './contract-form.ts'
import { ContractPreview } from './contract-preview.tsx'
import { History, SettingsFrame } from './frame.tsx'
import type { ContractState } from './read-bank.ts'
import { texts } from './texts.ts'
import { Tried } from './tried-card.tsx'

export type ContractPageProps = {
  readonly view: View
  readonly state: ContractState
  readonly form: Form
  readonly history: readonly KeptChange[]
  readonly saved?: string | undefined
  readonly conflict?: boolean | undefined
  readonly problems?: Problems | undefined
  readonly note?: string | undefined
  /** What would change, about to be confirmed. */
  readonly preview?: readonly (readonly [label: string, before: string, after: string])[] | undefined
  readonly consequences?: readonly string[] | undefined
  readonly tried?: TriedContract | undefined
}

/** The fields of a gateway; the number at the bank only for a new contract. */
export const ContractFields = (props: {
  readonly gateway: GatewayName
  readonly form: Form
  readonly problems?: Problems | undefined
  readonly isNew?: boolean
}) => {
  const [numbered, ...others] = FORM_FIELDS[props.gateway]
  const names: readonly string[] = ['banque', ...(props.isNew ? [numbered] : []), ...others]
  return (
    <>
      {names.map((name) => {
        const { label, hint } = words.fields[name] ?? { label: name, hint: undefined }
        const common = { name, label, hint, problems: props.problems, value: field(props.form, name) }
        const choices = words.fieldChoices[name]
        return choices ? (
          <Select {...common} options={choices} />
        ) : (
          <Field {...common} autocomplete="off" spellcheck={false} maxlength={300} />
        )
      })}
    </>
  )
}

export const ContractPage = (props: ContractPageProps) => {
  const { state, view, problems } = props
  const { contract } = state
  const action = paths.office.contract(contract.id)
  const other = contract.mode === 'TEST' ? 'PRODUCTION' : 'TEST'
  return (
    <SettingsFrame
      view={view}
      section="banque"
      subjects={[]}
      heading={words.page.title(words.contractName(contract))}
      saved={props.saved}
      problems={problems}
    >
      {props.conflict && <Notice kind="warning" title={words.problems.changed} live />}
      {props.note !== undefined && <Notice kind="info" title={props.note} live />}
      {props.tried && <Tried tried={props.tried} />}
      {props.preview ? (
        <ContractPreview {...props} preview={props.preview} />
      ) : (
        <>
          <Card id="contrat" title={words.page.facts}>
            <ContractFacts state={state} />
            {contract.units.length > 1 && (
              <p class="etiq">{words.sharedRule(contract.units.map(({ name }) => name).join(', '))}</p>
            )}
            <Checks state={state} />
            <form class="gestes" method="post" action={action}>
              <FormToken view={view} />
              <SubmitButton look="secondary" name="geste" value="essai" icon="bank">
                {words.page.test}
              </SubmitButton>
              <span class="etiq">{words.page.testText}</span>
            </form>
          </Card>
          <Card id="secrets" title={words.page.secrets}>
            <p>{words.page.secretsText}</p>
            <Details
              items={Object.entries(words.secrets[contract.gateway]).map(([name, label]) => [
                label,
                contract.secrets.includes(name) ? words.page.kept : words.page.missing,
              ])}
            />
            <p class="gestes">
              <LinkButton look="secondary" href={`${action}?mode=${other}`}>
                {other === 'PRODUCTION' ? words.page.toProduction : words.page.toTest}
              </LinkButton>
              {Object.keys(words.secrets[contract.gateway]).length > 0 && (
                <LinkButton look="secondary" icon="key" href={`${action}?mode=${contract.mode}`}>
                  {words.page.change}
                </LinkButton>
              )}
            </p>
          </Card>
          <Card id="reglages" title={words.page.settings}>
            <form class="formulaire" method="post" action={action} noValidate>
              <FormToken view={view} />
              <input type="hidden" name="vu" value={contract.version} />
              <ContractFields gateway={contract.gateway} form={props.form} problems={problems} />
              <Button name="geste" value="voir">
                {texts.form.check}
              </Button>
            </form>
          </Card>
        </>
      )}
      <History changes={props.history} label={(name) => contractLabel(contract.gateway, name)} />
    </SettingsFrame>
  )
}
