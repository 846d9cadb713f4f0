// What the bank decides, and how the portal hears of it: late, twice, out of order, or by asking.
import { brought } from '../support/till.ts'
import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { later, MINUTE_MS } from '../../src/kernel/dates.ts'
import { heedScreen } from '../../src/organisations/heed-screen.ts'
import { saveContract } from '../../src/organisations/save-contract.ts'
import { chasePayments } from '../../src/payments/chase-payments.ts'
import { importJournal } from '../../src/payments/import-journal.ts'
import { receiveMessage } from '../../src/payments/receive-message.ts'
import { askedOnce, journal, journalLine, lastWords, messageFor, type Said } from './bank.ts'
import type { Play } from './billing-acts.ts'
import type { Word } from './facts.ts'
import { at, doing, happened, now, pickFrom, type Run, tick } from './run.ts'
import type { Step } from './steps.ts'

const uuid = (): string => randomBytes(16).toString('hex')

/** What the bank makes of the last form it received, by `how`: mostly it takes the money. */
export function decide(run: Run, step: Step): void {
  const form = run.bank.forms.at(-1)
  if (form) say(run, form, step.how)
}

function say(run: Run, form: ReadonlyMap<string, string>, how: number): void {
  const ordered = Number(form.get('vads_amount'))
  const said = (changes: Partial<Said>) =>
    run.bank.words.push({
      transaction: uuid(),
      reference: form.get('vads_order_id') ?? '',
      number: form.get('vads_trans_id') ?? '',
      verdict: 'accepted',
      amount: ordered,
      euro: true,
      // A clock that is a few minutes ahead or behind: the day may not be ours.
      happenedAt: later(now(run), ((how % 7) - 3) * MINUTE_MS),
      form,
      isStray: false,
      ...changes,
    })
  if (how < 18) said({})
  else if (how < 20) said({ verdict: 'refused' })
  else if (how < 22) said({ verdict: 'abandoned' })
  else if (how === 22) said({ amount: ordered + 100 })
  else if (how === 23) said({ amount: Math.max(1, ordered - 100) })
  else if (how === 24) said({ euro: false })
  // What the bank will tell in some days (awaited) is not played: see src/payments/second-thoughts.test.ts.
  else if (how === 26) {
    said({})
    said({})
  } else if (how === 27) said({ isStray: true })
  // Else nothing: the family never typed its card.
}

/** What the portal learns from a word, once. */
function learn(run: Run, word: Word): void {
  happened(run, { what: 'told', word, at: at(run) })
}

async function deliver(run: Run, step: Step, word: Said): Promise<void> {
  const { stage, bank } = run
  const raw = messageFor(bank, word)
  const by = step.how % 3 === 0 ? 'return' : 'notification'
  const tell = () => receiveMessage(stage.services, stage.shops, ...brought(raw, by))
  const isNewKey = run.rotatedAt !== undefined && at(run) - run.rotatedAt <= MINUTE_MS
  const result = await doing(run, isNewKey ? { ...step, crash: undefined } : step, tell)
  if (!result.ok && isNewKey) {
    // Shops are read again within the minute; until then the bank is told no, and says it again.
    expect(result.failure).toBe('bad-signature')
    return
  }
  expect(result.ok).toBe(true)
  if (word.isStray) expect(result).toEqual({ ok: true, value: 'refused_test' })
  else learn(run, word)
  run.heard.push({ raw, word })
}

/** Asks about everything that is due, one answer at a time. */
export async function chase(run: Run): Promise<boolean> {
  for (let count = 0; ; count += 1) {
    tick(run)
    const { transport, asked } = askedOnce(run.bank)
    const { asked: questions } = await chasePayments(run.stage.services, transport)
    const reference = asked()
    if (reference === undefined) return count > 0
    for (const word of lastWords(run.bank, reference).toSorted(byDay)) learn(run, word)
    if (questions === 1) return true
  }
}

const byDay = (a: Said, b: Said): number => a.happenedAt.getTime() - b.happenedAt.getTime()

/** Reads the bank's journal, which grows by one line at a time. */
export async function readJournal(run: Run, step?: Step): Promise<boolean> {
  const { stage, bank, journalLines } = run
  let isNew = false
  for (const word of lastWords(bank)) {
    const line = journalLine(word)
    if (journalLines.includes(line)) continue
    tick(run)
    const content = journal(bank, [...journalLines.slice(-2), line])
    const read = () => importJournal(stage.services, stage.shops, 'journal.csv', content)
    expect(await (step && !isNew ? doing(run, step, read) : read())).toMatchObject({ ok: true })
    learn(run, word)
    journalLines.push(line)
    run.repeats.push(read)
    isNew = true
  }
  return isNew
}

export const BANK_ACTS = {
  /** The bank decides about an order of any age: a second payment, a late one. */
  decide: (run, step) => {
    const form = pickFrom(run.bank.forms, step.pick)
    if (form) say(run, form, step.how)
    return Promise.resolve(form !== undefined)
  },
  /** It brings down what it had announced, and the portal had heard: to less, or to nothing. */
  bringDown: (run, step) => {
    const known = [...run.money.captures.keys()]
    const taken = lastWords(run.bank).filter(
      (one) => one.verdict === 'accepted' && known.includes(one.transaction),
    )
    const word = pickFrom(taken, step.pick)
    if (!word) return Promise.resolve(false)
    if (step.how % 2 === 0 && step.cents < word.amount) run.bank.words.push({ ...word, amount: step.cents })
    else run.bank.words.push({ ...word, verdict: 'abandoned' })
    return Promise.resolve(true)
  },
  /** Money of an order that nobody here made. */
  strange: (run, step) => {
    const form = pickFrom(run.bank.forms, step.pick)
    if (form) {
      const strange = new Map([...form, ['vads_order_id', uuid()], ['vads_amount', String(step.cents)]])
      say(run, strange, step.how)
    }
    return Promise.resolve(form !== undefined)
  },
  /** Any word the bank ever said, the latest more often. */
  deliver: async (run, step) => {
    const { words } = run.bank
    const word = pickFrom(step.how % 3 > 0 ? words.slice(-3) : words, step.pick)
    if (!word) return false
    await deliver(run, step, word)
    return true
  },
  /** Somebody without the key, or with the old one. */
  forge: async (run, step) => {
    const word = pickFrom(run.bank.words, step.pick)
    if (!word) return false
    const { services, shops } = run.stage
    const raw = messageFor(run.bank, word, 'clef-d-un-autre-1')
    const result = await receiveMessage(services, shops, ...brought(raw))
    expect(result).toEqual({ ok: false, failure: 'bad-signature' })
    return true
  },
  chase,
  readJournal,
  rotateKey: async (run, step) => {
    const { stage, bank } = run
    const secret = `clef-de-test-${(run.count += 1)}`
    const contract = {
      code: 'BANQUE',
      gateway: 'systempay' as const,
      host: 'localhost:3001',
      shopNumber: stage.shopNumber,
      bankName: 'Banque de démonstration',
      mode: 'TEST' as const,
      settings: {
        formUrl: 'http://localhost:3001/vads-payment/',
        restUrl: 'https://banque.example',
        signature: 'HMAC-SHA-256' as const,
        cards: null,
        threeDs: null,
      },
      secrets: { key: secret, restPassword: 'testpassword_of_the_model' },
    }
    const filed = { keys: stage.services.keys, heed: heedScreen([], 'replace') }
    const save = () => stage.tx((tx) => saveContract(tx, filed, stage.organisationId, contract, now(run)))
    expect((await doing(run, step, save)).id).toBe(stage.contractId)
    bank.key = secret
    run.rotatedAt = at(run)
    return true
  },
} satisfies { readonly [act: string]: Play }
