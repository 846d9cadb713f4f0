import type { ComponentChildren } from 'preact'
import { formatAmount } from '../format.ts'
import { stripeAccounts, stripeCards } from './cards.ts'
import type { Session } from './store.ts'
import { stripeTexts as said } from './texts.ts'

type FrameProps = { readonly title: string; readonly session?: Session; readonly children: ComponentChildren }

/** The hosted page's own frame: a summary on the left, the payment on the right. */
function Frame({ title, session, children }: FrameProps) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – ${said.brand}`}</title>
        <link rel="stylesheet" href="/rayures.css" />
      </head>
      <body>
        <p class="bandeau">{said.test}</p>
        <div class="page">
          <header>
            <p class="enseigne">
              {said.brand} <small>{said.brandNote}</small>
            </p>
            {session && (
              <>
                <p class="objet">{session.name}</p>
                <p class="montant">{formatAmount(session.amount)}</p>
                {session.cancelUrl !== null && session.status === 'open' && (
                  <p>
                    <a href={session.cancelUrl}>{said.back}</a>
                  </p>
                )}
              </>
            )}
          </header>
          <main>{children}</main>
        </div>
      </body>
    </html>
  )
}

const at = (session: Session, action: string) => `/c/pay/${session.id}/${action}`

/** The card, or the account to debit. */
export const CheckoutPage = ({ session, problem }: { session: Session; problem: string | undefined }) => (
  <Frame title={said.pay(formatAmount(session.amount))} session={session}>
    {problem !== undefined && (
      <p class="erreur" role="alert">
        {problem}
      </p>
    )}
    {session.methods.includes('card') && (
      <form method="post" action={at(session, 'carte')}>
        <h1>{said.card}</h1>
        <label>
          {said.cardNumber}
          <input name="numero" inputMode="numeric" autocomplete="cc-number" required />
        </label>
        <div class="deux">
          <label>
            {said.expiry}
            <input name="expiration" inputMode="numeric" autocomplete="cc-exp" required />
          </label>
          <label>
            {said.cvc}
            <input name="cryptogramme" inputMode="numeric" autocomplete="cc-csc" required />
          </label>
        </div>
        <button type="submit">{said.payAmount(formatAmount(session.amount))}</button>
      </form>
    )}
    {session.methods.includes('sepa_debit') && (
      <form method="post" action={at(session, 'prelevement')}>
        <h2>{said.debit}</h2>
        <label>
          {said.iban}
          <input name="iban" autocomplete="off" required />
        </label>
        <p class="petit">{said.mandate}</p>
        <button class="second" type="submit">
          {said.payByDebit}
        </button>
      </form>
    )}
    <details>
      <summary>{said.testCards}</summary>
      <table>
        <thead>
          <tr>
            <th>{said.columns.number}</th>
            <th>{said.columns.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {stripeCards.map(({ number, challenge, decline, later }) => (
            <tr>
              <td>{number}</td>
              <td>
                {[challenge === 'none' ? '' : said.asked, decline ?? said.accepted, later ?? '']
                  .filter((one) => one !== '')
                  .join(', ')}
              </td>
            </tr>
          ))}
          {stripeAccounts.map(({ iban, succeeds }) => (
            <tr>
              <td>{iban}</td>
              <td>{succeeds ? said.accepted : said.fail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  </Frame>
)

/** The holder's bank asks for proof. */
export const ChallengePage = ({ session }: { session: Session }) => (
  <Frame title={said.challengeTitle} session={session}>
    <h1>{said.challengeTitle}</h1>
    <p>{said.challenge}</p>
    <form method="post" action={at(session, 'authentification')}>
      <button type="submit" name="issue" value="oui">
        {said.succeed}
      </button>
      <button class="second" type="submit" name="issue" value="non">
        {said.fail}
      </button>
    </form>
  </Frame>
)

/** Paid, expired, or never opened. */
export const OverPage = ({ session }: { session: Session | undefined }) => (
  <Frame title={said.overTitle} {...(session ? { session } : {})}>
    <h1>{said.overTitle}</h1>
    <p>{said.over}</p>
    {session?.cancelUrl !== null && session?.cancelUrl !== undefined && (
      <p>
        <a href={session.cancelUrl}>{said.back}</a>
      </p>
    )}
  </Frame>
)
