// PayFiP's web service (docs/gateways/payfip.md): nothing is signed, so nothing is believed but the
// answer of recupererDetailPaiementSecurise about an operation that we created.
import { MINUTE_MS } from '../../../kernel/dates.ts'
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type {
  Adapter,
  BankAnswer,
  BankFact,
  BankQuestion,
  ContractOf,
  EnquireFailure,
  Enquiry,
  News,
  OrderFailure,
  Ordered,
  PaymentOrder,
  Transport,
} from '../../gateway.ts'
import { plainAnswer } from '../plain-answer.ts'
import { type Detail, readDetail } from './detail.ts'
import { type Answer, CONTENT_TYPE, type Operation, readEnvelope, writeEnvelope } from './envelope.ts'
import { meaningOf } from './errors.ts'
import { LEAST, MOST, orderFields } from './fields.ts'
import { readOperationId } from './notification.ts'
import { payfipTexts } from './texts.ts'

type Contract = ContractOf<'payfip'>

const PAGE_MINUTES = 15
/** Before that, the family may still pay on a page that it left; after, A is final and P5 is silence. */
const FINAL_MINUTES = 20

/** PayFiP of the Direction générale des finances publiques, for public bodies. */
export const payfip: Adapter<'payfip'> = {
  name: 'payfip',
  capabilities: {
    minAmount: LEAST,
    maxAmount: MOST,
    pageMinutes: PAGE_MINUTES,
    abandonmentFinalMinutes: FINAL_MINUTES,
    severalInvoices: false,
    needsEmail: true,
  },
  pageOrigin: (settings) => new URL(settings.address).origin,
  claimedShop: null,
  answer: plainAnswer,
  readJournal: null,
  open: (contract) => ({
    order: (order, transport) => create(contract, order, transport),
    readNotification: ({ raw }) => readAsk(raw),
    readReturn: readAsk,
    readKept: readAsk,
    enquire: (enquiry, transport) => enquire(contract, enquiry, transport),
    cancelOrRefund: null,
    testConnection: (transport) => findClient(contract, transport),
  }),
}

function readAsk(raw: string): Result<News, 'unreadable'> {
  const providerReference = readOperationId(raw)
  return providerReference === undefined ? fail('unreadable') : ok({ kind: 'ask', providerReference })
}

/** An operation is created for each departure: it opens one page, for 15 minutes (gateways 3.1). */
async function create(
  contract: Contract,
  order: PaymentOrder,
  transport: Transport,
): Promise<Result<Ordered, OrderFailure>> {
  const { settings, shopNumber } = contract
  const fields = orderFields({
    numcli: shopNumber,
    saisie: settings.saisie,
    refdet: order.reference,
    objet: objetOf(order),
    montant: order.amount,
    mel: order.receiptEmail ?? '',
    sentAt: order.sentAt,
    urlnotif: order.notificationUrl,
    urlredirect: order.returnUrl,
  })
  if (!fields.ok) return fail(fields.failure === 'email' ? 'bad-email' : 'refused')
  const answer = await ask(contract, 'creerPaiementSecurise', fields.value, transport)
  if (!answer.ok) return fail('unreachable')
  if (answer.value.kind === 'fault') return fail(ORDER_FAILURES[meaningOf(answer.value.fault)])
  const idop = answer.value.fields.get('idop') ?? ''
  if (answer.value.operation !== 'creerPaiementSecurise' || !/^[\w-]{1,64}$/.test(idop))
    return fail('unreachable')
  const url = `${settings.address}/tpa/paiementws.web?idop=${idop}`
  return ok({ redirection: { kind: 'visit', url }, providerReference: idop })
}

const ORDER_FAILURES = {
  gone: 'refused',
  used: 'refused',
  waiting: 'refused',
  email: 'bad-email',
  amount: 'refused',
  settings: 'refused',
  unlisted: 'refused',
  down: 'unreachable',
} as const satisfies Record<ReturnType<typeof meaningOf>, OrderFailure>

const objetOf = ({ invoiceNumbers, payee }: PaymentOrder): string =>
  invoiceNumbers.length === 0
    ? payfipTexts.topUp(payee)
    : payfipTexts.invoice(invoiceNumbers.join(' '), payee)

/** Asks about every operation of an order: each may have been paid, whatever became of the next. */
async function enquire(
  contract: Contract,
  enquiry: Enquiry,
  transport: Transport,
): Promise<Result<BankAnswer, EnquireFailure>> {
  const answers: BankAnswer[] = []
  for (const sending of enquiry.sendings) {
    const { providerReference } = sending
    // Without an operation, nobody was ever led to a page.
    if (providerReference === null) continue
    const got = await ask(
      contract,
      'recupererDetailPaiementSecurise',
      [['idOp', providerReference]],
      transport,
    )
    if (!got.ok) return got
    const read = readAnswer(contract, enquiry, { ...sending, providerReference }, got.value)
    if (!read.ok) return read
    answers.push({ raw: got.value.raw, facts: read.value })
  }
  return ok({
    raw: answers.map((one) => one.raw).join('\n'),
    facts: answers
      .flatMap((one) => one.facts)
      .toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime()),
  })
}

type Sending = Enquiry['sendings'][number] & { readonly providerReference: string }

/**
 * What the answer says of one sending. No fact while there is no result, nor when the operation is
 * gone: the attempt then expires by itself, and the family reads that nobody knows of a payment.
 */
function readAnswer(
  contract: Contract,
  enquiry: Enquiry,
  sending: Sending,
  answer: Answer,
): Result<readonly BankFact[], EnquireFailure> {
  if (answer.kind === 'fault') {
    const meaning = meaningOf(answer.fault)
    if (meaning === 'gone' || meaning === 'waiting') return ok([])
    if (meaning === 'down') return fail('unreachable')
    return fail(meaning === 'settings' ? 'refused' : 'unreadable')
  }
  if (answer.operation !== 'recupererDetailPaiementSecurise') return fail('unreadable')
  const detail = readDetail(answer.fields)
  if (!detail || !isOurs(contract, enquiry, sending, detail)) return fail('unreadable')
  return ok([toFact(enquiry, sending, detail)])
}

/** The answer is about this operation, of this client, for this order (the amount is compared by who books). */
const isOurs = (contract: Contract, { reference }: Enquiry, sending: Sending, detail: Detail): boolean =>
  detail.idop === sending.providerReference &&
  detail.numcli === contract.shopNumber &&
  detail.refdet === reference

function toFact({ reference, askedAt }: Enquiry, sending: Sending, detail: Detail): BankFact {
  const isFresh = askedAt.getTime() - sending.sentAt.getTime() < FINAL_MINUTES * MINUTE_MS
  return {
    mode: detail.saisie === 'T' ? 'TEST' : 'PRODUCTION',
    reference,
    transactionNumber: sending.transactionNumber,
    bankTransaction: detail.idop,
    operation: 'debit',
    verdict: verdictOf(detail.resultrans, isFresh),
    amount: detail.montant,
    isEuro: true,
    happenedAt: detail.happenedAt ?? askedAt,
    ...(detail.resultrans === 'V' ? { means: 'direct-debit' as const } : {}),
    cardBrand: '',
    cardMasked: '',
    authorisation: detail.numauto,
    reason: '',
  }
}

/** A debit order accepted counts as paid: what bounces later is taken back. Another letter is never guessed. */
function verdictOf(resultrans: string, isFresh: boolean): BankFact['verdict'] {
  switch (resultrans) {
    case 'P':
    case 'V':
      return 'accepted'
    case 'R':
    case 'Z':
      return 'refused'
    case 'A':
      return isFresh ? 'pending' : 'abandoned'
    default:
      return 'unknown'
  }
}

/** Whether PayFiP knows the client's number. */
async function findClient(contract: Contract, transport: Transport): Promise<Result<null, EnquireFailure>> {
  const { shopNumber } = contract
  const answer = await ask(contract, 'recupererDetailClient', [['numCli', shopNumber]], transport)
  if (!answer.ok) return answer
  if (answer.value.kind === 'fault')
    return fail(meaningOf(answer.value.fault) === 'down' ? 'unreachable' : 'refused')
  return answer.value.fields.get('numcli') === shopNumber ? ok(null) : fail('unreadable')
}

/** One question of the service. Its refusals come with the status 500 (SOAP 1.1), in an envelope all the same. */
async function ask(
  { settings }: Contract,
  operation: Operation,
  fields: readonly (readonly [string, string])[],
  transport: Transport,
): Promise<Result<Answer & { readonly raw: string }, EnquireFailure>> {
  const question: BankQuestion = {
    method: 'POST',
    url: `${settings.address}/tpa/services/securite`,
    headers: { 'content-type': CONTENT_TYPE, soapaction: '""' },
    body: writeEnvelope(operation, fields),
  }
  const got = await transport(question)
  if (!got.ok) return got
  const { status, text } = got.value
  if (status !== 200 && status !== 500) return fail('unreachable')
  const answer = readEnvelope(text)
  return answer.ok ? ok({ ...answer.value, raw: text }) : fail('unreadable')
}
