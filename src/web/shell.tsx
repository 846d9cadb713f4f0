// What every document is made of, the families' and the staff's alike.
import { assetUrl } from './assets.ts'
import { type Theme, THEMES, type View } from './request.ts'
import { texts } from './texts.ts'
import { Button, FormToken } from './ui.tsx'

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
