import type { Operation } from './counter.ts'
import type { FaultCode } from './faults.ts'
import { DebtFrame, PayfipLayout } from './layout.tsx'
import { endings, refusalOf, texts } from './texts.ts'

export type PageView = { readonly operation: Operation; readonly service: string }

/** Where a page of an operation is, and its actions. */
export const pagePath = ({ idOp }: Operation, action = ''): string =>
  `/tpa/paiement/${idOp}${action && `/${action}`}`

export function Abandon({ operation }: { operation: Operation }) {
  return (
    <form method="post" action={pagePath(operation, 'abandonner')}>
      <button class="lien" type="submit">
        {texts.abandon}
      </button>
    </form>
  )
}

/** First page: card or direct debit. */
export function ChoicePage(view: PageView) {
  return (
    <DebtFrame title={texts.choose} {...view}>
      <h1>{texts.choose}</h1>
      <form class="choix" method="get" action={pagePath(view.operation)}>
        <button class="voie" name="par" value="carte">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 5h18v14H3zM3 10h18M7 15h4" />
          </svg>
          <span>
            <strong>{texts.byCard}</strong>
            <span>{texts.byCardText}</span>
          </span>
        </button>
        <button class="voie" name="par" value="prelevement">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 10 12 4l9 6M5 10v8M12 10v8M19 10v8M3 20h18" />
          </svg>
          <span>
            <strong>{texts.byDebit}</strong>
            <span>{texts.byDebitText}</span>
          </span>
        </button>
      </form>
      <Abandon operation={view.operation} />
    </DebtFrame>
  )
}

/** The account to debit. */
export function DebitPage({ problem, ...view }: PageView & { readonly problem?: string | undefined }) {
  const accounts = [
    ['bon', texts.goodAccount],
    ['mauvais', texts.badAccount],
  ] as const
  return (
    <DebtFrame title={texts.debitTitle} {...view}>
      {problem && (
        <p class="alerte" role="alert">
          {problem}
        </p>
      )}
      <h1>{texts.debitTitle}</h1>
      <form method="post" action={pagePath(view.operation, 'prelevement')}>
        <fieldset>
          <legend>{texts.accounts}</legend>
          <span class="aide">{texts.debitIntro}</span>
          {accounts.map(([value, label]) => (
            <label class="compte" key={value}>
              <input type="radio" name="compte" value={value} />
              {label}
            </label>
          ))}
        </fieldset>
        <div class="boutons">
          <button class="b" type="submit">
            {texts.order}
          </button>
        </div>
      </form>
      <a href={pagePath(view.operation)}>{texts.otherWay}</a>
      <Abandon operation={view.operation} />
    </DebtFrame>
  )
}

/** How it ended, and the way back: a link, or a form when the return is a POST. */
export function EndPage({ canRetry, ...view }: PageView & { readonly canRetry: boolean }) {
  const { operation } = view
  const [title, sentence] = endings[operation.outcome?.result ?? 'A']
  const isPaid = operation.outcome?.result === 'P' || operation.outcome?.result === 'V'
  return (
    <DebtFrame title={title} {...view}>
      <div class={isPaid ? 'issue oui' : 'issue'}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={isPaid ? 'M4 12.5l5 5L20 6.5' : 'M6 6l12 12M18 6 6 18'} />
        </svg>
        <div>
          <h1>{title}</h1>
          <p>{sentence}</p>
          {operation.outcome?.numauto && (
            <p class="code">{`${texts.authorisation} ${operation.outcome.numauto}`}</p>
          )}
        </div>
      </div>
      <div class="boutons">
        <WayBack operation={operation} />
        {canRetry && (
          <a class="b b-2" href={pagePath(operation)}>
            {texts.retry}
          </a>
        )}
      </div>
    </DebtFrame>
  )
}

/** Where a buyer goes back to with a GET: the operation's number is added (gateways 3.2). */
export function returnUrl({ order, idOp }: Operation): string {
  const url = new URL(order.urlredirect)
  url.searchParams.set('idop', idOp)
  return url.href
}

function WayBack({ operation }: { operation: Operation }) {
  if (operation.faults.returnBy !== 'POST')
    return (
      <a class="b" href={returnUrl(operation)}>
        {texts.back}
      </a>
    )
  return (
    <form method="post" action={operation.order.urlredirect}>
      <input type="hidden" name="idop" value={operation.idOp} />
      <button class="b" type="submit">
        {texts.back}
      </button>
    </form>
  )
}

type RefusalProps = { readonly code: FaultCode; readonly shopUrl: string }

/** An operation that opens no page. */
export function RefusalPage({ code, shopUrl }: RefusalProps) {
  const [title, sentence] = refusalOf(code)
  return (
    <PayfipLayout title={title}>
      <div class="cadre">
        <div>
          <div class="issue">
            <div>
              <h1>{title}</h1>
              <p>{sentence}</p>
              <p class="code">{code}</p>
            </div>
          </div>
          {code === 'P4' && <p>{texts.nothingDebited}</p>}
          <p class="boutons">
            <a class="b" href={shopUrl}>
              {texts.back}
            </a>
          </p>
        </div>
      </div>
    </PayfipLayout>
  )
}
