import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { BackOffice, OperationResult } from './back-office.ts'
import type { Clock } from './clock.ts'
import { writeJournal, writeRemittances } from './journal.ts'
import type { Mailbox } from './mailbox.ts'
import type { Notifier } from './notify.ts'
import { signedOutcome } from './notify.ts'
import { faultsSchema } from './read-faults.ts'
import { wayBack } from './serve-payments.tsx'
import { restOutages, type Outage } from './serve-rest.ts'
import type { Settings } from './settings.ts'
import type { Delivery, Store, Transaction } from './store.ts'
import type { Till } from './take-payments.ts'
import { endings, hurry } from './hurry.ts'

export type TestDoorNeeds = {
  readonly settings: Settings
  readonly clock: Clock
  readonly store: Store
  readonly till: Till
  readonly notifier: Notifier
  readonly mailbox: Mailbox
  readonly outage: Outage
  readonly backOffice: BackOffice
}

function describeDelivery(delivery: Delivery) {
  return { ...delivery, at: new Date(delivery.at).toISOString() }
}

function describeTransaction(transaction: Transaction) {
  const { order, outcome, sequence, uuid, deliveries, payment } = transaction
  return {
    orderId: order.orderId,
    transId: order.transId,
    transDate: order.transDate,
    transUuid: uuid,
    status: outcome['vads_trans_status'],
    amount: order.amount,
    sequence,
    authenticated: payment?.authenticated ?? null,
    deliveries: deliveries.map(describeDelivery),
  }
}

async function readJson<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema> | Response> {
  const body: unknown = await c.req.json().catch(() => undefined)
  const read = schema.safeParse(body)
  return read.success ? read.data : c.json({ error: z.prettifyError(read.error) }, 400)
}

const operationSchema = z.strictObject({
  transUuid: z.string(),
  operation: z.enum(['cancel', 'reduce', 'refund', 'validate', 'capture', 'capture-failed', 'expire']),
  amount: z.int().min(0).default(0),
})

function operate(
  backOffice: BackOffice,
  { transUuid, operation, amount }: z.infer<typeof operationSchema>,
): OperationResult {
  if (operation === 'reduce' || operation === 'refund') return backOffice[operation](transUuid, amount)
  if (operation === 'capture-failed') return backOffice.capture(transUuid, 'CAPTURE_FAILED')
  return backOffice[operation](transUuid)
}

/** A signed form and how its payment ends, once or several times over; `faults` are those of the page. */
const hurried = z.strictObject({
  form: z.array(z.tuple([z.string(), z.string()])),
  endings: z.array(z.enum(endings)).min(1),
  faults: faultsSchema.optional(),
})

/** The door by which tests arm faults, move the clock and read what the bank saw. Mounted on demand only. */
export function serveTestDoor({
  settings,
  clock,
  store,
  till,
  notifier,
  mailbox,
  outage,
  backOffice,
}: TestDoorNeeds): Hono {
  const app = new Hono()

  app.post('/armer', async (c) => {
    const faults = await readJson(c, faultsSchema)
    return faults instanceof Response ? faults : c.json({ armed: till.arm(faults) })
  })

  app.post('/horloge', async (c) => {
    const move = await readJson(c, z.strictObject({ advanceSeconds: z.number().min(0) }))
    if (move instanceof Response) return move
    await clock.advance(move.advanceSeconds * 1000)
    return c.json({ now: new Date(clock.now()).toISOString() })
  })
  app.get('/horloge', (c) => c.json({ now: new Date(clock.now()).toISOString() }))

  app.post('/panne', async (c) => {
    const asked = await readJson(c, z.strictObject({ rest: z.enum(restOutages) }))
    if (asked instanceof Response) return asked
    return c.json(Object.assign(outage, asked))
  })

  app.post('/operation', async (c) => {
    const asked = await readJson(c, operationSchema)
    if (asked instanceof Response) return asked
    const result = operate(backOffice, asked)
    if ('refusal' in result) return c.json({ error: result.refusal }, 409)
    const isByHand = ['cancel', 'reduce', 'refund', 'validate'].includes(asked.operation)
    await notifier.tell(result.transaction, isByHand ? 'MERCH_BO' : 'BATCH')
    return c.json(describeTransaction(result.transaction))
  })

  const reports = { '/journal': writeJournal, '/remises': writeRemittances }
  for (const [address, write] of Object.entries(reports))
    app.get(address, (c) => {
      const day = c.req.query('date') ?? ''
      if (!/^\d{4}-\d\d-\d\d$/.test(day)) return c.json({ error: 'date=YYYY-MM-DD' }, 400)
      return c.body(write(store, settings, day), 200, { 'content-type': 'text/csv; charset=utf-8' })
    })
  // A buyer in a hurry: the form is checked as ever, the pages are stepped over.
  app.post('/payer', async (c) => {
    const asked = await readJson(c, hurried)
    if (asked instanceof Response) return asked
    till.arm(asked.faults ?? {})
    const opened = till.open(asked.form)
    if ('refusal' in opened) return c.json(opened, 422)
    const { session } = opened
    session.email = ''
    const transactions = asked.endings.map((ending) => hurry(till, session, ending, clock.now()))
    const last = transactions.at(-1)
    return c.json({
      transUuids: transactions.map((one) => one.uuid),
      back: last ? wayBack(last, settings) : {},
    })
  })
  // What was taken, as the bank itself signed it: its own sum, whatever the shop believes.
  app.get('/encaissements', (c) =>
    c.json(
      store
        .listTransactions()
        .filter((one) => one.ending === 'accepted')
        .map((one) => ({
          transUuid: one.uuid,
          orderId: one.order.orderId,
          ordered: one.order.amount,
          taken: Number(signedOutcome(one, {}, settings.shopKey)['vads_amount']),
        })),
    ),
  )
  app.get('/transactions', (c) => c.json(store.listTransactions().map(describeTransaction)))
  app.get('/demandes', (c) => c.json(store.listRequests()))

  app.post('/renvoyer', async (c) => {
    const asked = await readJson(c, z.strictObject({ transUuid: z.string() }))
    if (asked instanceof Response) return asked
    const transaction = store.findTransaction(asked.transUuid)
    if (!transaction) return c.json({ error: 'no such transaction' }, 404)
    return c.json(describeDelivery(await notifier.replay(transaction)))
  })

  app.get('/courriels', (c) =>
    c.json(
      mailbox.list().map(({ to, from, subject, text, html, attachments }) => ({
        to,
        from,
        subject,
        text,
        html,
        attachments: attachments.map(({ filename, content }) => ({ filename, size: content.length })),
      })),
    ),
  )
  app.delete('/courriels', (c) => {
    mailbox.clear()
    return c.body(null, 204)
  })

  return app
}
