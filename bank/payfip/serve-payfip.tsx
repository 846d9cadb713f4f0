import { Hono, type Context } from 'hono'
import { checkCard, type CardRefusal, type TypedCard } from '../check-card.ts'
import type { Card } from '../cards.ts'
import type { Clock } from '../clock.ts'
import { readForm, sendPage, sendTo } from '../send-page.ts'
import type { Counter, Operation } from './counter.ts'
import { PayfipCardPage } from './card-page.tsx'
import { ChoicePage, DebitPage, EndPage, RefusalPage, pagePath, returnUrl } from './pages.tsx'
import { payfipStyle } from './style.ts'
import { texts } from './texts.ts'

export type PayfipNeeds = {
  readonly clock: Clock
  readonly counter: Counter
  readonly service: string
  /** Where a buyer whose operation is unknown goes back to. */
  readonly shopUrl: string
  /** Resolves when the creditor was told of the last ending, or after a moment. */
  readonly whenTold: (operation: Operation) => Promise<void>
}

const GONE = 410
const CARD_BRANDS = ['MASTERCARD', 'VISA'] as const

/** No code is asked for here: a card whose holder would not be known is refused. */
const UNKNOWN_HOLDERS: readonly Card['authentication'][] = ['rejected', 'silent', 'unavailable']
const isApproved = ({ authentication, authorisation }: Card): boolean =>
  authorisation === '00' && !UNKNOWN_HOLDERS.includes(authentication)

/** The address a buyer is sent to with an operation, and the pages of the payment. */
export function servePayfip({ clock, counter, service, shopUrl, whenTold }: PayfipNeeds): Hono {
  const app = new Hono()
  const hour = { 'cache-control': 'public, max-age=3600' }
  app.get('/tpa/payfip.css', (c) =>
    c.body(payfipStyle, 200, { 'content-type': 'text/css; charset=utf-8', ...hour }),
  )

  const open = (c: Context, idOp: string) => {
    const opened = counter.open(idOp)
    if (typeof opened !== 'string') return sendTo(c, pagePath(opened))
    return sendPage(c, <RefusalPage code={opened} shopUrl={shopUrl} />, {
      status: opened === 'P1' ? 404 : GONE,
    })
  }
  app.get('/tpa/paiementws.web', (c) => open(c, c.req.query('idop') ?? c.req.query('idOp') ?? ''))

  const originsOf = ({ order }: Operation) => [new URL(order.urlredirect).origin]

  /** Serves a page of an opened operation: paid and dead ones have one page only. */
  const at = (
    path: string,
    method: 'get' | 'post',
    serve: (c: Context, operation: Operation) => Response | Promise<Response>,
  ) =>
    app[method](path, (c) => {
      const operation = counter.find(c.req.param('idOp') ?? '')
      if (!operation) return sendPage(c, <RefusalPage code="P1" shopUrl={shopUrl} />, { status: 404 })
      const result = operation.outcome?.result
      if (result === 'P' || result === 'V') return end(c, operation)
      if (!counter.isAlive(operation))
        return sendPage(c, <RefusalPage code="P4" shopUrl={returnUrl(operation)} />, { status: GONE })
      return serve(c, operation)
    })

  const end = (c: Context, operation: Operation) => {
    const result = operation.outcome?.result
    const canRetry = (result === 'R' || result === 'Z') && counter.isAlive(operation)
    const page = <EndPage operation={operation} service={service} canRetry={canRetry} />
    return sendPage(c, page, { formOrigins: originsOf(operation) })
  }

  const finish = async (c: Context, operation: Operation, result: 'P' | 'V' | 'R' | 'Z' | 'A') => {
    counter.end(operation, result)
    await whenTold(operation)
    if (result === 'A' && operation.faults.returnBy !== 'POST') return sendTo(c, returnUrl(operation))
    return sendTo(c, pagePath(operation, 'fin'))
  }

  const cardPage = (c: Context, operation: Operation, refusal?: CardRefusal, typed?: TypedCard) => {
    const page = (
      <PayfipCardPage
        operation={operation}
        service={service}
        now={clock.now()}
        refusal={refusal}
        typed={typed}
      />
    )
    return sendPage(c, page, { status: refusal ? 422 : 200, formOrigins: originsOf(operation) })
  }
  const debitPage = (c: Context, operation: Operation, problem?: string) =>
    sendPage(c, <DebitPage operation={operation} service={service} problem={problem} />, {
      status: problem ? 422 : 200,
      formOrigins: originsOf(operation),
    })

  at('/tpa/paiement/:idOp', 'get', (c, operation) => {
    if (c.req.query('par') === 'carte') return cardPage(c, operation)
    if (c.req.query('par') === 'prelevement') return debitPage(c, operation)
    const page = <ChoicePage operation={operation} service={service} />
    return sendPage(c, page, { formOrigins: originsOf(operation) })
  })
  at('/tpa/paiement/:idOp/fin', 'get', (c, operation) => {
    if (!operation.outcome) return sendTo(c, pagePath(operation))
    return end(c, operation)
  })
  // A reload after a mistake asks for the action's own address: back to the page.
  at('/tpa/paiement/:idOp/:action', 'get', (c, operation) => sendTo(c, pagePath(operation)))
  at('/tpa/paiement/:idOp/carte', 'post', async (c, operation) => {
    const form = Object.fromEntries(await readForm(c))
    const typed: TypedCard = {
      number: form['pan'] ?? '',
      month: form['mm'] ?? '',
      year: form['aa'] ?? '',
      code: form['cvc'] ?? '',
      email: '',
      emailSeen: '',
    }
    const read = checkCard(typed, undefined, CARD_BRANDS, clock.now())
    if ('refusal' in read) return cardPage(c, operation, read.refusal, typed)
    return finish(c, operation, isApproved(read.checked.card) ? 'P' : 'R')
  })
  at('/tpa/paiement/:idOp/prelevement', 'post', async (c, operation) => {
    const { compte } = Object.fromEntries(await readForm(c))
    if (compte !== 'bon' && compte !== 'mauvais') return debitPage(c, operation, texts.noAccount)
    return finish(c, operation, compte === 'bon' ? 'V' : 'Z')
  })
  at('/tpa/paiement/:idOp/abandonner', 'post', (c, operation) => finish(c, operation, 'A'))
  return app
}
