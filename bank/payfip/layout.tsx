import type { ComponentChildren } from 'preact'
import { formatAmount } from '../format.ts'
import type { Operation } from './counter.ts'
import { summaryOf, texts } from './texts.ts'

type LayoutProps = { readonly title: string; readonly children: ComponentChildren }

/** The frame of every page: warning, header, content, footer. */
export function PayfipLayout({ title, children }: LayoutProps) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – ${texts.name}`}</title>
        <link rel="stylesheet" href="/tpa/payfip.css" />
      </head>
      <body>
        <a class="evite" href="#contenu">
          {texts.skip}
        </a>
        <aside class="essai" aria-label={texts.warningLabel}>
          <div class="large">
            {texts.warning} <a href="/cartes-de-test">{texts.testCards}</a>
          </div>
        </aside>
        <header class="tete">
          <div class="large">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M4 5h16v14H4zM4 10h16M8 15h3" />
            </svg>
            <span>
              <strong>{texts.name}</strong>
              <small>{texts.tagline}</small>
            </span>
          </div>
        </header>
        <main id="contenu" tabIndex={-1} class="large">
          {children}
        </main>
        <footer class="large pied">{texts.footer}</footer>
      </body>
    </html>
  )
}

type FrameProps = LayoutProps & { readonly operation: Operation; readonly service: string }

/** A page about one debt, with the debt beside it. */
export function DebtFrame({ title, operation, service, children }: FrameProps) {
  const { order } = operation
  const lines = [
    [texts.service, service],
    [texts.reference, order.refdet],
    [texts.object, order.objet],
    [texts.mail, order.mel],
  ] as const
  return (
    <PayfipLayout title={title}>
      <div class="cadre">
        <div>
          <p class="rappel">{summaryOf(service, order.montant)}</p>
          {children}
        </div>
        <section class="dette" aria-labelledby="dette">
          <h2 id="dette">{texts.debt}</h2>
          <dl>
            <div class="somme">
              <dt>{texts.amount}</dt>
              <dd>{formatAmount(order.montant)}</dd>
            </div>
            {lines
              .filter(([, value]) => value !== '')
              .map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
        </section>
      </div>
    </PayfipLayout>
  )
}
