// « Tester la connexion »: what is asked of a bank and what it answers, with no secret in it.
import { cents } from '../kernel/money.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/dates.ts'
import { fail } from '../kernel/result.ts'
import type { Services } from '../platform/services.ts'
import type { OpenContract, PaymentOrder, Transport } from './gateway.ts'
import { openGateway } from './gateways/registry.ts'
import { getContract } from './shops.ts'
import { type TestedContract, testContract } from './test-contract.ts'

export type Exchange = {
  readonly asked: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  /** The status and the text, or why there is none. */
  readonly answer: { readonly status: number; readonly text: string } | { readonly failure: string }
}

export type TriedContract = {
  readonly outcome: TestedContract['outcome']
  readonly exchanges: readonly Exchange[]
  /** The form that a family's browser would post for 1 €, signed and not sent; for gateways that use one. */
  readonly signed: readonly (readonly [string, string])[]
}

const MASK = '••••••'
/** Enough of an answer to read it. */
const MAX_SHOWN = 4_000

/** Asks the bank whether it knows the shop and its secrets, and shows both sides of it; changes nothing. */
export async function tryContract(
  services: Pick<Services, 'db' | 'keys'>,
  organisationId: OrganisationId,
  contractId: ContractId,
  transport: Transport,
  now: Instant,
): Promise<TriedContract> {
  const exchanges: Exchange[] = []
  const contract = await getContract(services.db, services.keys, organisationId, contractId).catch(
    () => undefined,
  )
  const hide = hider(contract)
  const watched: Transport = async (question) => {
    const got = await transport(question)
    exchanges.push({
      asked: `${question.method} ${hide(question.url)}`,
      headers: Object.entries(question.headers).map(([name, value]) => [name, hideHeader(name, hide(value))]),
      body: hide(question.body).slice(0, MAX_SHOWN),
      answer: got.ok
        ? { status: got.value.status, text: hide(got.value.text).slice(0, MAX_SHOWN) }
        : { failure: got.failure },
    })
    return got
  }
  const outcome = await testContract(services, organisationId, contractId, watched)
  return { outcome, exchanges, signed: contract ? await signedForm(contract, now) : [] }
}

/** Every secret of the contract, wherever it stands in a text. */
const hider = (contract: OpenContract | undefined) => {
  const secrets = Object.values(contract?.secrets ?? {}).filter((one): one is string => one !== undefined)
  return (text: string): string => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, MASK), text)
}

/** An authorization is a secret in another form. */
const hideHeader = (name: string, value: string): string =>
  name.toLowerCase() === 'authorization' ? value.replace(/\s.*$/, ` ${MASK}`) : value

const SAMPLE = '0000000000000000000000ESSA'

async function signedForm(contract: OpenContract, now: Instant): Promise<TriedContract['signed']> {
  const order: PaymentOrder = {
    reference: SAMPLE,
    transactionNumber: '000000',
    sentAt: now,
    amount: cents(100),
    receiptEmail: null,
    returnUrl: 'https://portail.example/',
    notificationUrl: 'https://portail.example/',
    payee: contract.bankName,
    invoiceNumbers: [],
  }
  // Nothing leaves: a gateway that would call its bank for an order has no form to show.
  const ordered = await openGateway(contract).order(order, () => Promise.resolve(fail('resting')))
  return ordered.ok && ordered.value.redirection.kind === 'form' ? ordered.value.redirection.fields : []
}
