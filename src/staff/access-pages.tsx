import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficeGate, OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import { QrCode } from '../web/qr-code.tsx'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, LinkButton, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import { type StaffActor, staffName } from './actor.ts'
import type { Member } from './member-store.ts'
import { PasskeysCard } from './passkey-parts.tsx'
import type { Passkey } from './passkey-store.ts'
import { rightsTexts } from './rights-texts.ts'
import { texts } from './texts.ts'

const said = texts.access

/** « Mon accès »: who I am here, my roles, my authenticator. */
export const AccessPage = (props: {
  view: View
  actor: StaffActor
  member: Member
  passkeys: readonly Passkey[]
  demo: boolean
}) => {
  const { actor, member } = props
  const roles = actor.grants.map(({ role }) => rightsTexts.roles[role])
  return (
    <OfficePage view={props.view} title={said.title}>
      <div class="blocs">
        <Card id="qui" title={said.who} class="petite">
          <Details
            items={[
              [said.name, staffName(member)],
              [said.identifier, member.identifier],
              [said.email, member.email],
              [said.organisation, actor.organisationName],
              [
                said.roles,
                roles.length === 0
                  ? said.noRole
                  : `${[...new Set(roles)].join(', ')} · ${actor.places.join(', ')}`,
              ],
            ]}
          />
        </Card>
        <Card id="deux-etapes" title={said.authenticator} class="petite">
          <div class="pile-s">
            <StateTag kind={actor.hasAuthenticator ? 'ok' : 'due'}>
              {actor.hasAuthenticator ? said.on : said.off}
            </StateTag>
            {props.demo && <p class="etiq">{said.offDemo}</p>}
            <p>
              <LinkButton href={paths.office.authenticator} look="secondary" small icon="mobile">
                {actor.hasAuthenticator ? said.replace : said.setUp}
              </LinkButton>
            </p>
          </div>
        </Card>
        <PasskeysCard view={props.view} passkeys={props.passkeys} />
        <Card id="mot-de-passe" title={said.passwordTitle} class="petite">
          <p>{said.password}</p>
          <p>
            <a href={paths.office.forgotten}>{said.passwordLink}</a>
          </p>
        </Card>
      </div>
    </OfficePage>
  )
}

/** The QR code, the key in clear, and the field for a first code. `sealed` carries the key back. */
export const AuthenticatorPage = (props: {
  view: View
  secret: string
  uri: string
  sealed: string
  required: boolean
  problems?: Problems
}) => {
  const words = texts.authenticator
  return (
    <OfficeGate
      view={props.view}
      title={words.title}
      lede={props.required ? words.required : undefined}
      problems={props.problems}
    >
      <Card>
        <ol class="etapes">
          <li>{words.steps[0]}</li>
          <li>
            {words.steps[1]}
            <QrCode text={props.uri} label={words.qr} />
            <p>
              {words.secret} <code class="cle">{props.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
            </p>
          </li>
          <li>
            {words.steps[2]}
            <form class="formulaire" method="post" action={paths.office.authenticator} noValidate>
              <FormToken view={props.view} />
              <input type="hidden" name="cle" value={props.sealed} />
              <Field
                name="code"
                label={words.label}
                autocomplete="one-time-code"
                inputmode="numeric"
                size={8}
                maxlength={8}
                problems={props.problems}
              />
              <SubmitButton>{words.submit}</SubmitButton>
            </form>
          </li>
        </ol>
      </Card>
    </OfficeGate>
  )
}

/** The recovery codes, shown once. */
export const RecoveryCodesPage = ({ view, codes }: { view: View; codes: readonly string[] }) => {
  const words = texts.authenticator
  return (
    <OfficeGate view={view} title={words.doneTitle}>
      <Notice kind="success" title={words.doneTitle} live>
        <span>{words.done}</span>
      </Notice>
      <Card id="codes" title={words.codesTitle}>
        <div class="pile-s">
          <p>{words.codes}</p>
          <ul class="codes">
            {codes.map((code) => (
              <li>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <div class="actions">
            <LinkButton href={paths.office.home}>{words.goOn}</LinkButton>
            <button class="b b-2" type="button" data-print hidden>
              {words.print}
            </button>
          </div>
        </div>
      </Card>
    </OfficeGate>
  )
}
