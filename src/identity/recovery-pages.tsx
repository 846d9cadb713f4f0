import { Choices, Field, PasswordField } from '../web/fields.tsx'
import type { Form, Problems } from '../web/form.ts'
import { field } from '../web/form.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, ErrorSummary, FormToken, LinkButton, Notice, SubmitButton } from '../web/ui.tsx'
import { texts } from './texts.ts'

const NO_FORM: Form = new Map()

/** Three ways to say who one is; without JavaScript every field shows, and the radio decides. */
export const RecoveryPage = (props: { view: View; form?: Form; problems?: Problems }) => {
  const form = props.form ?? NO_FORM
  const { recovery } = texts
  const common = { problems: props.problems }
  return (
    <Page view={props.view} title={recovery.title} lede={recovery.lede} problems={props.problems}>
      <div class="etroit">
        <ErrorSummary problems={props.problems} />
        <Card>
          <form class="formulaire" method="post" action={paths.forgotten} noValidate>
            <FormToken view={props.view} />
            <Choices
              name="moyen"
              label={recovery.by}
              value={field(form, 'moyen') || 'identifiant'}
              choices={[
                { value: 'identifiant', label: recovery.byIdentifier },
                { value: 'courriel', label: recovery.byEmail },
                { value: 'facture', label: recovery.byInvoice },
              ]}
              {...common}
            />
            <div data-if="moyen=identifiant">
              <Field
                name="identifiant"
                label={recovery.identifier}
                autocomplete="username"
                {...kept(form, 'identifiant')}
                {...common}
              />
            </div>
            <div data-if="moyen=courriel">
              <Field
                name="courriel"
                label={recovery.email}
                autocomplete="email"
                inputmode="email"
                {...kept(form, 'courriel')}
                {...common}
              />
            </div>
            <div class="formulaire" data-if="moyen=facture">
              <Field
                name="facture"
                label={recovery.invoice}
                hint={recovery.invoiceHint}
                size={14}
                autocomplete="off"
                {...kept(form, 'facture')}
                {...common}
              />
              <Field
                name="code-postal"
                label={recovery.postalCode}
                size={7}
                inputmode="numeric"
                autocomplete="postal-code"
                {...kept(form, 'code-postal')}
                {...common}
              />
            </div>
            <SubmitButton>{recovery.submit}</SubmitButton>
          </form>
        </Card>
        <Moved />
      </div>
    </Page>
  )
}

const kept = (form: Form, name: string) => ({ value: field(form, name) })

/** The one answer to every demand. */
export const SentPage = ({ view }: { view: View }) => (
  <Page view={view} title={texts.recovery.sentTitle}>
    <div class="etroit pile">
      <Notice kind="info" title={texts.recovery.sent} live>
        <span>{texts.recovery.sentNext}</span>
      </Notice>
      <div class="actions">
        <LinkButton href={paths.signIn}>{texts.signIn.submit}</LinkButton>
        <LinkButton href={paths.forgotten} look="link">
          {texts.recovery.again}
        </LinkButton>
      </div>
      <Moved />
    </div>
  </Page>
)

const Moved = () => (
  <p class="espace etiq">
    <strong>{texts.recovery.moved}</strong> {texts.recovery.movedText}{' '}
    <a href={`${paths.help}#contact`}>{texts.contact}</a>
  </p>
)

/** A new password, with what it must be, and in words how strong it is. */
export const NewPasswordField = ({
  problems,
  label,
}: {
  problems?: Problems | undefined
  label?: string
}) => (
  <div>
    <PasswordField
      name="nouveau"
      label={label ?? texts.password.label}
      hint={texts.password.hint}
      autocomplete="new-password"
      problems={problems}
    />
    <p
      class="aide force"
      role="status"
      data-strength="nouveau"
      data-strength-words={JSON.stringify(texts.password.strength)}
    />
  </div>
)

/** The page of a reset link. `identifier` helps password managers to keep both together. */
export const ResetPage = (props: { view: View; action: string; identifier: string; problems?: Problems }) => (
  <Page view={props.view} title={texts.reset.title} problems={props.problems}>
    <div class="etroit">
      <ErrorSummary problems={props.problems} />
      <Card>
        <form class="formulaire" method="post" action={props.action} noValidate>
          <FormToken view={props.view} />
          <p>
            {texts.activation.identifier} <strong>{props.identifier}</strong>
          </p>
          <input type="hidden" name="identifiant" autocomplete="username" value={props.identifier} />
          <NewPasswordField problems={props.problems} />
          <SubmitButton>{texts.password.save}</SubmitButton>
        </form>
      </Card>
    </div>
  </Page>
)

/** A link that opens nothing any more: says why, and what to do. */
export const ClosedLinkPage = (props: {
  view: View
  reason: string
  /** Where to ask for another link; undefined: signing in is what remains. */
  again?: string
  /** Set when asking is a post to the link's own address. */
  renew?: string
}) => (
  <Page view={props.view} title={texts.reset.closedTitle}>
    <div class="etroit pile">
      <Notice kind="warning" title={props.reason} />
      {props.renew !== undefined && (
        <form method="post" action={props.renew}>
          <FormToken view={props.view} />
          <input type="hidden" name="etape" value="renouveler" />
          <SubmitButton>{texts.reset.again}</SubmitButton>
        </form>
      )}
      <div class="actions">
        {props.again !== undefined && <LinkButton href={props.again}>{texts.reset.again}</LinkButton>}
        <LinkButton href={paths.signIn} look={(props.again ?? props.renew) ? 'secondary' : 'primary'}>
          {texts.reset.signIn}
        </LinkButton>
      </div>
    </div>
  </Page>
)
