// The shell around every page of staff: menu at the left, search and person at the top.
import type { ComponentChildren } from 'preact'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { rightsTexts } from '../staff/rights-texts.ts'
import { may } from '../staff/rights.ts'
import type { Problems } from './form.ts'
import { OFFICE_MENU, type OfficeSection } from './office-menu.ts'
import { officeTexts } from './office-texts.ts'
import { paths } from './paths.ts'
import type { View, Waiting } from './request.ts'
import { Brand, Head, SessionDialog, ThemeForm } from './shell.tsx'
import { texts } from './texts.ts'
import { ErrorSummary, FormToken, Icon } from './ui.tsx'

export type OfficePageProps = {
  readonly view: View
  /** The specific part of `<title>`; the h1 too, unless `heading` is given. */
  readonly title: string
  readonly heading?: string
  /** One line above the h1: where this stands, as of when. */
  readonly crumb?: ComponentChildren
  /** One line under the h1. */
  readonly lede?: ComponentChildren
  /** Buttons and links beside the h1. */
  readonly actions?: ComponentChildren
  readonly current?: OfficeSection
  /** What was searched for, in the box at the top. */
  readonly query?: string
  /** Problems of the page's form: listed first, and the title then begins with « Erreur : ». */
  readonly problems?: Problems | undefined
  readonly children?: ComponentChildren
}

/** A page for a signed-in member of staff. */
export const OfficePage = (props: OfficePageProps) => {
  const { view, current } = props
  const { staff } = view
  const place = staff?.places.length === 1 ? (staff.places[0] ?? '') : (staff?.organisationName ?? '')
  return (
    <Document view={view} title={props.title} problems={props.problems}>
      <div class="appli">
        <aside class="cote" aria-label={officeTexts.side}>
          <a class="marque" href={paths.office.home}>
            <Brand tagline={officeTexts.tagline(place)} />
          </a>
          {staff && (
            <nav aria-label={officeTexts.navigation}>
              <Menu staff={staff} current={current} waiting={view.waiting ?? {}} />
            </nav>
          )}
          <div class="pied-cote">
            <SignOut view={view} />
            <ThemeForm view={view} action={paths.office.theme} />
          </div>
        </aside>
        <div class="plan">
          <header class="haut">
            <details class="menu outil">
              <summary>
                <Icon name="menu" />
                {officeTexts.menuButton}
              </summary>
              <nav aria-label={officeTexts.navigation}>
                {staff && <Menu staff={staff} current={current} waiting={view.waiting ?? {}} />}
                <SignOut view={view} />
                <ThemeForm view={view} action={paths.office.theme} />
              </nav>
            </details>
            {staff && may(staff.grants, 'family.read', 'anywhere') && <SearchBox query={props.query ?? ''} />}
            {staff && <Who staff={staff} />}
          </header>
          <main id="contenu" tabIndex={-1}>
            <div class="large2">
              <div class="entete">
                <div>
                  {props.crumb !== undefined && <p class="fil">{props.crumb}</p>}
                  <h1>{props.heading ?? props.title}</h1>
                  {props.lede !== undefined && <p class="etiq">{props.lede}</p>}
                </div>
                {props.actions !== undefined && <div class="gestes-page">{props.actions}</div>}
              </div>
              <ErrorSummary problems={props.problems} />
              {props.children}
            </div>
          </main>
        </div>
      </div>
      <SessionDialog view={view} stay={paths.office.keepSession} leave={paths.office.signOut} />
    </Document>
  )
}

/** A page of staff before anybody is signed in: one card, no menu. */
export const OfficeGate = (props: OfficePageProps) => (
  <Document view={props.view} title={props.title} problems={props.problems}>
    <header class="tete">
      <div class="large">
        <a class="marque" href={paths.office.home}>
          <Brand tagline={officeTexts.tagline('')} />
        </a>
      </div>
    </header>
    <main id="contenu" tabIndex={-1}>
      <div class="large porte">
        <h1>{props.heading ?? props.title}</h1>
        {props.lede !== undefined && <p class="etiq">{props.lede}</p>}
        <ErrorSummary problems={props.problems} />
        {props.children}
        <ThemeForm view={props.view} action={paths.office.theme} />
      </div>
    </main>
    {props.view.staff && (
      <SessionDialog view={props.view} stay={paths.office.keepSession} leave={paths.office.signOut} />
    )}
  </Document>
)

const Document = (props: {
  view: View
  title: string
  problems?: Problems | undefined
  children?: ComponentChildren
}) => {
  const { view } = props
  const title = officeTexts.pageTitle(props.title)
  const failed = props.problems !== undefined && props.problems.length > 0
  return (
    <html lang="fr" data-theme={view.theme}>
      <Head
        title={failed ? texts.errorTitle(title) : title}
        theme={view.theme}
        style="gestion.css"
        script="gestion.js"
      />
      <body class="gestion" data-session={view.staff && String(view.sessionSeconds)}>
        <a class="evite" href="#contenu">
          {texts.skip}
        </a>
        {view.testBand !== undefined && (
          <aside class="bande" aria-label={texts.band}>
            <p class="large">{view.testBand}</p>
          </aside>
        )}
        {props.children}
      </body>
    </html>
  )
}

/** What their rights open, and nothing else: an entry that would be refused is not shown. */
const Menu = (props: { staff: StaffActor; current: OfficeSection | undefined; waiting: Waiting }) => (
  <>
    {OFFICE_MENU.map(({ group, entries }) => {
      const open = entries.filter(({ right, whole }) =>
        may(props.staff.grants, right, whole ? 'organisation' : 'anywhere'),
      )
      return (
        open.length > 0 && (
          <>
            {group !== undefined && <p>{officeTexts.groups[group]}</p>}
            {open.map(({ section, href, icon }) => (
              <a href={href} aria-current={section === props.current ? 'page' : undefined}>
                <Icon name={icon} />
                <span>{officeTexts.menu[section]}</span>
                <Badge count={props.waiting[section] ?? 0} />
              </a>
            ))}
          </>
        )
      )
    })}
  </>
)

const Badge = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <b class="pastille">
      {officeTexts.badge(count)}
      <span class="vh"> {officeTexts.badgeWords}</span>
    </b>
  )

/** Goes to the search page; static/gestion.js adds suggestions and Ctrl K. */
const SearchBox = ({ query }: { query: string }) => (
  <form class="cherche" role="search" method="get" action={paths.office.search}>
    <Icon name="search" />
    <label class="vh" for="q">
      {officeTexts.search}
    </label>
    <input
      id="q"
      name="q"
      type="search"
      value={query}
      placeholder={officeTexts.searchHint}
      maxLength={100}
      autocomplete="off"
      data-suggest={paths.office.suggestions}
      data-suggest-name={officeTexts.suggestions}
      data-suggest-wait={officeTexts.searching}
      data-pay={paths.office.desk}
    />
    <kbd aria-hidden="true">{officeTexts.shortcut}</kbd>
  </form>
)

const Who = ({ staff }: { staff: StaffActor }) => {
  const roles = [...new Set(staff.grants.map(({ role }) => rightsTexts.roles[role]))]
  return (
    <a class="compte" href={paths.office.access}>
      <b>{staffName(staff)}</b>
      <span>
        {[roles.join(', ') || officeTexts.noRole, staff.places.join(', ')].filter(Boolean).join(' · ')}
      </span>
    </a>
  )
}

const SignOut = ({ view }: { view: View }) => (
  <form method="post" action={paths.office.signOut}>
    <FormToken view={view} />
    <button class="lien" type="submit">
      <Icon name="leave" />
      {officeTexts.signOut}
    </button>
  </form>
)
