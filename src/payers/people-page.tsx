import type { FamilyHeader } from '../households/file-store.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatDay, formatInstantDay } from '../kernel/french.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, FormToken, LinkButton, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import { ChildrenCard } from './children-card.tsx'
import { GuestFields } from './guest-fields.tsx'
import { invitationState, nameOf } from './invitation.ts'
import { mergeTexts } from './merge-texts.ts'
import type { PayersProps } from './payers-view.ts'
import type { Member } from './people-store.ts'
import { texts } from './texts.ts'

const words = texts.office

/** Who opens the file and pays, who is invited, and what it shares with other payers' files. */
export const PayersPage = (props: PayersProps) => {
  const { view, family } = props
  return (
    <OfficePage
      view={view}
      title={words.title}
      heading={`${words.title} – ${texts.family(family.name)}`}
      crumb={<a href={paths.office.family(family.id)}>{texts.family(family.name)}</a>}
      lede={words.lede}
      current="search"
      problems={props.problems}
    >
      <div class="pile">
        {props.saved && <Notice kind="success" title={words.saved[props.saved]} live />}
        <div class="payeurs">
          <div class="pile-s">
            <Members {...props} />
            {props.invitations.length > 0 && <Invitations {...props} />}
            <Invite {...props} />
          </div>
          <div class="pile-s">
            <ChildrenCard {...props} />
            {props.mayShare && (
              <Card id="separer" title={words.separate} class="petite">
                <p>{words.separateText}</p>
                <LinkButton href={paths.office.separate(family.id)} look="secondary" small>
                  {words.separate}
                </LinkButton>
              </Card>
            )}
            {props.mayMerge && <Merges {...props} />}
          </div>
        </div>
      </div>
    </OfficePage>
  )
}

const accessOf = ({ identifier, activatedAt }: Member): string => {
  if (identifier === null) return words.noAccess
  return activatedAt === null ? words.waiting : words.active(formatInstantDay(activatedAt))
}

const Members = ({ view, family, members }: PayersProps) => (
  <Card id="responsables" title={words.members} class="petite">
    <ul class="personnes">
      {members.map((member) => (
        <li>
          <p>
            <b>{nameOf(member)}</b>{' '}
            <StateTag kind={member.role === 'payer' ? 'ok' : 'neutral'}>{texts.roles[member.role]}</StateTag>
          </p>
          {member.email !== null && <p class="longue">{member.email}</p>}
          <p class="etiq">
            {[accessOf(member), member.identifier && words.identifier(member.identifier)]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {member.besides !== null && <p class="etiq">{words.besides(member.besides)}</p>}
          <MemberForm view={view} family={family} member={member} />
        </li>
      ))}
    </ul>
  </Card>
)

const MemberForm = (props: { view: View; family: FamilyHeader; member: Member }) => {
  const { id, role } = props.member
  const other = role === 'payer' ? 'reader' : 'payer'
  return (
    <form class="gestes" method="post" action={paths.office.payers(props.family.id)}>
      <FormToken view={props.view} />
      <input type="hidden" name="responsable" value={id} />
      <input type="hidden" name="droits-vus" value={role} />
      <input type="hidden" name="droits" value={other} />
      <Button look="secondary" small name="geste" value="droits">
        {words.change[other]}
        <span class="vh">{words.changeWho(nameOf(props.member))}</span>
      </Button>
      {props.member.besides !== null && (
        <Button look="link" small name="geste" value="retirer-acces">
          {words.removeAccess}
          <span class="vh">{words.removeAccessWho(nameOf(props.member))}</span>
        </Button>
      )}
    </form>
  )
}

const TAGS = { open: 'pending', expired: 'neutral', blocked: 'danger' } as const

const Invitations = ({ view, family, invitations, now }: PayersProps) => (
  <Card id="invitations" title={words.invitations} class="petite">
    <ul class="personnes">
      {invitations.map((one) => {
        const state = invitationState(one, now)
        const shown = state === 'open' || state === 'blocked' ? state : 'expired'
        const about = <span class="vh">{words.aboutWho(nameOf(one))}</span>
        return (
          <li>
            <p>
              <b>{nameOf(one)}</b> · {texts.roles[one.role]}{' '}
              <StateTag kind={TAGS[shown]}>{words.states[shown]}</StateTag>
            </p>
            <p class="longue">{one.email === null ? words.byPaper : words.byMail(one.email)}</p>
            <p class="etiq">
              {words.invitedBy(one.invitedBy, formatInstantDay(one.invitedAt))}
              {shown === 'open' && ` · ${words.until(formatInstantDay(one.expiresAt))}`}
            </p>
            <form class="gestes" method="post" action={paths.office.payers(family.id)}>
              <FormToken view={view} />
              <input type="hidden" name="invitation" value={one.id} />
              {shown === 'open' && (
                <LinkButton
                  href={paths.office.invitationLetter(one.id)}
                  look="secondary"
                  small
                  icon="download"
                >
                  {words.print}
                  {about}
                </LinkButton>
              )}
              <Button look="secondary" small name="geste" value="renouveler">
                {words.renew}
                {about}
              </Button>
              <Button look="link" small name="geste" value="retirer">
                {words.withdraw}
                {about}
              </Button>
            </form>
          </li>
        )
      })}
    </ul>
  </Card>
)

const Invite = ({ view, family, form, problems }: PayersProps) => (
  <Card id="inviter" title={words.invite} class="petite">
    <p class="etiq">{words.inviteHint}</p>
    <form class="formulaire" method="post" action={paths.office.payers(family.id)} noValidate>
      <FormToken view={view} />
      <input type="hidden" name="geste" value="inviter" />
      <GuestFields form={form} problems={problems} emailHint={words.emailHint} isOptional />
      <SubmitButton icon="send">{words.send}</SubmitButton>
    </form>
  </Card>
)

const Merges = ({ family, merges }: PayersProps) => (
  <Card id="fusion" title={words.merge} class="petite">
    <p>{words.mergeText}</p>
    <LinkButton href={paths.office.merge(family.id)} look="secondary" small>
      {words.merge}
    </LinkButton>
    {merges.length > 0 && (
      <>
        <h3 class="etiq espace">{words.mergedFiles}</h3>
        <ul class="simple">
          {merges.map((one) => (
            <li>
              {words.mergedFile(one.closedName, formatDay(parisDay(one.mergedAt)), one.mergedBy)}{' '}
              <a href={paths.office.undoMerge(one.id)}>{mergeTexts.see}</a>
            </li>
          ))}
        </ul>
      </>
    )}
  </Card>
)
