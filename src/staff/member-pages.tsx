import type { ComponentChildren } from 'preact'
import { Field, Select } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, FormToken, LinkButton, SubmitButton } from '../web/ui.tsx'
import { staffName } from './actor.ts'
import { rightsTexts } from './rights-texts.ts'
import { ROLES } from './rights.ts'
import { stateOf } from './team-pages.tsx'
import type { TeamMember } from './team-store.ts'
import { teamTexts as words } from './team-texts.ts'

/** Where a role may hold: « u:… » a billing unit, « e:… » an establishment, « » the whole. */
export type PlaceOption = readonly [value: string, label: string]

const RoleFields = (props: {
  form: Form
  places: readonly PlaceOption[]
  problems?: Problems | undefined
}) => (
  <>
    <Select
      name="role"
      label={words.role}
      value={field(props.form, 'role')}
      options={[
        ['', '\u2013'],
        ...ROLES.map(
          (role) => [role, `${rightsTexts.roles[role]}\u00A0: ${rightsTexts.roleHints[role]}`] as const,
        ),
      ]}
      problems={props.problems}
    />
    <Select
      name="lieu"
      label={words.place}
      value={field(props.form, 'lieu')}
      options={props.places}
      problems={props.problems}
    />
  </>
)

export const InvitePage = (props: {
  view: View
  form: Form
  places: readonly PlaceOption[]
  problems?: Problems
}) => (
  <OfficePage
    view={props.view}
    title={words.inviteTitle}
    lede={words.inviteLede}
    crumb={<a href={paths.office.team}>{words.title}</a>}
    current="team"
    problems={props.problems}
  >
    <Card class="etroit">
      <form class="formulaire" method="post" action={paths.office.invite} noValidate>
        <FormToken view={props.view} />
        <Text {...props} name="prenom" label={words.firstName} />
        <Text {...props} name="nom" label={words.lastName} />
        <Text {...props} name="courriel" label={words.email} hint={words.emailHint} />
        <RoleFields {...props} />
        <SubmitButton icon="send">{words.send}</SubmitButton>
      </form>
    </Card>
  </OfficePage>
)

const Text = (props: { form: Form; problems?: Problems; name: string; label: string; hint?: string }) => (
  <Field
    name={props.name}
    label={props.label}
    hint={props.hint}
    value={field(props.form, props.name)}
    autocomplete="off"
    maxlength={254}
    {...(props.name === 'courriel' ? { inputmode: 'email' as const } : {})}
    problems={props.problems}
  />
)

/** One member: roles, and what may be done with their access. */
export const MemberPage = (props: {
  view: View
  member: TeamMember
  places: readonly PlaceOption[]
  form: Form
  problems?: Problems
}) => {
  const { view, member } = props
  const isSelf = member.id === view.staff?.staffId
  return (
    <OfficePage
      view={view}
      title={words.title}
      heading={staffName(member)}
      crumb={<a href={paths.office.team}>{words.title}</a>}
      lede={`${member.identifier} · ${words.states[stateOf(member)]}`}
      current="team"
      problems={props.problems}
      actions={
        <LinkButton
          href={`${paths.office.journal}?personne=${member.id}`}
          look="secondary"
          small
          icon="journal"
        >
          {words.journal}
        </LinkButton>
      }
    >
      <div class="blocs">
        <Card id="roles" title={words.rolesHead} class="petite">
          {member.roles.length === 0 && <p>{words.noRole}</p>}
          <ul class="sans-puces roles">
            {member.roles.map(({ id, role, place }) => (
              <li>
                <span>
                  <strong>{rightsTexts.roles[role]}</strong> · {place ?? words.whole}
                </span>
                <Act
                  view={view}
                  id={member.id}
                  act="retirer"
                  more={<input type="hidden" name="piece" value={id} />}
                >
                  {words.take}
                  <span class="vh"> {words.takeWhat(rightsTexts.roles[role], place ?? words.whole)}</span>
                </Act>
              </li>
            ))}
          </ul>
        </Card>
        <Card id="donner" title={words.giveTitle} class="petite">
          <form class="formulaire" method="post" action={paths.office.member(member.id)} noValidate>
            <FormToken view={view} />
            <input type="hidden" name="geste" value="donner" />
            <RoleFields {...props} />
            <SubmitButton look="secondary">{words.give}</SubmitButton>
          </form>
        </Card>
        <Card id="acces" title={words.actions} class="petite">
          <div class="pile-s">
            <Act view={view} id={member.id} act="lien" note={words.linkNote}>
              {words.link}
            </Act>
            {isSelf && <p class="etiq">{words.yourself}</p>}
            {!isSelf && member.hasAuthenticator && (
              <Act view={view} id={member.id} act="application" note={words.removeCodeNote}>
                {words.removeCode}
              </Act>
            )}
            {!isSelf &&
              (member.suspendedAt ? (
                <Act view={view} id={member.id} act="retablir">
                  {words.restore}
                </Act>
              ) : (
                <Act view={view} id={member.id} act="suspendre" note={words.suspendNote}>
                  {words.suspend}
                </Act>
              ))}
          </div>
        </Card>
      </div>
    </OfficePage>
  )
}

const Act = (props: {
  view: View
  id: string
  act: string
  note?: string
  more?: ComponentChildren
  children?: ComponentChildren
}) => (
  <form method="post" action={paths.office.member(props.id)}>
    <FormToken view={props.view} />
    <input type="hidden" name="geste" value={props.act} />
    {props.more}
    <Button look="secondary" small>
      {props.children}
    </Button>
    {props.note !== undefined && <p class="etiq">{props.note}</p>}
  </form>
)
