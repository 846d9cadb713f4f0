// One form per block of the profile, each on its own page.
import type { ComponentChildren } from 'preact'
import { Field, PasswordField } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, ErrorSummary, FormToken, LinkButton, SubmitButton } from '../web/ui.tsx'
import { profileTexts as texts } from './profile-texts.ts'
import { NewPasswordField } from './recovery-pages.tsx'

/** What was typed, or what is on file when nothing was typed yet. */
export type FormPage = { readonly view: View; readonly form: Form; readonly problems?: Problems }

export const Shell = (
  props: FormPage & {
    title: string
    note?: string
    action: string
    /** « Enregistrer », unless the form only asks. */
    submit?: string
    children?: ComponentChildren
  },
) => (
  <Page
    view={props.view}
    title={texts.changeWhat(props.title)}
    heading={props.title}
    lede={props.note}
    current="profile"
    problems={props.problems}
  >
    <div class="etroit">
      <ErrorSummary problems={props.problems} />
      <Card>
        <form class="formulaire" method="post" action={props.action} noValidate>
          <FormToken view={props.view} />
          {props.children}
          <div class="actions">
            <SubmitButton>{props.submit ?? texts.save}</SubmitButton>
            <LinkButton href={paths.profile} look="link">
              {texts.cancel}
            </LinkButton>
          </div>
        </form>
      </Card>
    </div>
  </Page>
)

const CurrentPassword = ({ problems }: { problems: Problems | undefined }) => (
  <PasswordField
    name="mot-de-passe"
    label={texts.currentPassword}
    hint={texts.currentHint}
    autocomplete="current-password"
    problems={problems}
  />
)

export const EmailForm = (props: FormPage) => (
  <Shell {...props} title={texts.email} note={texts.emailNote} action={paths.profileEmail}>
    <Field
      name="courriel"
      label={texts.newEmail}
      value={field(props.form, 'courriel')}
      autocomplete="email"
      inputmode="email"
      problems={props.problems}
    />
    <CurrentPassword problems={props.problems} />
  </Shell>
)

export const MobileForm = (props: FormPage) => (
  <Shell {...props} title={texts.mobile} action={paths.profileMobile}>
    <Field
      name="mobile"
      label={texts.mobile}
      hint={texts.mobileHint}
      value={field(props.form, 'mobile')}
      autocomplete="tel"
      inputmode="tel"
      optional
      problems={props.problems}
    />
  </Shell>
)

export const AddressForm = (props: FormPage) => (
  <Shell
    {...props}
    title={texts.address}
    note={texts.addressNote}
    action={paths.profileAddress}
    submit={texts.requests.send}
  >
    <Field
      name="rue"
      label={texts.street}
      value={field(props.form, 'rue')}
      autocomplete="street-address"
      maxlength={200}
      problems={props.problems}
    />
    <Field
      name="code-postal"
      label={texts.postalCode}
      value={field(props.form, 'code-postal')}
      autocomplete="postal-code"
      inputmode="numeric"
      size={7}
      problems={props.problems}
    />
    <Field
      name="ville"
      label={texts.city}
      value={field(props.form, 'ville')}
      autocomplete="address-level2"
      maxlength={100}
      problems={props.problems}
    />
  </Shell>
)

export const PasswordForm = (props: FormPage & { identifier: string }) => (
  <Shell {...props} title={texts.password} note={texts.passwordNote} action={paths.profilePassword}>
    <input type="hidden" name="identifiant" autocomplete="username" value={props.identifier} />
    <CurrentPassword problems={props.problems} />
    <NewPasswordField label={texts.newPassword} problems={props.problems} />
  </Shell>
)
