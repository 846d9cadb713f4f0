import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, ErrorSummary, FormToken, LinkButton, Notice, Stepper, SubmitButton } from '../web/ui.tsx'
import type { ComponentChildren } from 'preact'
import { NewPasswordField } from './recovery-pages.tsx'
import { texts } from './texts.ts'

const { activation } = texts

const Steps = (props: {
  view: View
  step: number
  title?: string
  lede?: string
  problems?: Problems | undefined
  children?: ComponentChildren
}) => (
  <Page
    view={props.view}
    title={`${props.title ?? activation.title} – ${activation.steps[props.step - 1] ?? ''}`}
    heading={null}
    problems={props.problems}
  >
    <div class="entree">
      <h1>{props.title ?? activation.title}</h1>
      {props.lede !== undefined && <p class="etiq">{props.lede}</p>}
      <Stepper current={props.step} steps={activation.steps} label={activation.stepsLabel} />
    </div>
    <div class="etroit">
      <ErrorSummary problems={props.problems} />
      {props.children}
    </div>
  </Page>
)

/** « Première connexion »: asks for a link. */
export const RequestPage = (props: { view: View; identifier?: string; problems?: Problems }) => (
  <Page view={props.view} title={activation.title} lede={activation.requestLede} problems={props.problems}>
    <div class="etroit">
      <ErrorSummary problems={props.problems} />
      <Card>
        <form class="formulaire" method="post" action={paths.activationRequest} noValidate>
          <FormToken view={props.view} />
          <Field
            name="identifiant"
            label={texts.signIn.identifier}
            hint={texts.signIn.identifierHint}
            value={props.identifier}
            autocomplete="username"
            inputmode="email"
            problems={props.problems}
          />
          <SubmitButton>{texts.recovery.submit}</SubmitButton>
        </form>
      </Card>
      <p class="espace">
        <a href={paths.forgotten}>{texts.recovery.byInvoice}</a>
      </p>
    </div>
  </Page>
)

/** Step 1: a name that only the family's own people connect with this message. */
export const WhoPage = (props: { view: View; action: string; problems?: Problems }) => (
  <Steps view={props.view} step={1} problems={props.problems}>
    <Card>
      <form class="formulaire" method="post" action={props.action} noValidate>
        <FormToken view={props.view} />
        <input type="hidden" name="etape" value="qui" />
        <Field
          name="nom"
          label={activation.who}
          hint={activation.whoHint}
          autocomplete="off"
          problems={props.problems}
        />
        <SubmitButton>{activation.check}</SubmitButton>
      </form>
    </Card>
  </Steps>
)

/** Step 2: `proof` says that step 1 was passed with this very link. */
export const PasswordPage = (props: {
  view: View
  action: string
  proof: string
  identifier: string
  problems?: Problems
}) => (
  <Steps view={props.view} step={2} problems={props.problems}>
    <Card>
      <form class="formulaire" method="post" action={props.action} noValidate>
        <FormToken view={props.view} />
        <input type="hidden" name="etape" value="mot-de-passe" />
        <input type="hidden" name="preuve" value={props.proof} />
        <input type="hidden" name="identifiant" autocomplete="username" value={props.identifier} />
        <p>
          {activation.identifier} <strong>{props.identifier}</strong>
        </p>
        <NewPasswordField problems={props.problems} />
        <SubmitButton>{texts.password.save}</SubmitButton>
      </form>
    </Card>
  </Steps>
)

/** Step 3, signed in: how the service reaches this adult. */
export const ContactPage = (props: { view: View; email: string; mobile: string; problems?: Problems }) => (
  <Steps view={props.view} step={3} lede={activation.contactLede} problems={props.problems}>
    <Card>
      <form class="formulaire" method="post" action={paths.activationContact} noValidate>
        <FormToken view={props.view} />
        <Field
          name="courriel"
          label={activation.email}
          hint={activation.emailHint}
          value={props.email}
          autocomplete="email"
          inputmode="email"
          problems={props.problems}
        />
        <Field
          name="mobile"
          label={activation.mobile}
          value={props.mobile}
          autocomplete="tel"
          inputmode="tel"
          optional
          problems={props.problems}
        />
        <SubmitButton>{activation.continue}</SubmitButton>
      </form>
    </Card>
  </Steps>
)

/** Step 4. */
export const DonePage = ({ view, pendingEmail }: { view: View; pendingEmail?: boolean }) => (
  <Steps view={view} step={4} title={activation.doneTitle}>
    <div class="pile">
      <Notice kind="success" title={activation.done} live>
        {pendingEmail && <span>{activation.confirmSent}</span>}
      </Notice>
      <div class="actions">
        <LinkButton href={paths.invoices}>{activation.toInvoices}</LinkButton>
      </div>
    </div>
  </Steps>
)
