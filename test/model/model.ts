// What Préau's money is, told a second time: from the facts alone, in the order in which the portal
// learnt them, everything is recomputed from nothing. No clock, no database, none of the product's code.
import { type Fact, unitOf } from './facts.ts'
import { again, bringMoney, endDispute } from './model-bank.ts'
import { Money } from './money.ts'

const HELD_AS = {
  cash: 'cash',
  cheque: 'cheques',
  voucher: 'cheques',
  transfer: 'bank',
  elsewhere: 'elsewhere',
  opening: 'opening',
} as const

/** Where money stands after these facts. */
export function recompute(facts: readonly Fact[]): Money {
  const money = new Money()
  for (const fact of facts) hear(money, fact)
  return money
}

function hear(money: Money, fact: Fact): void {
  switch (fact.what) {
    case 'issued':
      money.invoices.set(fact.invoice, {
        ...fact,
        number: fact.invoice,
        due: fact.total,
        noted: 0,
        published: false,
      })
      return money.post(unitOf(fact.book), 'revenue', -fact.total)
    case 'published': {
      const newly = [...money.invoices.values()].filter((one) => !one.published && one.visibleAt <= fact.at)
      for (const invoice of newly) invoice.published = true
      for (const book of new Set(newly.map((one) => one.book))) money.spend(book, fact.at)
      return
    }
    case 'allocated':
      return money.spend(fact.book, fact.at)
    case 'noted': {
      const invoice = money.invoices.get(fact.invoice)!
      money.fall(invoice.book, fact.amount, [invoice])
      invoice.noted += fact.amount
      money.post(unitOf(invoice.book), 'revenue', fact.amount)
      return fact.spends ? money.spend(invoice.book, fact.at) : undefined
    }
    case 'written off': {
      const invoice = money.invoices.get(fact.invoice)!
      invoice.due -= fact.amount
      return money.post(unitOf(invoice.book), 'write_off', fact.amount)
    }
    case 'started':
      money.attempts.set(fact.reference, { ...fact, sendings: [], state: 'created' })
      return
    case 'sent': {
      const attempt = money.attempts.get(fact.reference)!
      attempt.sendings.push(fact)
      attempt.amount = fact.amount
      attempt.state = 'running'
      return
    }
    case 'freed':
      money.attempts.get(fact.reference)!.state = 'free'
      return
    case 'told':
      return money.captures.has(fact.word.transaction)
        ? again(money, fact.word, fact.at)
        : bringMoney(money, fact.word, fact.at)
    case 'received': {
      const { book, amount, means } = fact
      const shares = money.fall(
        book,
        amount,
        fact.invoices.map((number) => money.invoices.get(number)!),
      )
      money.post(unitOf(book), HELD_AS[means], amount)
      money.received.set(fact.key, { fact, shares, deposited: false, undone: false })
      const waits = means === 'elsewhere' || means === 'opening'
      return !waits && shares.at(-1)?.to === 'credit' ? money.spend(book, fact.at) : undefined
    }
    case 'deposited':
      for (const key of fact.keys) {
        const received = money.received.get(key)!
        received.deposited = true
        money.post(unitOf(received.fact.book), 'cheques', -received.fact.amount)
        money.post(unitOf(received.fact.book), 'bank', received.fact.amount)
      }
      return
    case 'undone': {
      const received = money.received.get(fact.key)!
      const { book, amount, means } = received.fact
      received.undone = true
      money.undo(unitOf(book), book, received.shares)
      money.post(unitOf(book), received.deposited ? 'bank' : HELD_AS[means], -amount)
      return money.spend(book, fact.at)
    }
    case 'refund asked': {
      const capture = money.captures.get(fact.transaction)!
      capture.refunded += fact.amount
      money.give(capture.book!, -fact.amount)
      money.post(capture.unit, 'refund_payable', -fact.amount)
      money.refunds.set(fact.refund, { capture, amount: fact.amount, state: 'asked' })
      return
    }
    case 'refund paid': {
      const refund = money.refunds.get(fact.refund)!
      refund.state = 'paid'
      money.post(refund.capture.unit, 'refund_payable', refund.amount)
      return money.post(refund.capture.unit, fact.from, -refund.amount)
    }
    case 'refund refused': {
      const refund = money.refunds.get(fact.refund)!
      refund.state = 'refused'
      refund.capture.refunded -= refund.amount
      money.post(refund.capture.unit, 'refund_payable', refund.amount)
      money.give(refund.capture.book!, refund.amount)
      return money.spend(refund.capture.book!, fact.at)
    }
    case 'disputed': {
      const capture = money.captures.get(fact.transaction)!
      capture.disputed += fact.amount
      money.post(capture.unit, 'clearing', -fact.amount)
      money.post(capture.unit, 'disputed', fact.amount)
      money.disputes.set(fact.dispute, { capture, amount: fact.amount, state: 'open' })
      return
    }
    case 'dispute ended':
      return endDispute(money, money.disputes.get(fact.dispute)!, fact.ending, fact.at)
  }
}
