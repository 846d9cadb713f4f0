// The verbs as they are called in life, and what is known when they are.
import { assert, present } from '../../src/kernel/assert.ts'
import { later, MINUTE_MS, parisDay } from '../../src/kernel/dates.ts'
import { cents } from '../../src/kernel/money.ts'
import type { Result } from '../../src/kernel/result.ts'
import type { FamilyActor } from '../../src/identity/actor.ts'
import { chasePayments } from '../../src/payments/chase-payments.ts'
import { receiveMessage } from '../../src/payments/receive-message.ts'
import { requestRefund } from '../../src/payments/refunds/request-refund.ts'
import { settleRefund } from '../../src/payments/refunds/settle-refund.ts'
import { sendPayment } from '../../src/payments/send-payment.ts'
import { startPayment } from '../../src/payments/start-payment.ts'
import type { ConnectionSettings } from '../../src/platform/db.ts'
import { closeAll } from '../../src/proof/close-periods.ts'
import { brought, type Issued, openTill, type Shop, type Till } from '../support/till.ts'
import type { VerbName } from './step.ts'
import { inWorld, type World } from './world.ts'

/** A family that owes two invoices and has a little credit, so that credit moves too. */
export type Scene = Pick<Till, 'organisationId' | 'unitId'> & {
  readonly contractId: string
  readonly actor: FamilyActor
  readonly invoices: readonly [Issued, Issued]
}
const [FIRST, SECOND, CREDIT] = [5_000, 3_000, 1_200]

/** What the story has said so far: to the family, at the bank, to staff. */
export type Tale = {
  readonly reference?: string
  readonly form?: readonly (readonly [string, string])[]
  readonly message?: string
  readonly captureId?: string
  readonly refundId?: string
}

export async function setScene(connection: ConnectionSettings, at: Date, shop: Shop): Promise<Scene> {
  return inWorld(connection, at, async ({ services: { db } }) => {
    const till = await openTill(db, { now: at, shop })
    const invoices = [await till.issue(FIRST), await till.issue(SECOND)] as const
    await till.give(CREDIT)
    const { organisationId, unitId, actor, contract } = till
    return { organisationId, unitId, actor, contractId: contract.id, invoices }
  })
}

type Act = (world: World, scene: Scene, tale: Tale) => Promise<Tale>

export const ACTS: { readonly [verb in VerbName]: Act } = {
  start: async ({ services }, { actor, unitId, invoices }) => {
    const invoiceNumbers = invoices.map((one) => one.number)
    const asked = { purpose: 'invoices', billingUnitId: unitId, formKey: 'one page', invoiceNumbers } as const
    return { reference: done(await startPayment(services, actor, asked)) }
  },
  redirect: async ({ services, shops }, { actor }, { reference }) => {
    const seen = { amount: cents(FIRST + SECOND - CREDIT), receiptEmail: actor.email }
    const sent = await sendPayment(services, shops, actor, present(reference, 'nothing started'), seen)
    const redirection = done(sent)
    assert(redirection.kind === 'form', 'the demonstration shop posts a form')
    return { form: redirection.fields }
  },
  settle: async ({ services, transport }) => {
    const { unanswered } = await chasePayments(services, transport)
    if (unanswered > 0) throw new Error('the bank did not answer')
    return {}
  },
  notify: async ({ services, shops }, _scene, { message }) => {
    done(await receiveMessage(services, shops, ...brought(present(message, 'no message'))))
    return {}
  },
  refund: async ({ services: { db, clock } }, { organisationId, invoices }, { captureId }) => {
    const refund = {
      organisationId,
      captureId: present(captureId, 'no capture'),
      requestKey: 'one request',
      amount: cents(SECOND),
      reason: 'Séjour annulé',
      invoiceId: invoices[1].id,
    }
    return {
      refundId: done(await db.transaction((tx) => requestRefund(tx, refund, clock.now(), 'Sophie'))).refundId,
    }
  },
  'settle-refund': async ({ services: { db, clock } }, { organisationId }, { refundId }) => {
    const settlement = {
      organisationId,
      refundId: present(refundId, 'no refund'),
      by: 'bank',
      reference: 'the bank’s credit',
      amount: cents(SECOND),
      paidOn: parisDay(clock.now()),
    } as const
    done(await db.transaction((tx) => settleRefund(tx, settlement, clock.now(), 'banque')))
    return {}
  },
  close: async ({ services: { db, clock } }) => {
    await closeAll(db, clock.now())
    return {}
  },
}

/**
 * Who does it again after the crash: the family clicks, staff or a job ask. Nobody repeats a
 * notification, and the chaser's next pass is the only one it gets.
 */
export const DONE_AGAIN: { readonly [verb in VerbName]: boolean } = {
  start: true,
  redirect: true,
  settle: false,
  notify: false,
  refund: true,
  'settle-refund': true,
  close: true,
}

/** When each verb is called, from the noon of a 31 December: closing comes after midnight in Paris. */
const MINUTES: { readonly [verb in VerbName]: number } = {
  start: 0,
  redirect: 1,
  settle: 4,
  notify: 4,
  refund: 20,
  'settle-refund': 30,
  close: 11 * 60 + 20,
}
export const timeOf = (verb: VerbName, noon: Date): Date => later(noon, MINUTES[verb] * MINUTE_MS)

function done<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(result.failure)
  return result.value
}
