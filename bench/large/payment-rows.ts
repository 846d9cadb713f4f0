// Payments as rows: by card through the bank, at the desk, or received elsewhere.
import { texts } from '../../src/documents/texts.ts'
import { later, parisDay, utcDay } from '../../src/kernel/dates.ts'
import { cardPayment } from '../../src/payments/texts.ts'
import type { Rows } from './copy-rows.ts'
import { addEntry, type Chain, internal } from './entry-rows.ts'
import { familyId, identifierIn, invoiceId, payerId, payerName } from './family-rows.ts'
import type { World } from './organisation.ts'
import { addReceipt, type Paid } from './receipt-rows.ts'
import {
  contractOf,
  idOf,
  meansOf,
  paidAt,
  paymentOf,
  QUARTER,
  referenceOf,
  type Size,
  totalOf,
  unitOf,
} from './shape.ts'

/** The payment of a family for a quarter, if it makes one. */
export function addPayment(
  rows: Rows,
  world: World,
  size: Size,
  chain: Chain,
  family: number,
  quarter: number,
) {
  const payment = paymentOf(size, family, quarter)
  if (!payment) return
  const { settled, credit } = payment
  const amount = settled.reduce((sum, one) => sum + one, credit)
  const paid = {
    family,
    quarter,
    unit: unitOf(family),
    at: paidAt(size, family, quarter),
    amount,
    settled,
    credit,
  }
  const means = meansOf(size, family, quarter)
  if (means === 'card') addCapture(rows, world, size, chain, paid)
  else if (means === 'elsewhere') addElsewhere(rows, world, size, chain, paid)
  else addDeskPayment(rows, world, size, chain, paid, means)
}

const ACCOUNTS = {
  card: 'clearing',
  cheque: 'cheques',
  cash: 'cash',
  terminal: 'bank',
  elsewhere: 'elsewhere',
} as const

/** The entry of a payment: its money on one side, the invoices that it settles and the credit on the other. */
function book(
  rows: Rows,
  world: World,
  size: Size,
  chain: Chain,
  paid: Paid,
  entry: { kind: 'capture' | 'desk' | 'elsewhere'; sourceKey: string; fact: string; actor: string },
): string {
  const { family, unit, at, amount, settled, credit } = paid
  const whose = familyId(size, family)
  const creditId = idOf('account', 1_000 + family, at)
  if (credit > 0) {
    rows.add('account', world.organisationId, creditId, world.units[unit]?.id ?? null, 'credit', whose, null)
    rows.add('balance', world.organisationId, creditId, 'credit', -credit)
  }
  const credited = { id: creditId, kind: 'credit' as const, familyId: whose, invoiceId: null }
  return addEntry(rows, world, chain, {
    ...entry,
    unit,
    at,
    lines: [
      [internal(size, unit, ACCOUNTS[meansOf(size, family, paid.quarter)]), amount],
      ...settled.map((share, index) => {
        const id = invoiceId(size, family, paid.quarter * QUARTER + index)
        return [{ id, kind: 'receivable' as const, familyId: whose, invoiceId: id }, -share] as const
      }),
      ...(credit > 0 ? [[credited, -credit] as const] : []),
    ],
  })
}

/** Signed six digits of the day, one each for all families. */
const transactionNumber = (family: number): string => String(family % 900_000).padStart(6, '0')
export const bankTransaction = (family: number, quarter: number): string =>
  `tr${String(quarter).padStart(4, '0')}${String(family).padStart(8, '0')}`

function addCapture(rows: Rows, world: World, size: Size, chain: Chain, paid: Paid): void {
  const { family, quarter, unit, at, amount, settled } = paid
  const { organisationId: organisation } = world
  const unitId = world.units[unit]?.id ?? null
  const contractId = world.contracts[contractOf(unit)] ?? null
  const whose = familyId(size, family)
  const number = quarter * size.families + family
  const attempt = idOf('attempt', number, later(at, -90_000))
  const capture = idOf('capture', number, at)
  const reference = referenceOf(family, quarter)
  const transaction = bankTransaction(family, quarter)
  const mail = `${identifierIn(family)}@courriel.example`
  const sent = later(at, -60_000)
  rows.add('payment_attempt', organisation, attempt, unitId, whose, payerId(size, family), contractId, reference, `form ${quarter}`, 'invoices', amount, mail, 'captured', later(at, -90_000), at, sent) // prettier-ignore
  rows.add('payment_reference', reference, organisation, attempt)
  for (const index of settled.keys()) {
    const month = quarter * QUARTER + index
    rows.add(
      'attempt_invoice',
      organisation,
      attempt,
      index + 1,
      invoiceId(size, family, month),
      totalOf(family, month),
    )
  }
  rows.add(
    'attempt_sending',
    organisation,
    attempt,
    1,
    contractId,
    utcDay(sent),
    transactionNumber(family),
    amount,
    sent,
  )
  const entryId = book(rows, world, size, chain, paid, {
    kind: 'capture',
    sourceKey: `${contractId} ${transaction}`,
    fact: `${transaction} ${amount}`,
    actor: 'banque',
  })
  const [masked, authorisation] = [
    `497010XXXXXX${String(family % 10_000).padStart(4, '0')}`,
    String(family % 1_000_000).padStart(6, '0'),
  ]
  rows.add('capture', organisation, capture, contractId, transaction, transactionNumber(family), unitId, attempt, whose, amount, at, 'CB', masked, authorisation, entryId, at) // prettier-ignore
  addReceipt(
    rows,
    world,
    size,
    chain,
    paid,
    { captureId: capture, deskPaymentId: null },
    {
      reference,
      mode: cardPayment,
      cardBrand: 'CB',
      cardMasked: masked,
      authorisation,
      bankTransaction: transaction,
      bankName: world.units[unit]?.bankName ?? '',
    },
  )
}

function addDeskPayment(
  rows: Rows,
  world: World,
  size: Size,
  chain: Chain,
  paid: Paid,
  means: 'cheque' | 'cash' | 'terminal',
): void {
  const { family, quarter, unit, at, amount } = paid
  const key = `desk ${quarter} ${family}`
  const mark = means === 'cheque' ? String(1_000_000 + family) : ''
  const bankName = means === 'cheque' ? 'Banque postale' : ''
  const entryId = book(rows, world, size, chain, paid, {
    kind: 'desk',
    sourceKey: key,
    fact: `${key} ${familyId(size, family)} ${means} ${amount} ${parisDay(at)} ${payerName(family)} ${mark} ${bankName}`,
    actor: 'Marc Olivier',
  })
  const id = deskPaymentId(size, family, quarter)
  rows.add('desk_payment', world.organisationId, id, key, world.units[unit]?.id ?? null, familyId(size, family), means, amount, parisDay(at), payerName(family), mark, bankName, entryId, 'Marc Olivier', at) // prettier-ignore
  addReceipt(
    rows,
    world,
    size,
    chain,
    paid,
    { captureId: null, deskPaymentId: id },
    {
      reference: mark,
      mode: texts.means[means] ?? '',
      cardBrand: '',
      cardMasked: '',
      authorisation: '',
      bankTransaction: '',
      bankName,
    },
  )
}

export const deskPaymentId = (size: Size, family: number, quarter: number) =>
  idOf('desk', quarter * size.families + family, paidAt(size, family, quarter))

function addElsewhere(rows: Rows, world: World, size: Size, chain: Chain, paid: Paid): void {
  const { family, quarter, unit, at, amount } = paid
  const key = `P-${quarter}-${family}`
  const entryId = book(rows, world, size, chain, paid, {
    kind: 'elsewhere',
    sourceKey: key,
    fact: `${key} ${parisDay(at)} ${amount} ${familyId(size, family)}`,
    actor: 'import',
  })
  const id = idOf('elsewhere', quarter * size.families + family, at)
  rows.add('elsewhere_payment', world.organisationId, id, world.units[unit]?.id ?? null, familyId(size, family), key, parisDay(at), 'virement', amount, entryId) // prettier-ignore
}
