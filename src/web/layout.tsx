// The shell around every page: head, header, navigation, footer.
import type { ComponentChildren } from 'preact'
import { assetUrl } from './assets.ts'
import type { Problems } from './form.ts'
import type { IconName } from './icons.ts'
import { paths } from './paths.ts'
import { type Theme, THEMES, type View } from './request.ts'
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

/** What every document begins with; `style` and `script` come besides the portal's own. */
export const Head = (props: { title: string; theme: Theme; style?: string; script?: string }) => {
  const { title, theme, style, script } = props
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      {theme !== 'sombre' && (
        <meta
          name="theme-color"
          content="#FAF6EF"
          media={theme === 'auto' ? '(prefers-color-scheme: light)' : undefined}
        />
      )}
      {theme !== 'clair' && (
        <meta
          name="theme-color"
          content="#141918"
          media={theme === 'auto' ? '(prefers-color-scheme: dark)' : undefined}
        />
      )}
      <title>{title}</title>
      <link
        rel="preload"
        href={assetUrl('fonts/figtree.woff2')}
        as="font"
        type="font/woff2"
        crossorigin="anonymous"
      />
      <link rel="stylesheet" href={assetUrl('preau.css')} />
      {style !== undefined && <link rel="stylesheet" href={assetUrl(style)} />}
      <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
      <link rel="manifest" href={assetUrl('preau.webmanifest')} />
      <script type="module" src={assetUrl('preau.js')} />
      {script !== undefined && <script type="module" src={assetUrl(script)} />}
    </head>
  )
}

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
            <b>{texts.family(view.actor.familyName)}</b>
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
                <b>{texts.family(view.actor.familyName)}</b>
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

/** Light, dark, or as the system prefers. */
export const ThemeForm = ({ view, action }: { view: View; action: string }) => (
  <form class="apparence" method="post" action={action} aria-label={texts.theme}>
    <FormToken view={view} />
    <input type="hidden" name="retour" value={view.path} />
    <span aria-hidden="true">{texts.theme}</span>
    {THEMES.map((theme) => (
      <button type="submit" name="theme" value={theme} aria-pressed={theme === view.theme}>
        {texts.themes[theme]}
      </button>
    ))}
  </form>
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

/** Shown by static/preau.js two minutes before the session ends; without it, never. */
export const SessionDialog = ({ view, stay, leave }: { view: View; stay: string; leave: string }) => (
  <dialog class="carte" id="fin-de-session" aria-labelledby="fin-titre" aria-describedby="fin-texte">
    <h2 id="fin-titre">{texts.expiry.title}</h2>
    <p id="fin-texte">{texts.expiry.text}</p>
    <form method="post" action={stay}>
      <FormToken view={view} />
      <Button>{texts.expiry.stay}</Button>
      <Button look="link" formAction={leave}>
        {texts.expiry.leave}
      </Button>
    </form>
  </dialog>
)

/** The drawn roof, the name, and a line under it. */
export const Brand = ({ tagline }: { tagline: string }) => (
  <>
    <svg viewBox="0 0 47 42" aria-hidden="true" focusable="false">
      <path class="toiture" d="M3 17.5 23.5 4 44 17.5" />
      <path class="poteaux" d="M9.5 19v20M37.5 19v20" />
      <circle class="astre" cx="23.5" cy="25" r="6.2" />
      <path class="banc" d="M16 39h15" />
    </svg>
    <span>
      {texts.site}
      <small>{tagline}</small>
    </span>
  </>
)
