// New secrets, or another mode, whose secrets are others: typed, confirmed by a word, never shown again.
import { Field, PasswordField } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, LinkButton, SubmitButton } from '../web/ui.tsx'
import { bankTexts as words } from './bank-texts.ts'
import { SettingsFrame } from './frame.tsx'
import type { ContractState } from './read-bank.ts'
import { texts } from './texts.ts'

const { secretChange: said, consequences } = words

/** What is typed to confirm: the mode's own name, or the number at the bank. */
export const confirmationWord = (state: ContractState, mode: 'TEST' | 'PRODUCTION'): string =>
  mode !== state.contract.mode ? mode : state.contract.shopNumber

const isPrevious = (name: string): boolean => name.startsWith('previous')

/** What the other mode cannot do without. */
const isNeeded = ({ gateway, settings }: ContractState['contract'], name: string): boolean =>
  name === 'key' ||
  (name === 'restPassword' && settings['restUrl'] != null) ||
  (gateway === 'stripe' && name === 'webhookSecret')

export const SecretsPage = (props: {
  readonly view: View
  readonly state: ContractState
  readonly mode: 'TEST' | 'PRODUCTION'
  readonly problems?: Problems | undefined
}) => {
  const { state, mode, problems, view } = props
  const { contract, underWay } = state
  const isOther = mode !== contract.mode
  const action = paths.office.contract(contract.id)
  const names = Object.entries(words.secrets[contract.gateway]).filter(([name]) => !isPrevious(name))
  const hasPrevious = contract.secrets.some(isPrevious)
  return (
    <SettingsFrame
      view={view}
      section="banque"
      subjects={[]}
      heading={said.title(isOther ? mode : '')}
      problems={problems}
    >
      <Card id="consequences" title={texts.preview.consequences}>
        <p>
          <b>{words.contractName(contract)}</b>
        </p>
        <ul class="consequences">
          {isOther && <li>{mode === 'PRODUCTION' ? consequences.toProduction : consequences.toTest}</li>}
          {!isOther && <li>{consequences.secrets}</li>}
          {underWay > 0 && <li>{consequences.underWay(underWay)}</li>}
          <li>{texts.preview.effect}</li>
        </ul>
      </Card>
      <Card id="saisie-secrets">
        <form class="formulaire" method="post" action={action} noValidate autocomplete="off">
          <FormToken view={view} />
          <input type="hidden" name="vu" value={contract.version} />
          <input type="hidden" name="mode" value={mode} />
          {names.map(([name, label]) => (
            <PasswordField
              name={`secret.${name}`}
              label={label}
              hint={!isOther ? said.leave : isNeeded(contract, name) ? said.required : said.none}
              autocomplete="new-password"
              problems={problems}
            />
          ))}
          {!isOther && names.length > 0 && (
            <label class="case">
              <input type="checkbox" name="garder" value="1" checked />
              <span>
                {said.keep} <small>{said.keepHint}</small>
              </span>
            </label>
          )}
          {!isOther && hasPrevious && (
            <label class="case">
              <input type="checkbox" name="oublier" value="1" />
              <span>
                {said.forget} <small>{said.forgetHint}</small>
              </span>
            </label>
          )}
          <Field
            name="mot"
            label={said.word(confirmationWord(state, mode))}
            value=""
            size={24}
            autocomplete="off"
            spellcheck={false}
            problems={problems}
          />
          <p class="gestes">
            <SubmitButton name="geste" value="secrets" icon="lock">
              {said.confirm}
            </SubmitButton>
            <LinkButton look="link" href={action}>
              {texts.preview.drop}
            </LinkButton>
          </p>
        </form>
      </Card>
    </SettingsFrame>
  )
}
