// What recupererDetailPaiementSecurise says of a payment (gateways 3.2).
import { type Instant, parisInstant, readIsoDay } from '../../../kernel/dates.ts'
import { type Cents, cents } from '../../../kernel/money.ts'
import type { AnswerFields } from './envelope.ts'

export type Detail = {
  readonly idop: string
  readonly numcli: string
  readonly refdet: string
  readonly montant: Cents
  /** As told: a code that is not in the list concludes nothing. */
  readonly resultrans: string
  readonly saisie: string
  /** The authorisation of the card, or the number of the debit order; empty without either. */
  readonly numauto: string
  /** To the minute; undefined when no date was given. */
  readonly happenedAt: Instant | undefined
}

/**
 * Reads a detail; undefined when what identifies or measures the payment is missing. `exer` is not
 * read: it comes cut to two digits.
 */
export function readDetail(fields: AnswerFields): Detail | undefined {
  const of = (name: string) => fields.get(name) ?? ''
  const amount = of('montant')
  const needed = ['idop', 'numcli', 'refdet', 'resultrans', 'saisie'].every((name) => of(name) !== '')
  if (!needed || !/^\d{1,11}$/.test(amount)) return undefined
  const date = of('dattrans')
  const happenedAt = readTime(date, of('heurtrans'))
  if (date !== '' && !happenedAt) return undefined
  return {
    idop: of('idop'),
    numcli: of('numcli'),
    refdet: of('refdet'),
    montant: cents(Number(amount)),
    resultrans: of('resultrans'),
    saisie: of('saisie'),
    numauto: of('numauto'),
    happenedAt,
  }
}

/** `DDMMYYYY` and `HHMM` on the clocks of Paris; of the hour that comes twice in October, the first. */
export function readTime(date: string, time: string): Instant | undefined {
  const [, dd, mm, yyyy] = /^(\d{2})(\d{2})(\d{4})$/.exec(date) ?? []
  const [, hour, minute] = /^([01]\d|2[0-3])([0-5]\d)$/.exec(time) ?? []
  const day = readIsoDay(`${yyyy}-${mm}-${dd}`)
  return day && hour && minute ? parisInstant(day, Number(hour), Number(minute)) : undefined
}
