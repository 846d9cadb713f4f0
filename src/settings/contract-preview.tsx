import { field } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { Button, Card, FormToken, LinkButton, SubmitButton } from '../web/ui.tsx'
import { FORM_FIELDS } from './contract-form.ts'
import type { ContractPageProps } from './contract-page.tsx'
import { texts } from './texts.ts'

/** What a contract's settings would become, and what that does. */
export const ContractPreview = (
  props: ContractPageProps & { preview: NonNullable<ContractPageProps['preview']> },
) => {
  const { contract } = props.state
  const action = paths.office.contract(contract.id)
  return (
    <Card id="apercu" title={texts.preview.title}>
      <ul class="changements">
        {props.preview.map(([label, before, after]) => (
          <li>
            <p>
              <b>{label}</b>
            </p>
            <p class="avant-apres">
              <del>{before}</del> <span>{texts.preview.arrow}</span> <ins>{after}</ins>
            </p>
          </li>
        ))}
      </ul>
      <h3 class="espace">{texts.preview.consequences}</h3>
      <ul class="consequences">
        {(props.consequences ?? []).map((sentence) => (
          <li>{sentence}</li>
        ))}
        <li>{texts.preview.effect}</li>
      </ul>
      <form class="gestes" method="post" action={action}>
        <FormToken view={props.view} />
        <input type="hidden" name="vu" value={contract.version} />
        {['banque', ...FORM_FIELDS[contract.gateway]].map((name) => (
          <input type="hidden" name={name} value={field(props.form, name)} />
        ))}
        <SubmitButton name="geste" value="confirmer" icon="check">
          {texts.preview.confirm}
        </SubmitButton>
        <Button look="secondary" name="geste" value="corriger">
          {texts.preview.back}
        </Button>
        <LinkButton look="link" href={action}>
          {texts.preview.drop}
        </LinkButton>
      </form>
    </Card>
  )
}
