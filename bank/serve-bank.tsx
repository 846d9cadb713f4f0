import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Logger } from 'pino'
import { HomePage, TestCardsPage } from './pages/home-page.tsx'
import { MessagePage } from './pages/message-page.tsx'
import { sendPage } from './send-page.ts'
import { serveFiles } from './serve-files.ts'
import { serveJournal } from './serve-journal.tsx'
import { serveMachines, type MachinesNeeds } from './serve-machines.tsx'
import { serveMails } from './serve-mails.tsx'
import { servePayments, type PaymentNeeds } from './serve-payments.tsx'
import { serveRest, type RestNeeds } from './serve-rest.ts'
import { serveTestDoor, type TestDoorNeeds } from './serve-test-door.ts'
import { texts } from './texts.ts'
import { watchExchanges } from './watch-exchanges.ts'

const LARGEST_FORM = 256 * 1024

type Needs = PaymentNeeds &
  RestNeeds &
  TestDoorNeeds &
  MachinesNeeds & {
    readonly log: Logger
    /** Stripe's side, when there is one. */
    readonly stripe: { readonly app: Hono; readonly door: Hono } | undefined
  }

/** Every page of the bank, and its test door when it is to be opened. */
export function serveBank(needs: Needs): Hono {
  const { settings, mailbox, url, log, exchanges, payfip, stripe } = needs
  const isEncrypted = () => url().startsWith('https:')

  const message = (c: Context, title: string, sentence: string, status: 404 | 413 | 500) => {
    const link = { href: '/', label: texts.home }
    const page = <MessagePage title={title} sentences={[sentence]} link={link} isEncrypted={isEncrypted()} />
    return sendPage(c, page, { status })
  }
  const missing = (c: Context) => message(c, texts.missing, texts.missingText, 404)

  const app = new Hono()
  app.use(
    bodyLimit({ maxSize: LARGEST_FORM, onError: (c) => message(c, texts.failure, texts.failureText, 413) }),
  )
  app.use('/vads-payment/*', watchExchanges(exchanges, 'form'))
  app.use('/api-payment/V4/*', watchExchanges(exchanges, 'rest'))
  app.use('/tpa/services/*', watchExchanges(exchanges, 'soap'))
  app.use('/v1/*', watchExchanges(exchanges, 'stripe-api'))
  app.route('/', serveFiles())
  app.route('/', servePayments(needs))
  app.route('/api-payment/V4', serveRest(needs))
  app.route('/', payfip.pages)
  app.route('/', serveMails(mailbox, isEncrypted, missing))
  app.route('/', serveJournal(needs, isEncrypted, missing))
  app.route('/', serveMachines(needs, isEncrypted))
  if (stripe) app.route('/', stripe.app)
  if (settings.testDoor) {
    app.route('/porte-de-test', serveTestDoor(needs))
    app.route('/porte-de-test/payfip', payfip.testDoor)
    if (stripe) app.route('/porte-de-test/stripe', stripe.door)
  }
  app.get('/', (c) => sendPage(c, <HomePage shopUrl={settings.shopUrl} isEncrypted={isEncrypted()} />))
  app.get('/cartes-de-test', (c) => sendPage(c, <TestCardsPage isEncrypted={isEncrypted()} />))
  app.notFound(missing)
  app.onError((error, c) => {
    log.error({ path: c.req.routePath, error: error.stack }, 'page failed')
    return message(c, texts.failure, texts.failureText, 500)
  })
  return app
}
