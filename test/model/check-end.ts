// At the end of a run: the bank has been asked about everything, each cent has one origin, nothing that
// is told again changes anything, and the ledger's own verifier finds nothing.
import { brought } from '../support/till.ts'
import { expect } from 'vitest'
import type { MessageId } from '../../src/kernel/ids.ts'
import { receiveMessage, retryMessage } from '../../src/payments/receive-message.ts'
import { rows, sql } from '../../src/platform/db.ts'
import { closePeriods } from '../../src/proof/close-periods.ts'
import { sealEntries } from '../../src/proof/seal-entries.ts'
import { verifyLedger } from '../../src/proof/verify-ledger.ts'
import { lastWords, messageFor } from './bank.ts'
import { chase, readJournal } from './bank-acts.ts'
import { checkStep } from './check-step.ts'
import type { Word } from './facts.ts'
import { now, pass, type Run } from './run.ts'

/** Messages that a crash left waiting are applied, and what no message told is found at the bank. */
export async function hearEverything(run: Run): Promise<void> {
  const { services, organisationId } = run.stage
  await chase(run)
  await readJournal(run)
  const waiting = await rows<{ id: MessageId }>(
    services.db,
    sql`select id from bank_message where organisation_id = ${organisationId} and outcome = 'waiting'`,
  )
  for (const { id } of waiting) await retryMessage(services, organisationId, id)
  await checkStep(run)
}

/** Every cent that came in is of one bank transaction, or of one receipt of the desk. */
export async function checkOrigins(run: Run): Promise<void> {
  const { stage, bank, money } = run
  const { db } = stage.services
  const organisation = stage.organisationId
  const captures = await rows<{ transaction: string; cents: number; receipts: number }>(
    db,
    sql`select c.bank_transaction as transaction, sum(p.cents)::bigint as cents,
        (select count(*) from receipt r where r.organisation_id = c.organisation_id and r.capture_id = c.id
          and (r.content::jsonb ->> 'amountCents')::bigint = c.amount_cents) as receipts
      from capture c
      join posting p on p.organisation_id = c.organisation_id and p.entry_id = c.entry_id
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.kind = 'clearing'
      where c.organisation_id = ${organisation} group by c.organisation_id, c.id`,
  )
  // What the bank took, and no more: wrong currencies and other modes bring nothing.
  const taken = new Map(
    bank.words
      .filter((one) => one.verdict === 'accepted' && one.euro && !one.isStray)
      .toReversed()
      .map((one) => [one.transaction, one.amount]),
  )
  expect(Object.fromEntries(captures.map((one) => [one.transaction, one.cents]))).toEqual(
    Object.fromEntries(taken),
  )
  const inSuspense = [...money.captures.values()].filter((one) => one.shares[0]?.to === 'suspense')
  expect(
    captures
      .filter((one) => one.receipts === 0)
      .map((one) => one.transaction)
      .toSorted(),
  ).toEqual(inSuspense.map((one) => one.transaction).toSorted())
  // Money that came twice for one attempt is shown to a person, once.
  const placed = [...money.captures.values()].filter((one) => one.shares[0]?.to !== 'suspense')
  const [tasks] = await rows<{ count: number }>(
    db,
    sql`select count(*) from task where organisation_id = ${organisation} and kind = 'second-capture'`,
  )
  expect(tasks?.count).toBe(placed.length - new Set(placed.map((one) => one.reference)).size)
  // What stands at the bank is what it says today, less what went back by it.
  const { accounts, refunds, disputes } = money
  const standing = lastWords(bank).filter((one) => one.verdict === 'accepted' && one.euro)
  const clearing = stage.units.reduce((sum, { code }) => sum + (accounts.get(`${code} clearing`) ?? 0), 0)
  const heldBack = [...disputes.values()].filter((one) => one.state !== 'won')
  const paidBack = run.facts.flatMap((fact) =>
    fact.what === 'refund paid' && fact.from === 'clearing' ? [refunds.get(fact.refund)!] : [],
  )
  expect(clearing).toBe(sum(standing) - sum(heldBack) - sum(paidBack))
  const desk = await rows<{ payment: string; cents: number }>(
    db,
    sql`select d.id as payment, (r.content::jsonb ->> 'amountCents')::bigint as cents from desk_payment d
      join receipt r on r.organisation_id = d.organisation_id and r.desk_payment_id = d.id
      where d.organisation_id = ${organisation}`,
  )
  const received = [...money.received.values()].map(({ fact }) => fact)
  const atDesk = received.filter(({ means }) => means !== 'elsewhere' && means !== 'opening')
  expect(desk.map((one) => `${one.payment} ${one.cents}`).toSorted()).toEqual(
    atDesk.map(({ key, amount }) => `${key} ${amount}`).toSorted(),
  )
  const [strangers] = await rows<{ entries: number }>(
    db,
    sql`select count(distinct e.id) as entries from entry e
      join posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id and p.cents > 0
      join account a on a.organisation_id = p.organisation_id and a.id = p.account_id
        and a.kind in ('clearing', 'cash', 'cheques', 'bank', 'elsewhere', 'opening')
      where e.organisation_id = ${organisation} and e.kind not in ('deposit', 'chargeback_won')
        and not exists (select from capture c where c.organisation_id = e.organisation_id and c.entry_id = e.id)
        and not exists (select from desk_payment d where d.organisation_id = e.organisation_id and d.entry_id = e.id)
        and not exists (select from elsewhere_payment x where x.organisation_id = e.organisation_id and x.entry_id = e.id)
        and not (e.kind = 'opening' and e.source_key like 'solde %')`,
  )
  expect(strangers?.entries).toBe(0)
}

const sum = (list: readonly { readonly amount: number }[]): number =>
  list.reduce((total, one) => total + one.amount, 0)

/**
 * All that was said or asked, once more, and in a message what the journal alone had told: refused or
 * known, and nothing moves.
 */
export async function replay(run: Run): Promise<void> {
  const { stage } = run
  const before = await countRows(run)
  pass(run, 1)
  for (const repeat of run.repeats) await repeat()
  await stage.shops.refresh(now(run))
  const heard = [
    ...run.heard,
    ...lastWords(run.bank).map((word) => ({ raw: messageFor(run.bank, word), word })),
  ]
  for (const { raw, word } of heard)
    if (!isOfTwoDays(run, word)) await receiveMessage(stage.services, stage.shops, ...brought(raw))
  expect(await countRows(run)).toEqual(before)
  await checkStep(run)
}

/** A refusal under a number that the attempt bore on two days: of which day it is, nothing tells yet. */
const isOfTwoDays = ({ money }: Run, { reference, number, verdict }: Word): boolean =>
  (verdict === 'refused' || verdict === 'abandoned') &&
  (money.attempts.get(reference)?.sendings ?? []).filter((one) => one.number === number).length > 1

/** Rows that stand for money, or tell somebody of it. */
async function countRows({ stage }: Run): Promise<unknown> {
  const [found] = await rows(
    stage.services.db,
    sql`select (select count(*) from entry where organisation_id = ${stage.organisationId}) as entries,
      (select count(*) from receipt where organisation_id = ${stage.organisationId}) as receipts,
      (select count(*) from mail where organisation_id = ${stage.organisationId}) as mails,
      (select count(*) from task where organisation_id = ${stage.organisationId} and kind <> 'unread-operation') as tasks,
      (select count(*) from credit_note where organisation_id = ${stage.organisationId}) as notes,
      (select count(*) from refund where organisation_id = ${stage.organisationId}) as refunds,
      (select count(*) from payment_attempt where organisation_id = ${stage.organisationId}) as attempts`,
  )
  return found
}

/** Sealed, closed, and verified as `preau verify` does it. */
export async function verify({ stage }: Run): Promise<void> {
  const { db, clock } = stage.services
  await sealEntries(db, stage.organisationId, clock.now())
  await closePeriods(db, stage.organisationId, clock.now())
  const verdict = await verifyLedger(db, stage.organisationId, undefined)
  expect(verdict.findings).toEqual([])
  expect(verdict.unsealed).toBe(0)
}
