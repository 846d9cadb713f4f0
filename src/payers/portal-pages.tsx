import type { Form, Problems } from '../web/form.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import {
  Button,
  Card,
  ErrorSummary,
  FormToken,
  LinkButton,
  Notice,
  StateTag,
  SubmitButton,
} from '../web/ui.tsx'
import { GuestFields } from './guest-fields.tsx'
import type { Opened } from './people-store.ts'
import { portalTexts } from './portal-texts.ts'
import { texts } from './texts.ts'

const { dossier, invite } = portalTexts

/** The files that the person opens, one card each; the button changes what every page shows. */
export const DossierPage = ({ view, opened }: { view: View; opened: readonly Opened[] }) => (
  <Page view={view} title={dossier.title} lede={opened.length > 1 ? dossier.lede : dossier.one}>
    <div class="etroit pile">
      {opened.map((one) => (
        <Card id={`d-${one.adultId}`} title={texts.family(one.familyName)}>
          {one.children !== '' && <p>{one.children}</p>}
          <p class="etiq">
            {texts.roles[one.role]}, {texts.roleHints[one.role]}
          </p>
          {one.isCurrent ? (
            <p>
              <StateTag kind="ok">{dossier.current}</StateTag>
            </p>
          ) : (
            <form method="post" action={paths.dossier} class="espace">
              <FormToken view={view} />
              <input type="hidden" name="dossier" value={one.adultId} />
              <Button>
                {dossier.open}
                <span class="vh">{dossier.openWhat(one.familyName)}</span>
              </Button>
            </form>
          )}
        </Card>
      ))}
      <p>
        <a href={paths.home}>{dossier.backHome}</a>
      </p>
    </div>
  </Page>
)

/** A payer invites somebody into the file; separated parents are told of the other way. */
export const InvitePage = (props: { view: View; form: Form; problems: Problems }) => (
  <Page
    view={props.view}
    title={invite.title}
    lede={invite.lede}
    current="profile"
    problems={props.problems.length > 0 ? props.problems : undefined}
  >
    <div class="etroit pile">
      <ErrorSummary problems={props.problems} />
      <Notice kind="info">{invite.separated}</Notice>
      <Card>
        <form class="formulaire" method="post" action={paths.profileInvite} noValidate>
          <FormToken view={props.view} />
          <GuestFields form={props.form} problems={props.problems} />
          <p class="etiq">{invite.note}</p>
          <div class="actions">
            <SubmitButton>{invite.submit}</SubmitButton>
            <LinkButton href={paths.profile} look="link">
              {invite.cancel}
            </LinkButton>
          </div>
        </form>
      </Card>
    </div>
  </Page>
)
