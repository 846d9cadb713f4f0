import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficeGate } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import { texts } from './texts.ts'

const words = texts.forgotten

/** Asks for the identifier. */
export const ForgottenPage = (props: { view: View; identifier: string; problems?: Problems }) => (
  <OfficeGate view={props.view} title={words.title} lede={words.lede} problems={props.problems}>
    <Card>
      <form class="formulaire" method="post" action={paths.office.forgotten} noValidate>
        <FormToken view={props.view} />
        <Field
          name="identifiant"
          label={texts.signIn.identifier}
          hint={texts.signIn.identifierHint}
          value={props.identifier}
          autocomplete="username"
          inputmode="email"
          spellcheck={false}
          maxlength={254}
          problems={props.problems}
        />
        <SubmitButton wide>{words.submit}</SubmitButton>
      </form>
    </Card>
    <p>
      <a href={paths.office.signIn}>{words.back}</a>
    </p>
  </OfficeGate>
)

/** Says what was done, and nothing of who has an access. */
export const LinkSentPage = ({ view }: { view: View }) => (
  <OfficeGate view={view} title={words.sentTitle}>
    <Notice kind="success" title={words.sentTitle} live>
      <span>{words.sent}</span>
    </Notice>
    <Card>
      <p>{words.notSent}</p>
      <p>
        <a href={paths.office.forgotten}>{words.again}</a>
      </p>
    </Card>
    <p>
      <a href={paths.office.signIn}>{words.back}</a>
    </p>
  </OfficeGate>
)
