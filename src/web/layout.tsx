// The shell around every page: head, header, navigation, footer.
import type { ComponentChildren } from 'preact'
import type { Problems } from './form.ts'
import type { IconName } from './icons.ts'
import { paths } from './paths.ts'
import type { View } from './request.ts'
import { Brand, Head, SessionDialog, ThemeForm } from './shell.tsx'
import { staticPart } from './static-part.ts'
import { texts } from './texts.ts'
import { Button, FormToken, Icon, Stepper } from './ui.tsx'

type Section = 'home' | 'invoices' | 'account' | 'history' | 'profile' | 'help'

const SECTIONS: readonly { section: Section; href: string; icon: IconName }[] = [
  { section: 'home', href: paths.home, icon: 'home' },
  { section: 'invoices', href: paths.invoices, icon: 'invoice' },
  { section: 'account', href: paths.account, icon: 'account' },
  { section: 'history', href: paths.history, icon: 'history' },
  { section: 'profile', href: paths.profile, icon: 'profile' },
  { section: 'help', href: paths.help, icon: 'help' },
]

export type PageProps = {
  readonly view: View
  /** The specific part of `<title>`: no name, no balance (computers are shared). */
  readonly title: string
  /** The h1; the title unless given. `null`: the page writes its own h1. */
  readonly heading?: string | null
  /** One line under the h1. */
  readonly lede?: ComponentChildren
  readonly current?: Section
  /** Step of the payment, 1 to 4. */
  readonly step?: number
  /** Problems of the page's form: the title then begins with « Erreur : ». */
  readonly problems?: Problems | undefined
  /** Extra words on `<body>`, for instance `data-recheck`, see static/preau.js. */
  readonly hooks?: { readonly [name: `data-${string}`]: string | boolean }
  readonly children?: ComponentChildren
}

/** A whole HTML document; `render` adds the doctype. */
export const Page = (props: PageProps) => {
  const { view } = props
  const title = texts.pageTitle(props.title)
  const failed = props.problems !== undefined && props.problems.length > 0
  return (
    <html lang="fr" data-theme={view.theme}>
      <Head title={failed ? texts.errorTitle(title) : title} theme={view.theme} />
      <body data-session={view.actor && String(view.sessionSeconds)} {...props.hooks}>
        <a class="evite" href="#contenu">
          {texts.skip}
        </a>
        {view.testBand !== undefined && (
          <aside class="bande" aria-label={texts.band}>
            <p class="large">{view.testBand}</p>
          </aside>
        )}
        {isViewing(view) && <Viewing view={view} />}
        <Header view={view} current={props.current} />
        <main id="contenu" tabIndex={-1}>
          <div class="large">
            {props.heading !== null && (
              <div class="entree">
                <h1>{props.heading ?? props.title}</h1>
                {props.lede !== undefined && <p class="etiq">{props.lede}</p>}
                {asksToPay(props) && <p class="etiq">{texts.askPayers(view.actor?.payers ?? '')}</p>}
                {props.step !== undefined && <Stepper current={props.step} />}
              </div>
            )}
            {props.children}
          </div>
        </main>
        <Footer view={view} />
        {view.actor && <SessionDialog view={view} {...sessionPaths(view)} />}
      </body>
    </html>
  )
}

/** On the pages where a payer would pay, a reader is told whom to ask. */
const asksToPay = ({ view, current }: PageProps): boolean =>
  view.actor?.payers !== undefined && (current === 'home' || current === 'invoices' || current === 'account')

const Header = ({ view, current }: { view: View; current: Section | undefined }) => (
  <header class="tete">
    <div class="large">
      <a
        class="marque"
        href={paths.home}
        dangerouslySetInnerHTML={staticPart('brand', () => (
          <Brand tagline={texts.tagline} />
        ))}
      />
      {view.actor ? (
        <>
          <nav class="nav" aria-label={texts.navigation} dangerouslySetInnerHTML={links(current)} />
          <div class="qui">
            <Who view={view} />
            <SignOut view={view} />
          </div>
          <details class="menu">
            <summary>
              <Icon name="menu" />
              {texts.menu}
            </summary>
            <nav aria-label={texts.navigation}>
              <div dangerouslySetInnerHTML={links(current)} />
              <p>
                <Who view={view} />
              </p>
              <SignOut view={view} />
            </nav>
          </details>
        </>
      ) : (
        <nav class="nav toujours" aria-label={texts.navigation}>
          <a href={paths.signIn}>
            <Icon name="profile" />
            <span>{texts.signIn}</span>
          </a>
          <a href={paths.help} aria-current={current === 'help' ? 'page' : undefined}>
            <Icon name="help" />
            <span>{texts.nav.help}</span>
          </a>
        </nav>
      )}
    </div>
  </header>
)

/** Whose file is shown, how it may be used, and the way to the person's other files. */
const Who = ({ view: { actor } }: { view: View }) =>
  actor ? (
    <>
      <b>{texts.family(actor.familyName)}</b>
      {actor.payers !== undefined && <span class="etiq">{texts.readOnly}</span>}
      {actor.hasSeveral === true && <a href={paths.dossier}>{texts.otherFile}</a>}
    </>
  ) : null

const links = (current: Section | undefined) =>
  staticPart(`links ${current}`, () => <Links current={current} />)

const Links = ({ current }: { current: Section | undefined }) => (
  <>
    {SECTIONS.map(({ section, href, icon }) => (
      <a href={href} aria-current={section === current ? 'page' : undefined}>
        <Icon name={icon} />
        <span>{texts.nav[section]}</span>
      </a>
    ))}
  </>
)

const isViewing = (view: View): boolean => view.actor?.viewedBy !== undefined

/** Who looks at the portal as a family has a session of staff: it is kept, and left, over there. */
const sessionPaths = (view: View) =>
  isViewing(view)
    ? { stay: paths.office.keepSession, leave: paths.office.stopViewing }
    : { stay: paths.keepSession, leave: paths.signOut }

const SignOut = ({ view }: { view: View }) =>
  isViewing(view) ? null : (
    <form method="post" action={paths.signOut}>
      <FormToken view={view} />
      <button class="lien" type="submit">
        {texts.signOut}
      </button>
    </form>
  )

const Footer = ({ view }: { view: View }) => (
  <footer class="pied">
    <div class="large">
      <nav
        aria-label={texts.footer}
        dangerouslySetInnerHTML={staticPart('footer', () => (
          <FooterLinks />
        ))}
      />
      <ThemeForm view={view} action={isViewing(view) ? paths.office.theme : paths.theme} />
    </div>
  </footer>
)

const FooterLinks = () => (
  <>
    <a href={paths.help}>{texts.help}</a>
    <a href={paths.accessibility}>{texts.accessibility}</a>
    <a href={paths.privacy}>{texts.privacy}</a>
    <a href={paths.legal}>{texts.legal}</a>
    <a href={paths.siteMap}>{texts.siteMap}</a>
  </>
)

/** Above everything, for a member of staff who looks at the portal as a family. */
const Viewing = ({ view }: { view: View }) => (
  <aside class="bande vue" aria-label={texts.viewingLabel}>
    <form class="large" method="post" action={paths.office.stopViewing}>
      <FormToken view={view} />
      <p>
        {texts.viewing(
          `${view.actor?.firstName ?? ''} ${view.actor?.lastName ?? ''}`.trim(),
          view.actor?.familyName ?? '',
        )}
      </p>
      <Button look="secondary" small>
        {texts.stopViewing}
      </Button>
    </form>
  </aside>
)
