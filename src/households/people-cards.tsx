// The side of a family's file: who they are, and what is still missing of a new one.
import type { Access } from '../families/access-store.ts'
import type { ListedChild, Quotient } from '../families/record-store.ts'
import { formatMobile } from '../identity/names.ts'
import type { Instant } from '../kernel/dates.ts'
import { formatDay, formatInstantDay } from '../kernel/french.ts'
import { paths } from '../web/paths.ts'
import { Card, Icon, LinkButton, StateTag } from '../web/ui.tsx'
import type { FamilyHeader } from './file-store.ts'
import { peopleTexts as words } from './people-texts.ts'

/** What is known of a family's people besides its money. */
export type People = {
  readonly phone: string
  readonly accesses: readonly Access[]
  readonly children: readonly ListedChild[]
  readonly quotients: readonly Quotient[]
  readonly hasInvoice: boolean
  readonly now: Instant
  readonly mayEdit: boolean
  readonly mayAccess: boolean
  readonly mayDraft: boolean
}

const Edit = (props: { href: string; what: string; label?: string }) => (
  <a class="b b-2 b-s" href={props.href} aria-label={words.editWhat(props.what)}>
    {props.label ?? words.edit}
  </a>
)

/** The state of an access, in words and with the sign of how it is. */
export const AccessState = ({ access }: { access: Access }) => {
  const { states } = words.access
  if (access.leftOn !== null) return <StateTag kind="neutral">{states.left}</StateTag>
  if (access.blockedAt !== null)
    return <StateTag kind="refused">{states.blocked(formatInstantDay(access.blockedAt))}</StateTag>
  if (access.loginId === null) return <StateTag kind="neutral">{states.none}</StateTag>
  if (access.activatedAt !== null)
    return <StateTag kind="ok">{states.active(formatInstantDay(access.activatedAt))}</StateTag>
  return <StateTag kind="pending">{waiting(access)}</StateTag>
}

/** The letter or the link, whichever is the later. */
function waiting({ letterPrintedAt: letter, linkSentAt: sent }: Access): string {
  const { states } = words.access
  if (letter !== null && (sent === null || sent <= letter)) return states.letter(formatInstantDay(letter))
  return sent === null ? states.waiting : states.sent(formatInstantDay(sent))
}

/** Under an adult's name: how far their access is, whether they left, and what may be done. */
export const AdultLine = (props: { familyId: FamilyHeader['id']; adultId: string; people: People }) => {
  const { people, familyId } = props
  const access = people.accesses.find(({ adultId }) => adultId === props.adultId)
  if (!access) return null
  return (
    <>
      <p class="drapeaux">
        {access.leftOn !== null && (
          <StateTag kind="neutral">{words.leaving.left(formatDay(access.leftOn))}</StateTag>
        )}
        {access.leftOn === null && <AccessState access={access} />}
      </p>
      <p class="gestes">
        {people.mayEdit && (
          <Edit href={paths.office.person('adult', familyId, access.adultId)} what={access.name} />
        )}
        {people.mayAccess && access.leftOn === null && (
          <a
            class="b b-2 b-s"
            href={paths.office.adultAccess(familyId, access.adultId)}
            aria-label={words.access.manageWhat(access.name)}
          >
            {words.access.manage}
          </a>
        )}
      </p>
    </>
  )
}

/** A link to add an adult, under the adults. */
export const AddPerson = (props: {
  familyId: FamilyHeader['id']
  kind: 'adult' | 'child'
  people: People
}) =>
  props.people.mayEdit ? (
    <p class="gestes">
      <LinkButton
        href={paths.office.person(props.kind, props.familyId, 'nouveau')}
        look="secondary"
        small
        icon="plus"
      >
        {words.add[props.kind]}
      </LinkButton>
    </p>
  ) : null

export const ChildrenCard = ({ family, people }: { family: FamilyHeader; people: People }) => (
  <Card id="enfants" title={words.children.title} class="petite">
    {people.children.length === 0 && <p>{words.children.none}</p>}
    <ul class="personnes">
      {people.children.map((child) => (
        <li>
          <p>
            <b>{child.name}</b>{' '}
            {child.bornOn !== null && (
              <span class="etiq">{words.children.born(formatDay(child.bornOn))}</span>
            )}
          </p>
          {child.establishments !== null && <p class="etiq">{child.establishments}</p>}
          {child.leftOn !== null && (
            <p>
              <StateTag kind="neutral">{words.leaving.left(formatDay(child.leftOn))}</StateTag>
            </p>
          )}
          {people.mayEdit && (
            <p class="gestes">
              <Edit href={paths.office.person('child', family.id, child.id)} what={child.name} />
            </p>
          )}
        </li>
      ))}
    </ul>
    <AddPerson familyId={family.id} kind="child" people={people} />
  </Card>
)

export const FamilyCard = ({ family, people }: { family: FamilyHeader; people: People }) => (
  <Card id="adresse" title={words.family.title} class="petite">
    <p>
      {family.address}
      <br />
      {family.postalCode} {family.city}
    </p>
    <p class={people.phone === '' ? 'etiq' : 'num'}>
      {people.phone === '' ? words.family.noPhone : formatMobile(people.phone)}
    </p>
    {people.mayEdit && (
      <p class="gestes">
        <Edit href={paths.office.editFamily(family.id)} what={words.family.title} />
      </p>
    )}
  </Card>
)

/** What a new family still lacks; nothing once it has had an invoice. */
export const Checklist = ({ family, people }: { family: FamilyHeader; people: People }) => {
  if (people.hasInvoice || !people.mayEdit) return null
  const adults = people.accesses.filter(({ leftOn }) => leftOn === null)
  const [first] = adults
  const children = people.children.filter(({ leftOn }) => leftOn === null)
  const given = (one: Access) =>
    one.activatedAt !== null || one.letterPrintedAt !== null || one.linkSentAt !== null
  const { checklist } = words
  const steps = [
    {
      done: adults.length > 0,
      label: checklist.adult,
      href: paths.office.person('adult', family.id, 'nouveau'),
    },
    {
      done: children.length > 0,
      label: checklist.child,
      href: paths.office.person('child', family.id, 'nouveau'),
    },
    {
      done: adults.some(given),
      label: checklist.access,
      href: first && people.mayAccess ? paths.office.adultAccess(family.id, first.adultId) : undefined,
    },
    {
      done: false,
      label: checklist.invoice,
      href:
        people.mayDraft && adults.length > 0 ? `${paths.office.newInvoice}?famille=${family.id}` : undefined,
    },
  ]
  return (
    <Card id="a-completer" title={checklist.title}>
      <ol class="etapes-famille">
        {steps.map(({ done, label, href }) => (
          <li class={done ? 'fait' : undefined}>
            <Icon name={done ? 'check' : 'dot'} />
            {done || href === undefined ? <span>{label}</span> : <a href={href}>{label}</a>}
            {done && <span class="etiq">{checklist.done}</span>}
          </li>
        ))}
      </ol>
    </Card>
  )
}
