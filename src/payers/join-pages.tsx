import { NewPasswordField } from '../identity/recovery-pages.tsx'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, ErrorSummary, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import { type Invitation, nameOf } from './invitation.ts'
import { portalTexts } from './portal-texts.ts'

const words = portalTexts.join

/** Names no family: only who knows a child of it goes on. */
export const WhoPage = (props: {
  view: View
  invitation: Invitation
  token: string
  problems?: Problems
}) => (
  <Page
    view={props.view}
    title={words.title}
    lede={words.lede(props.invitation.invitedBy)}
    problems={props.problems}
  >
    <div class="etroit">
      <ErrorSummary problems={props.problems} />
      <Card>
        <form class="formulaire" method="post" action={paths.joinFamily(props.token)} noValidate>
          <FormToken view={props.view} />
          <input type="hidden" name="etape" value="qui" />
          <Field
            name="prenom"
            label={words.who}
            hint={words.whoHint}
            maxlength={100}
            autocomplete="off"
            problems={props.problems}
          />
          <SubmitButton>{words.next}</SubmitButton>
        </form>
      </Card>
    </div>
  </Page>
)

/** With the account one is signed in with, or with a new password. */
export const JoinPage = (props: {
  view: View
  invitation: Invitation
  token: string
  proof: string
  identifier: string
  problems: Problems
}) => {
  const { view, invitation, token } = props
  const action = paths.joinFamily(token)
  const hidden = (step: string) => (
    <>
      <FormToken view={view} />
      <input type="hidden" name="etape" value={step} />
      <input type="hidden" name="preuve" value={props.proof} />
    </>
  )
  return (
    <Page
      view={view}
      title={words.title}
      lede={words.family(invitation.familyName)}
      problems={props.problems.length > 0 ? props.problems : undefined}
    >
      <div class="etroit pile">
        <ErrorSummary problems={props.problems} />
        <Notice kind="info">{words.asRole[invitation.role]}</Notice>
        {view.actor ? (
          <Card>
            <form class="formulaire" method="post" action={action}>
              {hidden('compte')}
              <p>{words.withLogin(nameOf(view.actor))}</p>
              <SubmitButton>{words.join}</SubmitButton>
              <p class="etiq">{words.notMe}</p>
            </form>
          </Card>
        ) : (
          <Card id="nouveau-compte" title={words.choose}>
            <form class="formulaire" method="post" action={action} noValidate>
              {hidden('mot-de-passe')}
              <input type="hidden" name="identifiant" autocomplete="username" value={props.identifier} />
              <NewPasswordField problems={props.problems} />
              <SubmitButton>{words.create}</SubmitButton>
            </form>
            <p class="espace">
              <a href={`${paths.signIn}?suite=${encodeURIComponent(action)}`}>{words.haveOne}</a>
            </p>
          </Card>
        )}
      </div>
    </Page>
  )
}
