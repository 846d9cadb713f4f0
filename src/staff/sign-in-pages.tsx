import { NewPasswordField } from '../identity/recovery-pages.tsx'
import { Field, PasswordField } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficeGate } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, LinkButton, Notice, SubmitButton } from '../web/ui.tsx'
import { type Offer, PasskeyInstead } from './passkey-parts.tsx'
import { texts } from './texts.ts'

/** Identifier and password. */
export const StaffSignInPage = (props: {
  view: View
  back: string | undefined
  offer: Offer
  identifier?: string
  signedOut?: boolean
  problems?: Problems
}) => (
  <OfficeGate view={props.view} title={texts.signIn.title} lede={texts.signIn.lede} problems={props.problems}>
    {props.signedOut && <Notice kind="success" title={texts.signIn.signedOut} live />}
    {props.back !== undefined && !props.problems && <Notice kind="info" title={texts.signIn.comeBack} />}
    <Card>
      <form class="formulaire" method="post" action={paths.office.signIn} noValidate>
        {props.back !== undefined && <input type="hidden" name="suite" value={props.back} />}
        <Field
          name="identifiant"
          label={texts.signIn.identifier}
          hint={texts.signIn.identifierHint}
          value={props.identifier}
          autocomplete="username"
          inputmode="email"
          spellcheck={false}
          problems={props.problems}
        />
        <PasswordField
          name="mot-de-passe"
          label={texts.signIn.password}
          autocomplete="current-password"
          problems={props.problems}
        />
        <SubmitButton wide>{texts.signIn.submit}</SubmitButton>
      </form>
      <PasskeyInstead
        view={props.view}
        action={paths.office.passkeySignIn}
        offer={props.offer}
        back={props.back}
      />
    </Card>
    <p>
      <a href={paths.office.forgotten}>{texts.signIn.forgotten}</a>
    </p>
    <p>
      <a href={paths.signIn}>{texts.signIn.families}</a>
    </p>
  </OfficeGate>
)

const CodeField = (props: { label: string; hint?: string; problems?: Problems | undefined }) => (
  <Field
    name="code"
    label={props.label}
    hint={props.hint}
    autocomplete="one-time-code"
    size={14}
    maxlength={20}
    spellcheck={false}
    problems={props.problems}
  />
)

/** The second factor. */
export const CodePage = (props: {
  view: View
  back: string | undefined
  offer: Offer
  problems?: Problems
}) => (
  <OfficeGate view={props.view} title={texts.code.title} lede={texts.code.lede} problems={props.problems}>
    <Card>
      <form class="formulaire" method="post" action={paths.office.code} noValidate>
        <FormToken view={props.view} />
        {props.back !== undefined && <input type="hidden" name="suite" value={props.back} />}
        <CodeField label={texts.code.label} hint={texts.code.hint} problems={props.problems} />
        <SubmitButton wide>{texts.code.submit}</SubmitButton>
      </form>
      <PasskeyInstead
        view={props.view}
        action={paths.office.passkeySignIn}
        offer={props.offer}
        back={props.back}
      />
    </Card>
    <p class="etiq">{texts.code.lost}</p>
    <form method="post" action={paths.office.signOut}>
      <FormToken view={props.view} />
      <button class="lien" type="submit">
        {texts.code.other}
      </button>
    </form>
  </OfficeGate>
)

/** Asked again before what is dangerous. */
export const ProofPage = (props: {
  view: View
  back: string
  byCode: boolean
  offer: Offer
  problems?: Problems
}) => (
  <OfficeGate view={props.view} title={texts.proof.title} lede={texts.proof.lede} problems={props.problems}>
    <Card>
      <form class="formulaire" method="post" action={paths.office.proof} noValidate>
        <FormToken view={props.view} />
        <input type="hidden" name="suite" value={props.back} />
        {props.byCode ? (
          <CodeField label={texts.code.label} hint={texts.code.hint} problems={props.problems} />
        ) : (
          <PasswordField
            name="code"
            label={texts.proof.password}
            autocomplete="current-password"
            problems={props.problems}
          />
        )}
        <SubmitButton wide>{texts.proof.submit}</SubmitButton>
      </form>
      <PasskeyInstead
        view={props.view}
        action={paths.office.passkeyProof}
        offer={props.offer}
        back={props.back}
      />
    </Card>
  </OfficeGate>
)

/** Opened by a one-time link. */
export const InvitationPage = (props: {
  view: View
  token: string
  name: string
  organisation: string
  identifier: string
  problems?: Problems
}) => (
  <OfficeGate
    view={props.view}
    title={texts.invitation.title}
    lede={texts.invitation.lede(props.name, props.organisation)}
    problems={props.problems}
  >
    <Card>
      <form class="formulaire" method="post" action={paths.office.invitation(props.token)} noValidate>
        <FormToken view={props.view} />
        <input type="hidden" name="identifiant" autocomplete="username" value={props.identifier} />
        <p>
          {texts.invitation.identifier} <strong>{props.identifier}</strong>
        </p>
        <NewPasswordField problems={props.problems} />
        <SubmitButton wide>{texts.invitation.submit}</SubmitButton>
      </form>
    </Card>
  </OfficeGate>
)

export const ClosedInvitationPage = ({ view }: { view: View }) => (
  <OfficeGate view={view} title={texts.invitation.closedTitle}>
    <Card>
      <div class="pile-s">
        <p>{texts.invitation.closed}</p>
        <div class="actions">
          <LinkButton href={paths.office.signIn}>{texts.signIn.submit}</LinkButton>
        </div>
      </div>
    </Card>
  </OfficeGate>
)
