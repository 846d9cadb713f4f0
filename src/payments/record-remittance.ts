import { addDays, type Day, readIsoDay } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import { add, type Cents } from '../kernel/money.ts'
import { type Read, row, rows, sql, type Tx } from '../platform/db.ts'

/** An incoming line of the account, as its statement tells it. */
type AccountLine = {
  readonly transferId: string
  readonly bookedOn: Day
  /** What came in; `fee` is what the bank says that it kept of it. */
  readonly net: Cents
  readonly fee: Cents
  readonly words: string
}

/** A bank pays the cards of a day within so many days, a long weekend included. */
const LATEST_DAYS = 10
const CARD_WORDS =
  /\b(?:REMISES?|REM|VENTES?|ENCAISSEMENTS?)\.? ?(?:CB|CARTES?|TPE|VAD|SYSTEMPAY|PAYZEN|STRIPE)\b/i
const DAY_IN_WORDS = /\b(\d{2})\/(\d{2})(?:\/(\d{4}|\d{2}))?\b/

/**
 * Recognises card money that reached the account, and keeps it for the day it pays: the contract whose
 * shop number the line bears, or the only one of the account when the words say cards. Its day is the
 * one in the words, else the day not yet paid whose payments make the very sum, else the day before.
 * Gives that day; undefined: the line is something else.
 */
export async function recordRemittance(
  tx: Tx,
  organisationId: OrganisationId,
  iban: string,
  line: AccountLine,
): Promise<Day | undefined> {
  const contracts = await listContractsPaidTo(tx, organisationId, iban)
  const named = contracts.filter(({ shopNumber }) => new RegExp(`\\b${shopNumber}\\b`).test(line.words))
  const [contract, ...others] = named.length > 0 ? named : CARD_WORDS.test(line.words) ? contracts : []
  if (!contract || others.length > 0) return undefined
  const on =
    dayInWords(line.words, line.bookedOn) ??
    (await findDayOf(tx, organisationId, contract.id, line)) ??
    addDays(line.bookedOn, -1)
  await tx
    .insertInto('remittance')
    .values({
      organisation_id: organisationId,
      transfer_id: line.transferId,
      contract_id: contract.id,
      day_on: on,
      net_cents: line.net,
      fee_cents: line.fee,
    })
    .execute()
  return on
}

/** « REMISE CB DU 12/04 » on a line of the 14th: the 12th of that year, never after the line. */
function dayInWords(words: string, bookedOn: Day): Day | undefined {
  const [, dd, mm, typed] = DAY_IN_WORDS.exec(words) ?? []
  if (dd === undefined || mm === undefined) return undefined
  const year = Number(bookedOn.slice(0, 4))
  const years =
    typed === undefined ? [year, year - 1] : [typed.length === 2 ? 2_000 + Number(typed) : Number(typed)]
  return years
    .map((one) => readIsoDay(`${one}-${mm}-${dd}`))
    .find((day) => day !== undefined && day <= bookedOn && day >= addDays(bookedOn, -LATEST_DAYS))
}

const listContractsPaidTo = (
  read: Read,
  organisationId: OrganisationId,
  iban: string,
): Promise<{ id: ContractId; shopNumber: string }[]> =>
  rows(
    read,
    sql<{ id: ContractId; shopNumber: string }>`select distinct c.id, c.shop_number as "shopNumber"
      from billing_unit u
      join bank_contract c on c.organisation_id = u.organisation_id and c.id = u.contract_id
      where u.organisation_id = ${organisationId} and u.transfer_iban = ${iban}`,
  )

async function findDayOf(
  read: Read,
  organisationId: OrganisationId,
  contractId: ContractId,
  { bookedOn, net, fee }: AccountLine,
): Promise<Day | undefined> {
  const found = await row<{ day: Day }>(
    read,
    sql`select (c.captured_at at time zone 'Europe/Paris')::date as day from capture c
      where c.organisation_id = ${organisationId} and c.contract_id = ${contractId}
        and c.captured_at > ${addDays(bookedOn, -LATEST_DAYS)}::date and c.captured_at < ${bookedOn}::date + 1
        and not exists (select from remittance m where m.organisation_id = c.organisation_id
          and m.contract_id = c.contract_id
          and m.day_on = (c.captured_at at time zone 'Europe/Paris')::date)
      group by 1 having sum(c.amount_cents) = ${add(net, fee)} order by 1 desc limit 1`,
  )
  return found?.day
}
