// The crowd: every family of the plan pays as its story tells, many at once.
import { issueCreditNote } from '../src/billing/issue-credit-note.ts'
import { cents } from '../src/kernel/money.ts'
import type { InvoiceId } from '../src/kernel/ids.ts'
import { openDb } from '../src/platform/db.ts'
import type { Browser } from './browser.ts'
import type { Ending } from './bank.ts'
import type { Plan, PlannedFamily, PlannedPayment, Story } from './plan.ts'
import { numberInvoices } from './records.ts'
import { choose, drop, type Form, type Household, openHousehold, send } from './walk.ts'
import type { World } from './world.ts'

export type Crowd = {
  /** Which payment of the plan an order is. */
  readonly orders: ReadonlyMap<string, PlannedPayment>
  /** Payments whose walk did not come to its end, and why. */
  readonly stranded: readonly string[]
  /** Those of late stories reach the bank's form, and go no further. */
  readonly leaveForBank: () => Promise<number>
  /** Everybody pays; `begin` is told of each payment. */
  readonly pay: (begin: () => void) => Promise<void>
}

const AT_ONCE = 8
const ENDINGS: Readonly<Record<Story, readonly Ending[]>> = {
  paid: ['accepted'],
  refused: ['refused'],
  retried: ['refused', 'accepted'],
  abandoned: ['abandoned'],
  left: [],
  'other-amount': ['accepted'],
  'taken-twice': ['accepted', 'accepted'],
  cancelled: ['accepted'],
  'two-tabs': ['accepted'],
  'two-parents': ['accepted'],
  late: ['accepted'],
}

export function gatherCrowd(world: World, plan: Plan, say: (text: string) => void): Crowd {
  const orders = new Map<string, PlannedPayment>()
  const waiting = new Map<number, { form: Form; browser: Browser }>()
  const stranded: string[] = []
  const numbers = numberInvoices(plan)
  const numbersOf = ({ family, invoices }: PlannedPayment) =>
    invoices.map((rank) => numbers.get(family)?.[rank] ?? '')

  /** The family chooses; the line learns which order this is before the bank does. */
  const start = async (browser: Browser, payment: PlannedPayment): Promise<string> => {
    const reference = await choose(browser, payment, numbersOf(payment))
    if (reference === undefined) throw new Error('nothing to pay')
    orders.set(reference, payment)
    world.line.expect(reference, payment)
    return reference
  }
  const reachBank = async (browser: Browser, payment: PlannedPayment): Promise<Form> => {
    const sent = await send(browser, await start(browser, payment))
    if ('refused' in sent) throw new Error(`not sent: ${sent.refused}`)
    return sent.form
  }
  const payAtBank = async (browser: Browser, payment: PlannedPayment, form: Form) => {
    const ordered = Number(form.find(([name]) => name === 'vads_amount')?.[1])
    const faults = payment.story === 'other-amount' ? { amount: Math.max(1, ordered + payment.wrongBy) } : {}
    const { back } = await world.bank.pay(form, ENDINGS[payment.story], faults)
    if (payment.returns && back !== '') await browser.get(back)
  }

  /** Both choose before either leaves; who is held gives the other up, and the bank takes both. */
  const payTwice = async (one: Browser, other: Browser, payment: PlannedPayment) => {
    const [first, second] = await Promise.all([start(one, payment), start(other, payment)])
    const [a, b] = await Promise.all([send(one, first), send(other, second)])
    const forms = [a, b].flatMap((sent) => ('form' in sent ? [sent.form] : []))
    const held = 'refused' in a ? one : 'refused' in b ? other : undefined
    if (held) {
      await drop(held, held === one ? second : first)
      const again = await send(held, held === one ? first : second)
      if ('form' in again) forms.push(again.form)
    }
    await Promise.all(forms.map((form) => payAtBank(one, payment, form)))
  }

  const pay = async (household: Household, payment: PlannedPayment): Promise<void> => {
    const { story } = payment
    const left = waiting.get(payment.id)
    if (left) return payAtBank(left.browser, payment, left.form)
    const browser = await household.open(0)
    if (story === 'two-tabs') return payTwice(browser, await household.open(0), payment)
    if (story === 'two-parents') return payTwice(browser, await household.open(1), payment)
    const form = await reachBank(browser, payment)
    if (story === 'left') return
    if (story === 'cancelled') await cancelInvoices(world, numbersOf(payment))
    await payAtBank(browser, payment, form)
  }

  const each = async (families: readonly PlannedFamily[], work: (one: PlannedFamily) => Promise<void>) => {
    const left = [...families]
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let family = left.shift(); family; family = left.shift()) await work(family)
      }),
    )
  }
  const guarded = async (payment: PlannedPayment, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      stranded.push(
        `payment ${payment.id}, ${payment.story}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  const total = plan.families.reduce((sum, one) => sum + one.payments.length, 0)

  return {
    orders,
    stranded,
    leaveForBank: async () => {
      await each(plan.families, async ({ id, payments }) => {
        for (const payment of payments.filter((one) => one.story === 'late'))
          await guarded(payment, async () => {
            const browser = await openHousehold(world, id).open(0)
            waiting.set(payment.id, { form: await reachBank(browser, payment), browser })
          })
      })
      return waiting.size
    },
    pay: async (begin) => {
      let done = 0
      await each(plan.families, async ({ id, payments }) => {
        const household = openHousehold(world, id)
        for (const payment of payments) {
          begin()
          await guarded(payment, () => pay(household, payment))
          done += 1
          if (done % 200 === 0) say(`${done} of ${total} payments walked`)
        }
      })
    },
  }
}

/** Staff cancel invoices by credit notes, through the verb; tried again while the database is away. */
async function cancelInvoices(world: World, numbers: readonly string[]): Promise<void> {
  const { database, organisationId } = world
  const db = openDb(database.connection, 1)
  try {
    for (const number of numbers) {
      const [invoice] = await database.ask<{ id: InvoiceId; total: string }>(
        'select id, total_cents as total from invoice where number = $1',
        [number],
      )
      if (!invoice) throw new Error(`no invoice ${number}`)
      const note = {
        organisationId,
        invoiceId: invoice.id,
        requestKey: `cancel ${number}`,
        reason: 'annulation',
        corrects: cents(Number(invoice.total)),
      }
      await persist(() => db.transaction((tx) => issueCreditNote(tx, note, new Date(), 'torture')))
    }
  } finally {
    await db.close()
  }
}

const TRIES = 60

/** Tries again whatever a crash cut; the verb's own key makes that one effect. */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work()
    } catch (error) {
      if (tries === TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
}
