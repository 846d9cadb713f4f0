import { Hono } from 'hono'
import { readForm, sendPage, sendTo } from '../send-page.ts'
import { ChallengePage, CheckoutPage, OverPage } from './pages.tsx'
import type { Session } from './store.ts'
import { stripeStyle } from './style.ts'
import type { Checkout } from './take-payments.ts'

/** The hosted page: /c/pay/:id, its actions, and its style. */
export function serveCheckout(checkout: Checkout): Hono {
  const app = new Hono()

  const backTo = (session: Session) => session.successUrl.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  const field = async (c: Parameters<typeof readForm>[0], name: string) =>
    new Map(await readForm(c)).get(name) ?? ''

  app.get('/rayures.css', (c) => c.body(stripeStyle, 200, { 'content-type': 'text/css; charset=utf-8' }))

  app.get('/c/pay/:id', (c) => {
    const session = checkout.find(c.req.param('id'))
    if (!session || session.status !== 'open')
      return sendPage(c, <OverPage session={session} />, { status: session ? 200 : 404 })
    if (session.challenged !== undefined)
      return sendPage(c, <ChallengePage session={session} />, { formOrigins: [originOf(session)] })
    return sendPage(c, <CheckoutPage session={session} problem={undefined} />, {
      formOrigins: [originOf(session)],
    })
  })

  app.post('/c/pay/:id/:action{carte|prelevement|authentification}', async (c) => {
    const session = checkout.find(c.req.param('id'))
    if (!session || session.status !== 'open')
      return sendPage(c, <OverPage session={session} />, { status: 404 })
    const { action } = c.req.param()
    const problem = await {
      carte: async () => checkout.payByCard(session, await field(c, 'numero')),
      prelevement: async () => checkout.payByDebit(session, await field(c, 'iban')),
      authentification: async () => checkout.answerChallenge(session, (await field(c, 'issue')) === 'oui'),
    }[action as 'carte' | 'prelevement' | 'authentification']()
    if (problem !== undefined)
      return sendPage(c, <CheckoutPage session={session} problem={problem} />, {
        status: 422,
        formOrigins: [originOf(session)],
      })
    return sendTo(c, session.challenged === undefined ? backTo(session) : `/c/pay/${session.id}`)
  })
  return app
}

/** A form that is answered by a redirection to the shop needs its origin in the policy. */
const originOf = ({ successUrl }: Session): string => new URL(successUrl).origin
