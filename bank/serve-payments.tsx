import { Hono, type Context } from 'hono'
import type { JSX } from 'preact'
import type { Clock } from './clock.ts'
import type { CardRefusal, TypedCard } from './check-card.ts'
import { listFields, type Exchanges } from './exchanges.ts'
import { isSigned, signedText } from './signature.ts'
import { signedOutcome } from './notify.ts'
import { returnAddress, returnMode } from './outcome.ts'
import { CardPage } from './pages/card-page.tsx'
import { CodePage } from './pages/code-page.tsx'
import { MessagePage, RefusedFormPage } from './pages/message-page.tsx'
import { paymentPath, type PaymentView } from './pages/payment-frame.tsx'
import { ReceiptPage, ResultPage, type WayBack } from './pages/result-page.tsx'
import { TypePage } from './pages/type-page.tsx'
import { readForm, sendPage, sendTo } from './send-page.ts'
import { texts } from './texts.ts'
import type { Settings } from './settings.ts'
import type { Session, Store, Transaction } from './store.ts'
import type { Reply, Till } from './take-payments.ts'

export type PaymentNeeds = {
  readonly settings: Settings
  readonly clock: Clock
  readonly store: Store
  readonly till: Till
  readonly exchanges: Exchanges
  /** The public origin of the bank. */
  readonly url: () => string
  /** Resolves when the shop was told of the ending, or after a moment. */
  readonly whenTold: (transaction: Transaction) => Promise<void>
}

/** What the page answers to the last submission. */
type Showing = Reply & { refusal?: CardRefusal | undefined; typed?: TypedCard }

const EXPIRED = 410

/** The way back to the shop, with or without the signed data (gateways 1.8). */
export function wayBack(transaction: Transaction, settings: Settings): WayBack {
  const { order, ending, faults } = transaction
  const address = returnAddress(order, ending, settings.shopUrl)
  const mode = faults.bareReturn ? 'NONE' : returnMode(order)
  if (mode === 'NONE') return { href: address }
  const fields = signedOutcome(transaction, {}, settings.shopKey, settings.signature)
  if (mode === 'POST') return { action: address, fields }
  const url = new URL(address)
  for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value)
  return { href: url.href }
}

/** Origins a page of this session may submit a form to, or be redirected to after one. */
function formOrigins(session: Session, shopUrl: string): string[] {
  const names = ['success', 'refused', 'cancel', 'return', 'error'].map((name) => `vads_url_${name}`)
  const addresses = [shopUrl, ...names.map((name) => session.order.fields[name] ?? '')]
  return [
    ...new Set(
      addresses.filter((address) => URL.canParse(address)).map((address) => new URL(address).origin),
    ),
  ]
}

/** The protocol's own address, and the pages of a payment. */
export function servePayments(needs: PaymentNeeds): Hono {
  const { settings, clock, store, till, exchanges, url, whenTold } = needs
  const app = new Hono()
  const isEncrypted = () => url().startsWith('https:')

  const offered = new WeakSet<Transaction>()
  /** The way back, kept among the exchanges the first time that it is offered. */
  const offerBack = (transaction: Transaction): WayBack => {
    const back = wayBack(transaction, settings)
    if (offered.has(transaction)) return back
    offered.add(transaction)
    const { searchParams, origin, pathname } = new URL('href' in back ? back.href : back.action)
    const fields = 'href' in back ? Object.fromEntries(searchParams) : back.fields
    exchanges.begin({
      kind: 'return',
      address: `${'href' in back ? 'GET' : 'POST'} ${origin}${pathname}`,
      request: listFields(Object.entries(fields)),
      signed: 'signature' in fields ? signedText(fields) : undefined,
    })('browser', '')
    return back
  }

  const openPayment = async (c: Context) => {
    const pairs = await readForm(c)
    store.addRequest(Object.fromEntries(pairs))
    const opened = till.open(pairs)
    if ('session' in opened) return sendTo(c, paymentPath(opened.session))
    const { refusal } = opened
    // The back link follows the form only when its signature shows who wrote it.
    const fields = Object.fromEntries(pairs)
    const back = isSigned(fields, fields['signature'] ?? '', settings.shopKey) && fields['vads_url_return']
    const shopUrl = back && /^https?:\/\//.test(back) ? back : settings.shopUrl
    const page = <RefusedFormPage refusal={refusal} shopUrl={shopUrl} isEncrypted={isEncrypted()} />
    return sendPage(c, page, { status: 400 })
  }
  app.post('/vads-payment', openPayment)
  app.post('/vads-payment/', openPayment)

  const expiredPage = (c: Context, session: Session) => {
    const link = { href: returnAddress(session.order, 'expired', settings.shopUrl), label: texts.back }
    const sentences = [texts.expiredText, texts.expiredNext]
    const page = (
      <MessagePage title={texts.expired} sentences={sentences} link={link} isEncrypted={isEncrypted()} />
    )
    return sendPage(c, page, { status: EXPIRED })
  }

  const missingPage = (c: Context) => {
    const link = { href: settings.shopUrl, label: texts.back }
    const sentences = [texts.missingPayment]
    const page = (
      <MessagePage title={texts.missing} sentences={sentences} link={link} isEncrypted={isEncrypted()} />
    )
    return sendPage(c, page, { status: 404 })
  }

  const view = (session: Session): PaymentView => ({
    session,
    payee: session.order.fields['vads_shop_name'] || settings.shopName,
    isEncrypted: isEncrypted(),
  })

  const pageOf = (session: Session, showing: Showing): JSX.Element | undefined => {
    const { problem, news, refusal, typed } = showing
    const { transaction } = session
    switch (session.step) {
      case 'type':
        return <TypePage {...view(session)} problem={problem} />
      case 'card':
        return <CardPage {...view(session)} now={clock.now()} refusal={refusal} typed={typed} />
      case 'code':
        return <CodePage {...view(session)} host={new URL(url()).hostname} problem={problem} news={news} />
      case 'result':
        if (!transaction) return undefined
        return (
          <ResultPage
            {...view(session)}
            transaction={transaction}
            wayBack={offerBack(transaction)}
            canRetry={clock.now() < session.expiresAt}
          />
        )
      case 'expired':
      default:
        return undefined
    }
  }

  const show = (c: Context, session: Session, showing: Showing = {}) => {
    const page = pageOf(session, showing)
    if (!page) return expiredPage(c, session)
    const isWrong = showing.problem !== undefined || showing.refusal !== undefined
    return sendPage(c, page, {
      status: isWrong ? 422 : 200,
      formOrigins: formOrigins(session, settings.shopUrl),
    })
  }

  /** After an action: the page with what is wrong, or a redirection to the step reached. */
  const answer = async (c: Context, session: Session, showing: Showing) => {
    if (showing.problem || showing.news || showing.refusal) {
      if (session.step !== 'result' && session.step !== 'expired') return show(c, session, showing)
    }
    if (session.step === 'result' && session.transaction) await whenTold(session.transaction)
    return sendTo(c, paymentPath(session))
  }

  type Action = (session: Session, form: Record<string, string>) => Showing | undefined | void

  const on = (action: string, act: Action) =>
    app.post(`/paiement/:id/${action}`, async (c) => {
      const form = Object.fromEntries(await readForm(c))
      const session = till.find(c.req.param('id'))
      if (!session) return missingPage(c)
      if (session.step === 'expired') return expiredPage(c, session)
      return answer(c, session, act(session, form) ?? {})
    })

  app.get('/paiement/:id', (c) => {
    const session = till.find(c.req.param('id'))
    return session ? show(c, session) : missingPage(c)
  })
  app.get('/paiement/:id/recu', (c) => {
    const session = till.find(c.req.param('id'))
    if (session?.transaction?.ending !== 'accepted') return missingPage(c)
    return sendPage(c, <ReceiptPage {...view(session)} transaction={session.transaction} />)
  })
  // A reload after a mistake asks for the action's own address: back to the page.
  app.get('/paiement/:id/:action', (c) => sendTo(c, `/paiement/${encodeURIComponent(c.req.param('id'))}`))

  on('type', (session, form) => till.chooseBrand(session, form['carte'] ?? ''))
  on('changer', (session) => till.changeBrand(session))
  on('carte', (session, form) => {
    const typed: TypedCard = {
      number: form['pan'] ?? '',
      month: form['mm'] ?? '',
      year: form['aa'] ?? '',
      code: form['cvc'] ?? '',
      email: form['email'] ?? '',
      emailSeen: form['email_vu'] ?? '',
    }
    const refusal = till.enterCard(session, typed, form['continuer'] ?? '')
    return { refusal, typed }
  })
  on('code', (session, form) => till.enterCode(session, form['code'] ?? ''))
  on('renvoyer', (session) => till.resendCode(session))
  on('reessayer', (session) => till.retry(session))

  app.post('/paiement/:id/annuler', async (c) => {
    const session = till.find(c.req.param('id'))
    if (!session) return missingPage(c)
    if (session.step === 'expired') return expiredPage(c, session)
    till.abandon(session)
    const { transaction } = session
    if (!transaction) return missingPage(c)
    await whenTold(transaction)
    const back = offerBack(transaction)
    const goesBack = transaction.ending === 'abandoned' && 'href' in back
    return sendTo(c, goesBack ? back.href : paymentPath(session))
  })

  return app
}
