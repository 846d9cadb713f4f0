import type { Exchange, TriedContract } from '../payments/try-contract.ts'
import { Card, Notice } from '../web/ui.tsx'
import { bankTexts } from './bank-texts.ts'

const { tried: words } = bankTexts

/** « Tester la connexion »: the verdict, then both sides of the exchange, secrets masked. */
export const Tried = ({ tried }: { tried: TriedContract }) => {
  const isGood = tried.outcome === 'answered'
  const kind = isGood ? 'success' : tried.outcome === 'silent' ? 'info' : 'danger'
  return (
    <Card id="essai" title={words.title}>
      <Notice kind={kind} title={words.outcomes[tried.outcome]} live />
      {tried.exchanges.map((exchange) => (
        <Both exchange={exchange} />
      ))}
      {tried.signed.length > 0 && (
        <details>
          <summary>{words.signed}</summary>
          <pre class="echange" tabIndex={0}>
            {tried.signed.map(([name, value]) => `${name}=${value}`).join('\n')}
          </pre>
        </details>
      )}
      <p class="etiq">{words.masked}</p>
    </Card>
  )
}

const Both = ({ exchange }: { exchange: Exchange }) => {
  const { asked, headers, body, answer } = exchange
  const lines = [asked, ...headers.map(([name, value]) => `${name}: ${value}`), '', body]
  return (
    <>
      <h3 class="espace">{words.asked}</h3>
      <pre class="echange" tabIndex={0}>
        {lines.join('\n').trim()}
      </pre>
      <h3 class="espace">{words.answered}</h3>
      <pre class="echange" tabIndex={0}>
        {'failure' in answer
          ? `${words.none} (${answer.failure})`
          : `HTTP ${answer.status}\n\n${answer.text}`}
      </pre>
    </>
  )
}
