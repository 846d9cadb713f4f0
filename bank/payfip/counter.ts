import { randomInt, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { toParisDay } from '../format.ts'
import { checkOrder, type PayfipOrder } from './check-order.ts'
import type { FaultCode } from './faults.ts'
import { writeFault, writeReturn, type Question } from './envelope.ts'

/** P card paid, V debit ordered, R card refused, Z debit refused, A abandoned (gateways 3.2). */
export type Result = 'P' | 'V' | 'R' | 'Z' | 'A'

/** Faults a test asked for, on one payment. */
export type PayfipFaults = {
  loss?: boolean | undefined
  /** How many more times the notification is sent. */
  repeat?: number | undefined
  /** Minutes of the bank's clock before the notification. */
  lateMinutes?: number | undefined
  returnBy?: 'GET' | 'POST' | undefined
  /** Another amount than the one asked, in cents, in the detail. */
  amount?: number | undefined
  /** The code answered instead of the detail. */
  detail?: FaultCode | undefined
}

export type PayfipDelivery = { readonly at: number; readonly status: number | 'lost' | 'failed' }

/** One payment of PayFiP. */
export type Operation = {
  readonly idOp: string
  readonly order: PayfipOrder
  readonly createdAt: number
  readonly faults: PayfipFaults
  readonly deliveries: PayfipDelivery[]
  /** True once the buyer came with it: it opens one page and no other. */
  isOpened: boolean
  /** How the page ended; it may end again while it lives, an abandonment above all. */
  outcome: { result: Result; numauto: string; at: number } | undefined
}

const MINUTE = 60_000
/** An operation opens a page for 15 minutes, and its page may be used as long. */
const LIFE = 15 * MINUTE
/** The hour of the nightly cleaning is not published. */
const CLEANING = 3 * 60 * MINUTE
const MOST_KEPT = 2000

/** The public accountant's counter: payments created, opened, ended and told. */
export type Counter = {
  /** Answers a question of the web service, with its HTTP status. */
  answer: (question: Question) => { status: 200 | 500; xml: string }
  /** The operation a buyer comes with, opened; or the code of the refusal. */
  open: (idOp: string) => Operation | FaultCode
  /** The operation of an opened page, while the page lives. */
  find: (idOp: string) => Operation | undefined
  isAlive: (operation: Operation) => boolean
  end: (operation: Operation, result: Result) => void
  arm: (faults: PayfipFaults) => PayfipFaults
  /** What the next payment will suffer. */
  armed: () => PayfipFaults
  list: () => readonly Operation[]
}

export type CounterNeeds = {
  readonly clock: Clock
  readonly numcli: string
  readonly service: string
  readonly onEnding: (operation: Operation) => void
}

/** `DDMMYYYY` and `HHMM` on the clocks of Paris. */
function stampOf(at: number): { dattrans: string; heurtrans: string } {
  const [year, month, day] = toParisDay(at).split('-')
  const time = new Intl.DateTimeFormat('fr-FR', {
    timeZone: 'Europe/Paris',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
  return { dattrans: `${day}${month}${year}`, heurtrans: time.replace(/\D/g, '') }
}

/** Six signs for a card, « OP » and sixteen digits for a debit order, nothing for the rest. */
function numberOf(result: Result): string {
  const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('')
  if (result === 'P') return digits(6)
  return result === 'V' ? `OP${digits(16)}` : ''
}

/** The detail of an ended operation, in the order of the wire; the year comes cut to two digits. */
export function describeOperation({
  idOp,
  order,
  outcome,
  faults,
}: Operation): Record<string, string | undefined> {
  const { dattrans, heurtrans } = stampOf(outcome?.at ?? 0)
  return {
    dattrans,
    exer: order.exer.slice(0, 2),
    heurtrans,
    idOp,
    mel: order.mel,
    montant: String(faults.amount ?? order.montant),
    numauto: outcome?.numauto || undefined,
    numcli: order.numcli,
    objet: order.objet,
    refdet: order.refdet,
    resultrans: outcome?.result,
    saisie: order.saisie,
  }
}

/** Opens the counter of one client. */
export function openCounter({ clock, numcli, service, onEnding }: CounterNeeds): Counter {
  const operations = new Map<string, Operation>()
  let armed: PayfipFaults = {}

  const isAlive = ({ createdAt }: Operation) => clock.now() - createdAt <= LIFE
  const night = (at: number) => toParisDay(at - CLEANING)

  /** What never came to an end is forgotten in the night. */
  const known = (idOp: string): Operation | undefined => {
    const operation = operations.get(idOp)
    if (!operation || operation.outcome || isAlive(operation)) return operation
    if (night(operation.createdAt) === night(clock.now())) return operation
    operations.delete(idOp)
    return undefined
  }

  const create = (fields: Question['fields']): string => {
    const checked = checkOrder(fields, numcli)
    if ('code' in checked) return writeFault(checked.code)
    const idOp = randomUUID()
    const { order } = checked
    const operation: Operation = {
      idOp,
      order,
      createdAt: clock.now(),
      faults: armed,
      deliveries: [],
      isOpened: false,
      outcome: undefined,
    }
    armed = {}
    operations.set(idOp, operation)
    const [oldest] = operations.keys()
    if (operations.size > MOST_KEPT && oldest !== undefined) operations.delete(oldest)
    return writeReturn('creerPaiementSecurise', { idOp })
  }

  const detail = ({ idOp = '' }: Question['fields']): string => {
    const operation = known(idOp)
    if (!operation) return writeFault('P1')
    if (operation.faults.detail) return writeFault(operation.faults.detail)
    if (!operation.outcome) return writeFault('P5')
    return writeReturn('recupererDetailPaiementSecurise', describeOperation(operation))
  }

  const client = ({ numCli = '' }: Question['fields']): string => {
    if (!/^\d{6}$/.test(numCli)) return writeFault('T1')
    if (numCli !== numcli) return writeFault('T2')
    const names = { libelleN1: 'DGFiP', libelleN2: service, libelleN3: '' }
    return writeReturn('recupererDetailClient', { ...names, numcli })
  }

  const services: Record<string, (fields: Question['fields']) => string> = {
    creerPaiementSecurise: create,
    recupererDetailPaiementSecurise: detail,
    recupererDetailClient: client,
  }

  return {
    answer: ({ operation, fields }) => {
      const serve = Object.hasOwn(services, operation) ? services[operation] : undefined
      const xml = serve ? serve(fields) : writeFault('999')
      return { status: xml.includes('<S:Fault>') ? 500 : 200, xml }
    },
    open: (idOp) => {
      const operation = known(idOp)
      if (!operation) return 'P1'
      if (operation.isOpened) return 'P3'
      if (!isAlive(operation)) return 'P4'
      operation.isOpened = true
      return operation
    },
    find: (idOp) => {
      const operation = known(idOp)
      return operation?.isOpened ? operation : undefined
    },
    isAlive,
    end: (operation, result) => {
      const isPaid = operation.outcome?.result === 'P' || operation.outcome?.result === 'V'
      if (isPaid) return
      operation.outcome = { result, numauto: numberOf(result), at: clock.now() }
      onEnding(operation)
    },
    arm: (faults) => (armed = faults),
    armed: () => armed,
    list: () => [...operations.values()],
  }
}
