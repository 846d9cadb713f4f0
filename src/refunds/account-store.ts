// Where a refund goes when it leaves by transfer, in SQL. Account numbers stay sealed here.
import type { Instant } from '../kernel/dates.ts'
import type { FamilyId, OrganisationId, StaffId } from '../kernel/ids.ts'
import { type Read, row, sql } from '../platform/db.ts'

export type PayoutAccount = {
  readonly id: string
  readonly holder: string
  /** « FR76 •••• 0189 » */
  readonly masked: string
  readonly mark: string
  readonly givenBy: StaffId
  readonly givenName: string
  readonly givenAt: Instant
  readonly checkedName: string | null
  /** The account of the family's refund before this one, when it is another: somebody should wonder. */
  readonly previousMasked: string | null
  readonly previousAt: Instant | null
}

/** The account last given for a request; undefined when its money goes back to the card. */
export const findAccount = (
  read: Read,
  organisationId: OrganisationId,
  requestId: string,
): Promise<PayoutAccount | undefined> =>
  row(
    read,
    sql<PayoutAccount>`select a.id, a.holder, a.iban_masked as masked, a.iban_mark as mark,
        a.given_by as "givenBy", a.given_name as "givenName", a.given_at as "givenAt",
        k.checked_name as "checkedName",
        case when p.iban_mark <> a.iban_mark then p.iban_masked end as "previousMasked",
        case when p.iban_mark <> a.iban_mark then p.given_at end as "previousAt"
      from payout_account a
      left join payout_account_check k on k.organisation_id = a.organisation_id and k.account_id = a.id
      left join lateral (select o.iban_mark, o.iban_masked, o.given_at from payout_account o
        where o.organisation_id = a.organisation_id and o.family_id = a.family_id and o.id <> a.id
          and o.given_at <= a.given_at
        order by o.given_at desc, o.id desc limit 1) p on true
      where a.organisation_id = ${organisationId} and a.request_id = ${requestId}
      order by a.given_at desc, a.id desc limit 1`,
  )

/** The sealed number of the family's latest account, to be proposed again; undefined when it gave none. */
export const findLatestOfFamily = (
  read: Read,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<{ holder: string; masked: string } | undefined> =>
  row(
    read,
    sql<{ holder: string; masked: string }>`select holder, iban_masked as masked from payout_account
      where organisation_id = ${organisationId} and family_id = ${familyId}
      order by given_at desc, id desc limit 1`,
  )

/** Whether an account is one of the organisation's own. */
export async function isOwnAccount(
  read: Read,
  organisationId: OrganisationId,
  iban: string,
): Promise<boolean> {
  const found = await row<{ id: string }>(
    read,
    sql`select id from billing_unit where organisation_id = ${organisationId} and transfer_iban = ${iban} limit 1`,
  )
  return found !== undefined
}
