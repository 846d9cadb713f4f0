import type { ComponentChildren } from 'preact'
import { texts } from '../texts.ts'
import { BankMark, FlaskIcon, LockIcon } from './icons.tsx'

export type LayoutProps = {
  readonly title: string
  /** True when the page is served over https: the padlock is then no lie. */
  readonly isEncrypted: boolean
  readonly children: ComponentChildren
}

/** The frame of every page: warning band, header, content, footer. */
export function Layout({ title, isEncrypted, children }: LayoutProps) {
  const pageTitle = title === texts.bank ? title : `${title} – ${texts.bank}`
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#1D2863" />
        <title>{pageTitle}</title>
        <link rel="icon" href="/banque.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/banque.css" />
        <script src="/banque.js" defer />
      </head>
      <body>
        <a class="evite" href="#contenu">
          {texts.skip}
        </a>
        <aside class="essai" aria-label={texts.warningLabel}>
          <div class="large">
            <FlaskIcon />
            <span>
              {texts.warning} <a href="/cartes-de-test">{texts.testCards}</a>
            </span>
          </div>
        </aside>
        <header class="tete">
          <div class="large">
            <div class="banque">
              <BankMark />
              <span>
                {texts.bank}
                <small>{texts.tagline}</small>
              </span>
            </div>
            <span class="sur cache-mobile">
              {isEncrypted ? <LockIcon /> : <FlaskIcon />}
              {isEncrypted ? texts.encrypted : texts.demonstration}
            </span>
          </div>
        </header>
        <main id="contenu" tabIndex={-1}>
          <div class="large">
            <div class="moyen">{children}</div>
          </div>
        </main>
        <footer class="large">
          <div class="moyen pied minu">
            <span>{texts.footer}</span>
            <a href="/">{texts.home}</a>
            <a href="/cartes-de-test">{texts.testCards}</a>
            <a href="/courriels">{texts.mailbox}</a>
          </div>
        </footer>
      </body>
    </html>
  )
}
