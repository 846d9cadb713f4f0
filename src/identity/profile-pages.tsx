import type { ComponentChildren } from 'preact'
import { parisDay } from '../kernel/dates.ts'
import { formatDay, formatTime } from '../kernel/french.ts'
import { Page } from '../web/layout.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, LinkButton, Notice } from '../web/ui.tsx'
import type { Login } from './login.ts'
import { formatMobile } from './names.ts'
import type { ChangeRequest } from './change-request.ts'
import type { Household, VisibleNote } from './profile-store.ts'
import { profileTexts as texts } from './profile-texts.ts'
import { RequestList } from './request-list.tsx'
import type { OpenSession } from './store.ts'

export type Saved = keyof typeof texts.saved

/** « Mon profil »: read-only blocks, each with its « Modifier ». */
export const ProfilePage = (props: {
  view: View
  login: Login
  role: 'payer' | 'reader'
  household: Household
  requests: readonly ChangeRequest[]
  notes: readonly VisibleNote[]
  sessions: readonly OpenSession[]
  saved: Saved | undefined
}) => (
  <Page view={props.view} title={texts.title} lede={texts.lede} current="profile">
    <div class="pile">
      {props.saved && <Notice kind="success" title={texts.saved[props.saved]} live />}
      <div class="blocs">
        <ContactBlocks login={props.login} role={props.role} />
        <FamilyBlocks household={props.household} />
        <RequestList view={props.view} requests={props.requests} />
        <ServiceNotes notes={props.notes} />
        <SessionBlock view={props.view} sessions={props.sessions} />
      </div>
    </div>
  </Page>
)

const Block = (props: { id: string; title: string; change?: string; children?: ComponentChildren }) => (
  <Card id={props.id} title={props.title} class="petite">
    {props.children}
    {props.change !== undefined && (
      <p class="bas">
        <a class="b b-2 b-s" href={props.change} aria-label={texts.changeWhat(props.title)}>
          {texts.change}
        </a>
      </p>
    )}
  </Card>
)

const ContactBlocks = ({ login, role }: { login: Login; role: 'payer' | 'reader' }) => (
  <>
    <Card id="acces" title={texts.account} class="petite">
      <Details
        items={[
          [texts.name, `${login.firstName} ${login.lastName}`.trim()],
          [texts.identifier, login.identifier],
          [texts.role, texts.roles[role]],
          [texts.password, texts.passwordShown],
        ]}
      />
      <p class="bas">
        <a class="b b-2 b-s" href={paths.profilePassword}>
          {texts.changePassword}
        </a>{' '}
        <a class="b b-3" href={paths.profileName}>
          {texts.askName}
        </a>
      </p>
    </Card>
    <Block id="courriel" title={texts.email} change={paths.profileEmail}>
      <p class="longue">{login.email ?? texts.none}</p>
    </Block>
    <Block id="mobile" title={texts.mobile} change={paths.profileMobile}>
      <p>{login.mobile === undefined ? texts.none : formatMobile(login.mobile)}</p>
    </Block>
  </>
)

const FamilyBlocks = ({ household }: { household: Household }) => (
  <>
    <Block id="adresse" title={texts.address} change={paths.profileAddress}>
      <p>
        {household.address}
        <br />
        {household.postalCode} {household.city}
      </p>
    </Block>
    <Block id="telephone" title={texts.phone} change={paths.profilePhone}>
      <p>{household.phone === null ? texts.none : formatMobile(household.phone)}</p>
    </Block>
    <Card id="famille" title={texts.family} class="petite">
      <h3 class="etiq">{texts.adults}</h3>
      <ul class="simple">
        {household.adults.map((adult) => (
          <li>{adult.name}</li>
        ))}
      </ul>
      {household.children.length > 0 && (
        <>
          <h3 class="etiq">{texts.children}</h3>
          <ul class="simple">
            {household.children.map((child) => (
              <li>
                {nameOf(child)}
                {child.bornOn !== null && <small>{texts.bornOn(formatDay(child.bornOn))}</small>}{' '}
                <a href={paths.profileChild(child.id)} aria-label={texts.askChildWhat(nameOf(child))}>
                  {texts.askChild}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="etiq">{texts.familyNote}</p>
    </Card>
  </>
)

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim()

const ServiceNotes = ({ notes }: { notes: readonly VisibleNote[] }) =>
  notes.length === 0 ? null : (
    <Card id="messages" title={texts.notes} class="petite">
      <ul class="simple">
        {notes.map(({ said, writtenAt }) => (
          <li>
            {said}
            <small>{texts.noteOn(formatDay(parisDay(writtenAt)))}</small>
          </li>
        ))}
      </ul>
    </Card>
  )

const SessionBlock = (props: { view: View; sessions: readonly OpenSession[] }) => (
  <Card id="connexions" title={texts.sessions} class="petite">
    <ul class="sessions">
      {props.sessions.map((session) => (
        <li>
          <span>
            <strong>{session.device}</strong>
            {session.current && ` (${texts.thisDevice})`}
            <small class="etiq">
              {texts.seen(formatDay(parisDay(session.seenAt)), formatTime(session.seenAt))}
            </small>
          </span>
          {!session.current && (
            <form method="post" action={paths.profileSessions}>
              <FormToken view={props.view} />
              <input type="hidden" name="appareil" value={session.publicId} />
              <button class="b b-2 b-s" type="submit" aria-label={texts.disconnectWhat(session.device)}>
                {texts.disconnect}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    <p class="etiq">{texts.sessionsNote}</p>
  </Card>
)

/** The page of an e-mail's link, before the click that changes the address. */
export const ConfirmEmailPage = (props: { view: View; action: string; email: string }) => (
  <Page view={props.view} title={texts.confirmEmailTitle}>
    <div class="etroit">
      <Card>
        <form class="formulaire" method="post" action={props.action}>
          <FormToken view={props.view} />
          <p>
            {texts.confirmEmail} <strong class="longue">{props.email}</strong>
          </p>
          <button class="b b-1" type="submit">
            {texts.confirmEmailAction}
          </button>
        </form>
      </Card>
    </div>
  </Page>
)

export const EmailConfirmedPage = ({ view }: { view: View }) => (
  <Page view={view} title={texts.emailConfirmedTitle}>
    <div class="etroit pile">
      <Notice kind="success" title={texts.emailConfirmed} live />
      <div class="actions">
        <LinkButton href={view.actor ? paths.profile : paths.home}>
          {view.actor ? texts.toProfile : texts.toHome}
        </LinkButton>
      </div>
    </div>
  </Page>
)
