import type { ComponentChildren } from 'preact'
import { assetUrl } from '../web/assets.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficeGate } from '../web/office-page.tsx'
import { formatDay } from '../kernel/french.ts'
import { parisDay } from '../kernel/dates.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, FormToken, LinkButton } from '../web/ui.tsx'
import { passkeyTexts as words } from './passkey-texts.ts'
import type { Passkey } from './passkey-store.ts'

/** A challenge as a page carries it: what the browser is asked, and the seal that comes back. */
export type Offer = { readonly options: object; readonly sealed: string }

/** Asks for a passkey. Hidden until static/passkey.js knows that the browser has them. */
const PasskeyForm = (props: {
  view: View
  action: string
  kind: 'get' | 'create'
  offer: Offer
  children: ComponentChildren
}) => (
  <>
    <form
      class="formulaire"
      method="post"
      action={props.action}
      data-passkey={props.kind}
      data-options={JSON.stringify(props.offer.options)}
      data-waiting={words.waiting}
      data-failed={words.failed}
      data-known={words.known}
      hidden
    >
      <FormToken view={props.view} />
      <input type="hidden" name="defi" value={props.offer.sealed} />
      <input type="hidden" name="reponse" value="" />
      {props.children}
      <p class="etiq" role="status" />
    </form>
    <script type="module" src={assetUrl('passkey.js')} />
  </>
)

/** Under the password or the code: the same by passkey. */
export const PasskeyInstead = (props: {
  view: View
  action: string
  offer: Offer
  back: string | undefined
}) => (
  <PasskeyForm view={props.view} action={props.action} kind="get" offer={props.offer}>
    {props.back !== undefined && <input type="hidden" name="suite" value={props.back} />}
    <Button look="secondary" wide icon="key">
      {words.use}
    </Button>
  </PasskeyForm>
)

/** In « Mon accès »: the passkeys one has, each with what removes it. */
export const PasskeysCard = ({ view, passkeys }: { view: View; passkeys: readonly Passkey[] }) => (
  <Card id="cles" title={words.title} class="petite">
    <div class="pile-s">
      <p>{passkeys.length === 0 ? words.none : words.what}</p>
      <ul class="sans-puces roles">
        {passkeys.map(({ credentialId, name, createdAt, usedAt }) => (
          <li>
            <span>
              <strong>{name}</strong>
              <br />
              <span class="etiq">
                {words.since(formatDay(parisDay(createdAt)))}
                {usedAt && ` · ${words.used(formatDay(parisDay(usedAt)))}`}
              </span>
            </span>
            <form method="post" action={paths.office.passkeys}>
              <FormToken view={view} />
              <input type="hidden" name="geste" value="retirer" />
              <input type="hidden" name="cle" value={credentialId} />
              <button class="lien" type="submit">
                {words.remove}
                <span class="vh"> {words.removeWhat(name)}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      <p>
        <LinkButton href={paths.office.passkeys} look="secondary" small icon="key">
          {words.add}
        </LinkButton>
      </p>
    </div>
  </Card>
)

/** Adds a passkey of this device. */
export const NewPasskeyPage = (props: { view: View; offer: Offer; form: Form; problems?: Problems }) => (
  <OfficeGate view={props.view} title={words.addTitle} lede={words.addLede} problems={props.problems}>
    <Card>
      <p data-passkey-absent>{words.absent}</p>
      <PasskeyForm view={props.view} action={paths.office.passkeys} kind="create" offer={props.offer}>
        <input type="hidden" name="geste" value="ajouter" />
        <Field
          name="nom"
          label={words.name}
          hint={words.nameHint}
          value={field(props.form, 'nom')}
          maxlength={60}
          autocomplete="off"
          problems={props.problems}
        />
        <Button>{words.submit}</Button>
      </PasskeyForm>
    </Card>
    <p>
      <a href={paths.office.access}>{words.back}</a>
    </p>
  </OfficeGate>
)
