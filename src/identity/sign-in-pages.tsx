import { PasswordField, Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { ErrorSummary, FormToken, Icon, Notice, Roof, SubmitButton } from '../web/ui.tsx'
import { Courtyard } from './courtyard.tsx'
import { texts } from './texts.ts'

/** « Connexion à votre espace »: the form first, what the portal is beside it. */
export const SignInPage = (props: {
  view: View
  back: string | undefined
  identifier?: string
  signedOut?: boolean
  problems?: Problems
}) => (
  <Page view={props.view} title={texts.signIn.title} heading={null} problems={props.problems}>
    <div class="acces">
      <Roof labelledBy="t-connexion">
        <div class="pile-s">
          <h1 id="t-connexion" class="moyen">
            {texts.signIn.title}
          </h1>
          <ErrorSummary problems={props.problems} />
          {props.signedOut && (
            <Notice kind="success" title={texts.signIn.signedOut} live>
              <span class="petit">{texts.signIn.signedOutText}</span>
            </Notice>
          )}
          {props.back !== undefined && !props.problems && (
            <Notice kind="info" title={texts.signIn.comeBack}>
              <span class="petit">{texts.signIn.comeBackText}</span>
            </Notice>
          )}
          <SignInForm {...props} />
        </div>
      </Roof>
      <Introduction />
    </div>
  </Page>
)

const SignInForm = (props: {
  view: View
  back: string | undefined
  identifier?: string
  problems?: Problems
}) => (
  <form class="formulaire" method="post" action={paths.signIn} noValidate>
    <FormToken view={props.view} />
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
    <ul class="sans-puces">
      <li>
        <a href={paths.forgotten}>{texts.signIn.forgotten}</a>
      </li>
      <li>
        <a href={paths.activationRequest}>{texts.signIn.first}</a>
      </li>
    </ul>
  </form>
)

const Introduction = () => (
  <section class="presentation" aria-labelledby="t-portail">
    <h2 id="t-portail" class="titre">
      {texts.home.online}
    </h2>
    {texts.home.introduction.map((paragraph) => (
      <p>{paragraph}</p>
    ))}
    <ul class="liste">
      <li>
        <Icon name="mobile" />
        <span>
          {texts.home.mobile} {texts.home.mobileLead}
        </span>
      </li>
      <li>
        <Icon name="shield" />
        <span>{texts.home.points.safe}</span>
      </li>
      <li>
        <Icon name="invoice" />
        <span>{texts.home.points.invoices}</span>
      </li>
    </ul>
    <Courtyard />
  </section>
)
