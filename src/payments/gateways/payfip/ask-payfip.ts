// PayFiP's web service, asked: an operation for each departure, and what became of it.
import { type Result, fail, ok } from '../../../kernel/result.ts'
import type {
  BankAnswer,
  BankQuestion,
  ContractOf,
  EnquireFailure,
  Enquiry,
  OrderFailure,
  Ordered,
  PaymentOrder,
  Transport,
} from '../../gateway.ts'
import { type Answer, CONTENT_TYPE, type Operation, readEnvelope, writeEnvelope } from './envelope.ts'
import { meaningOf } from './errors.ts'
import { orderFields } from './fields.ts'
import { readAnswer } from './sending-answer.ts'
import { payfipTexts } from './texts.ts'

type Contract = ContractOf<'payfip'>

/** An operation is created for each departure: it opens one page, for 15 minutes (gateways 3.1). */
export async function createOperation(
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
export async function askOperations(
  contract: Contract,
  enquiry: Enquiry,
  transport: Transport,
): Promise<Result<BankAnswer, EnquireFailure>> {
  const answers: BankAnswer[] = []
  let failure: EnquireFailure | undefined
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
    if (read.ok) answers.push({ raw: got.value.raw, facts: read.value })
    else failure = read.failure
  }
  // What one operation cannot say keeps nothing of what another says.
  if (failure !== undefined && answers.every((one) => one.facts.length === 0)) return fail(failure)
  return ok({
    raw: answers.map((one) => one.raw).join('\n'),
    facts: answers
      .flatMap((one) => one.facts)
      .toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime()),
  })
}

/** Whether PayFiP knows the client's number. */
export async function findClient(
  contract: Contract,
  transport: Transport,
): Promise<Result<null, EnquireFailure>> {
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
