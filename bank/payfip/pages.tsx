import type { CardRefusal, TypedCard } from '../check-card.ts'
import { cleanNumber, findCard } from '../cards.ts'
import { groupDigits, monthInParis } from '../format.ts'
import type { Operation } from './counter.ts'
import type { FaultCode } from './faults.ts'
import { DebtFrame, PayfipLayout } from './layout.tsx'
import { endings, payLabel, refusalOf, texts } from './texts.ts'

export type PageView = { readonly operation: Operation; readonly service: string }

/** Where a page of an operation is, and its actions. */
export const pagePath = ({ idOp }: Operation, action = ''): string =>
  `/tpa/paiement/${idOp}${action && `/${action}`}`

function Abandon({ operation }: { operation: Operation }) {
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

type CardProps = PageView & {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly refusal?: CardRefusal | undefined
  readonly typed?: TypedCard | undefined
}

const YEARS_AHEAD = 12

/** The card. Its code is never shown again, nor any number that is not a test card's. */
export function PayfipCardPage({ now, refusal, typed, ...view }: CardProps) {
  const sentenceOf = (field: string) => refusal?.problems.find((one) => one.field === field)?.sentence
  const known = typed && findCard(cleanNumber(typed.number))
  const { year } = monthInParis(now)
  const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'))
  const years = Array.from({ length: YEARS_AHEAD }, (_, index) => String(year + index))
  return (
    <DebtFrame title={texts.cardTitle} {...view}>
      {refusal && (
        <div class="alerte" role="alert">
          <h2>{texts.check}</h2>
          {refusal.isUnknown && <p>{texts.unknownCard}</p>}
          <ul>
            {refusal.problems.map(({ field, sentence }) => (
              <li key={field}>
                <a href={`#${field}`}>{sentence}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <h1>{texts.cardTitle}</h1>
      <form method="post" action={pagePath(view.operation, 'carte')} noValidate autocomplete="off">
        <div class="champ">
          <label for="pan">{texts.number}</label>
          <span class="aide" id="pan-aide">
            {texts.numberHelp}
          </span>
          <input
            id="pan"
            name="pan"
            type="text"
            inputMode="numeric"
            aria-describedby="pan-aide"
            aria-invalid={sentenceOf('pan') ? 'true' : undefined}
            value={known ? groupDigits(known.number) : ''}
          />
          <Fault sentence={sentenceOf('pan')} />
        </div>
        <fieldset>
          <legend>{texts.expiry}</legend>
          <div class="deux">
            <Select id="mm" label={texts.month} values={months} chosen={typed?.month} />
            <Select id="aa" label={texts.year} values={years} chosen={typed?.year} />
          </div>
          <Fault sentence={sentenceOf('mm')} />
        </fieldset>
        <div class="champ">
          <label for="cvc">{texts.code}</label>
          <span class="aide" id="cvc-aide">
            {texts.codeHelp}
          </span>
          <input
            id="cvc"
            class="court"
            name="cvc"
            type="text"
            inputMode="numeric"
            aria-describedby="cvc-aide"
            aria-invalid={sentenceOf('cvc') ? 'true' : undefined}
          />
          <Fault sentence={sentenceOf('cvc')} />
        </div>
        <div class="boutons">
          <button class="b" type="submit">
            {payLabel(view.operation.order.montant)}
          </button>
        </div>
      </form>
      <a href={pagePath(view.operation)}>{texts.otherWay}</a>
      <Abandon operation={view.operation} />
    </DebtFrame>
  )
}

function Fault({ sentence }: { sentence: string | undefined }) {
  return sentence ? <span class="faute">{sentence}</span> : null
}

type SelectProps = { id: string; label: string; values: readonly string[]; chosen: string | undefined }
function Select({ id, label, values, chosen }: SelectProps) {
  return (
    <span>
      <label for={id}>{label}</label>
      <select id={id} name={id}>
        {values.map((value) => (
          <option key={value} selected={value === chosen}>
            {value}
          </option>
        ))}
      </select>
    </span>
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
