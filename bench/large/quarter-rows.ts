// What ends a quarter: the cheques leave on a slip, and the bank's journals of the last one are read.
import { addDays, later, parisDay } from '../../src/kernel/dates.ts'
import { sha256 } from '../../src/platform/secrets.ts'
import type { Rows } from './copy-rows.ts'
import { addEntry, type Chain, internal } from './entry-rows.ts'
import type { World } from './organisation.ts'
import { bankTransaction, deskPaymentId } from './payment-rows.ts'
import {
  contractOf,
  idOf,
  meansOf,
  monthStart,
  paidAt,
  paymentOf,
  QUARTER,
  quartersOf,
  referenceOf,
  SERIES,
  type Size,
  UNITS,
  unitOf,
} from './shape.ts'

const amountOf = (size: Size, family: number, quarter: number): number => {
  const payment = paymentOf(size, family, quarter)
  return payment ? payment.settled.reduce((sum, one) => sum + one, payment.credit) : 0
}

const slipName = (size: Size, unit: number, quarter: number) => {
  const year = monthStart(size, quarter * QUARTER + QUARTER - 1).slice(0, 4)
  return { series: `slip ${SERIES[unit] ?? ''} ${year}`, year }
}

/** One slip of cheques for each unit, but for the last quarter, whose cheques still lie at the desk. */
export function addSlips(rows: Rows, world: World, size: Size, chain: Chain, quarter: number): void {
  if (quarter === quartersOf(size) - 1) return
  const on = addDays(monthStart(size, quarter * QUARTER + QUARTER), -2)
  const at = new Date(`${on}T10:00:00Z`)
  for (let unit = 0; unit < UNITS; unit += 1) {
    const paying = []
    for (let family = unit; family < size.families; family += UNITS)
      if (meansOf(size, family, quarter) === 'cheque' && paymentOf(size, family, quarter)) paying.push(family)
    if (paying.length === 0) continue
    const { series, year } = slipName(size, unit, quarter)
    const last = (chain.receipts[series] = (chain.receipts[series] ?? 0) + 1)
    const slip = `B-${SERIES[unit] ?? ''}-${year}-${String(last).padStart(4, '0')}`
    const ids = paying.map((family) => deskPaymentId(size, family, quarter)).toSorted()
    const amount = paying.reduce((sum, family) => sum + amountOf(size, family, quarter), 0)
    const entryId = addEntry(rows, world, chain, {
      unit,
      kind: 'deposit',
      sourceKey: slip,
      fact: [slip, on, amount, ...ids].join(' '),
      at: later(at, unit),
      actor: 'Marc Olivier',
      lines: [
        [internal(size, unit, 'bank'), amount],
        [internal(size, unit, 'cheques'), -amount],
      ],
    })
    const { organisationId } = world
    for (const id of ids) rows.add('deposited_payment', organisationId, id, slip, entryId)
    const slipId = idOf('slip', quarter * UNITS + unit, at)
    const unitId = world.units[unit]?.id ?? null
    rows.add('deposit_slip', organisationId, slipId, unitId, slip, 'cheques', paying.length, amount, amount, on, entryId, 'Marc Olivier', at) // prettier-ignore
  }
}

/** One payment in so many is not in the bank's journal. */
const MISSING_EVERY = 997

/** The bank's journals of the last quarter: one file per contract and day. */
export function addJournals(rows: Rows, world: World, size: Size, quarter: number): void {
  const { organisationId } = world
  const files = new Map<string, { id: string; lines: number }>()
  for (let family = 0; family < size.families; family += 1) {
    if (meansOf(size, family, quarter) !== 'card' || family % MISSING_EVERY === 5) continue
    const amount = amountOf(size, family, quarter)
    if (amount === 0) continue
    const at = paidAt(size, family, quarter)
    const contract = contractOf(unitOf(family))
    const contractId = world.contracts[contract] ?? null
    const name = `journal-${contract}-${parisDay(at)}.csv`
    let file = files.get(name)
    if (!file) {
      const readAt = new Date(`${addDays(parisDay(at), 1)}T04:00:00Z`)
      file = { id: idOf('file', files.size, readAt), lines: 0 }
      files.set(name, file)
      rows.add('journal_file', organisationId, file.id, contractId, name, sha256(name), readAt, readAt)
    }
    file.lines += 1
    const transaction = bankTransaction(family, quarter)
    const reference = referenceOf(family, quarter)
    const raw = `TRANSACTION;${transaction};DEBIT;${amount};${reference};${at.toISOString()}`
    const masked = `497010XXXXXX${String(family % 10_000).padStart(4, '0')}`
    const authorisation = String(family % 1_000_000).padStart(6, '0')
    rows.add('journal_line', organisationId, contractId, sha256(raw), file.id, file.lines, raw, 'matched', transaction, reference, at, amount, masked, authorisation) // prettier-ignore
  }
}
