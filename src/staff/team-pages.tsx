import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { LinkButton, Notice, StateTag } from '../web/ui.tsx'
import { staffName } from './actor.ts'
import { rightsTexts } from './rights-texts.ts'
import { holds, RIGHTS, ROLES } from './rights.ts'
import type { TeamMember } from './team-store.ts'
import { teamTexts as words } from './team-texts.ts'

/** Where a membership stands. */
export const stateOf = (member: TeamMember) =>
  member.suspendedAt ? 'suspended' : member.activatedAt ? 'active' : 'invited'
const STATE_KINDS = { suspended: 'refused', active: 'ok', invited: 'pending' } as const

const rolesOf = (member: TeamMember): string =>
  member.roles.map(({ role, place }) => `${rightsTexts.roles[role]} (${place ?? words.whole})`).join(', ') ||
  words.noRole

/** The members, and the table of rights. */
export const TeamPage = (props: {
  view: View
  team: readonly TeamMember[]
  saved: keyof typeof words.saved | undefined
}) => (
  <OfficePage
    view={props.view}
    title={words.title}
    lede={words.lede}
    current="team"
    actions={
      <LinkButton href={paths.office.invite} small icon="plus">
        {words.invite}
      </LinkButton>
    }
  >
    <div class="pile">
      {props.saved && <Notice kind="success" title={words.saved[props.saved]} live />}
      <div class="carte defile" role="region" aria-label={words.members} tabIndex={0}>
        <table class="tab">
          <caption>{words.members}</caption>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.rolesHead}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">
                <span class="vh">{words.open}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {props.team.map((member) => (
              <tr>
                <th scope="row">
                  {staffName(member)} {member.id === props.view.staff?.staffId && words.you}
                  <small>{member.identifier}</small>
                </th>
                <td>{rolesOf(member)}</td>
                <td>
                  <StateTag kind={STATE_KINDS[stateOf(member)]}>{words.states[stateOf(member)]}</StateTag>
                  <small>{member.hasAuthenticator ? words.withCode : words.withoutCode}</small>
                </td>
                <td class="d">
                  <a href={paths.office.member(member.id)}>
                    {words.open}
                    <span class="vh"> {staffName(member)}</span>
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RightsTable />
    </div>
  </OfficePage>
)

const RightsTable = () => (
  <div class="carte defile" role="region" aria-label={words.rights} tabIndex={0}>
    <table class="tab droits">
      <caption>{words.rights}</caption>
      <thead>
        <tr>
          <th scope="col">{words.right}</th>
          {ROLES.map((role) => (
            <th scope="col" class="c">
              {rightsTexts.roles[role]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {RIGHTS.map((right) => (
          <tr>
            <th scope="row">{rightsTexts.rights[right]}</th>
            {ROLES.map((role) => (
              <td class="c">{holds(role, right) ? words.yes : '\u2013'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
