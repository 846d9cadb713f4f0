// What was typed at the desk, read against what the family owes.
import { addDays, type Day, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import type { InvoiceId } from '../kernel/ids.ts'
import { type Cents, cents, readAmount, subtract, sum, ZERO } from '../kernel/money.ts'
import { allocate, type Share } from '../ledger/allocation.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { CASH_LIMIT, DESK_METHODS, type DeskMethod } from './desk-payment.ts'
import type { OpenInvoice, Payer } from './entry-store.ts'
import { texts } from './texts.ts'

const words = texts.entry.problems
const MOST = cents(10_000_000)
const OLDEST_DAYS = 366
const LONGEST = 200

export type TypedEntry = {
  readonly amount: Cents
  readonly method: DeskMethod
  readonly mark: string
  readonly bankName: string
  readonly drawer: string
  /** The notes and coins handed over, when they were told. */
  readonly given: Cents | undefined
  readonly payerName: string
  readonly email: string | undefined
  readonly receivedOn: Day
  readonly invoices: readonly InvoiceId[]
  readonly limits: ReadonlyMap<InvoiceId, Cents>
}

type Known = {
  readonly invoices: readonly OpenInvoice[]
  readonly payers: readonly Payer[]
  readonly today: Day
}

/** The fields of a payment not typed yet: all that is due, by the means used last. */
export function firstForm(known: Known, lastMethod: DeskMethod | undefined, key: string): Form {
  const [payer] = known.payers
  const due = sum(known.invoices.map((one) => one.due))
  return new Map([
    ['cle', [key]],
    ['montant', [due > ZERO ? typedAmount(due) : '']],
    ['mode', [lastMethod ?? 'cheque']],
    ['payeur', [payer?.name ?? '']],
    ['courriel', [payer?.email ?? '']],
    ['recu-le', [typedDay(known.today)]],
    ['facture', known.invoices.map(({ number }) => number)],
  ])
}

/** An amount and a day as one types them: « 74,50 », « 16/03/2012 ». */
export const typedAmount = (amount: Cents): string =>
  `${Math.floor(amount / 100)},${String(amount % 100).padStart(2, '0')}`
export const typedDay = (day: Day): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** The name of the field that limits what goes on an invoice. */
export const partField = (number: string): string => `part-${number}`

/** Reads the form; what is wrong is told field by field, and then there is no entry. */
export function readEntry(form: Form, known: Known): { problems: Problems; entry: TypedEntry | undefined } {
  const problems: { field: string; message: string }[] = []
  const wrong = (name: string, message: string) => void problems.push({ field: name, message })
  const typed = (name: string) => field(form, name).trim().slice(0, LONGEST)
  const amount = readAmount(typed('montant'))
  const method = DESK_METHODS.find((one) => one === typed('mode'))
  if (amount === undefined) wrong('montant', words.amount)
  else if (amount === ZERO) wrong('montant', words.zero)
  else if (amount > MOST) wrong('montant', words.tooMuch)
  else if (method === 'cash' && amount > CASH_LIMIT) wrong('montant', words.cash)
  if (!method) wrong('mode', words.method)
  const given = method === 'cash' && typed('recu') !== '' ? readAmount(typed('recu')) : undefined
  if (method === 'cash' && typed('recu') !== '') {
    if (given === undefined) wrong('recu', words.given)
    else if (amount !== undefined && given < amount) wrong('recu', words.short(subtract(amount, given)))
  }
  const payerName = typed('payeur')
  if (payerName === '') wrong('payeur', words.payer)
  const receivedOn = readFrenchDay(typed('recu-le')) ?? readIsoDay(typed('recu-le'))
  const inTime = receivedOn && receivedOn <= known.today && receivedOn >= addDays(known.today, -OLDEST_DAYS)
  if (!inTime) wrong('recu-le', words.day)
  const ticked = known.invoices.filter(({ number }) => form.get('facture')?.includes(number))
  const limits = new Map<InvoiceId, Cents>()
  for (const { id, number, due } of ticked) {
    const part = typed(partField(number))
    if (part === '') continue
    const limit = readAmount(part)
    if (limit === undefined || limit === ZERO || limit > due) wrong(partField(number), words.part(number))
    else limits.set(id, limit)
  }
  if (amount !== undefined && sum(limits.values()) > amount) wrong('montant', words.parts(amount))
  if (problems.length > 0 || amount === undefined || !method || !receivedOn)
    return { problems, entry: undefined }
  const isCheque = method === 'cheque'
  return {
    problems: [],
    entry: {
      amount,
      method,
      mark: method === 'cash' ? '' : typed('numero'),
      bankName: isCheque ? typed('banque') : '',
      drawer: isCheque ? typed('titulaire') : '',
      given,
      payerName,
      // An address that is not one of the family's is no address.
      email:
        known.payers.find(({ email }) => email !== null && email === typed('courriel'))?.email ?? undefined,
      receivedOn,
      invoices: ticked.map(({ id }) => id),
      limits,
    },
  }
}

/** How the amount falls on the invoices, for the page to show; nothing while it is not one. */
export function fallOf(
  form: Form,
  invoices: readonly OpenInvoice[],
): { readonly shares: readonly Share<InvoiceId>[]; readonly rest: Cents } {
  const ticked = invoices.filter(({ number }) => form.get('facture')?.includes(number))
  return allocate(
    readAmount(field(form, 'montant')) ?? ZERO,
    ticked.map(({ id, number, due }) => {
      const limit = readAmount(field(form, partField(number)))
      return { key: id, due: limit !== undefined && limit < due ? limit : due }
    }),
  )
}
