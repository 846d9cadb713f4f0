// Settings that changed, and a unit's own words, read.
import type { BillingUnitId, OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql } from '../platform/db.ts'
import type { KeptChange } from './setting-change.ts'

const CHANGE = sql`subject, subject_id as "subjectId", field, before, after, changed_at as at,
  staff_name as by, source`

/** The last change of each setting, where it was made on screen: a file does not undo it silently. */
export const listScreenChanges = (read: Read, organisationId: OrganisationId): Promise<KeptChange[]> =>
  rows(
    read,
    sql<KeptChange>`select * from (
        select distinct on (subject_id, field) ${CHANGE} from setting_change
        where organisation_id = ${organisationId}
        order by subject_id, field, changed_at desc, id desc) last
      where source = 'screen'`,
  )

/** What changed of these settings of a thing, latest first, at most `limit`. */
export const listSettingChanges = (
  read: Read,
  organisationId: OrganisationId,
  subjectId: string,
  fields: readonly string[],
  limit: number,
): Promise<KeptChange[]> =>
  rows(
    read,
    sql<KeptChange>`select ${CHANGE} from setting_change
      where organisation_id = ${organisationId} and subject_id = ${subjectId} and field = any(${fields})
        and before <> after
      order by changed_at desc, id desc limit ${limit}`,
  )

type UnitText = 'welcome' | 'help' | 'notice' | 'mail_intro' | 'mail_signature'
export type UnitTexts = { readonly [name in UnitText]?: string }

/** The units' own words; a name that is missing has the portal's. A notice only until its last day. */
export async function listUnitTexts(
  read: Read,
  organisationId: OrganisationId,
  unitIds: readonly BillingUnitId[],
  today: string,
): Promise<ReadonlyMap<BillingUnitId, UnitTexts>> {
  const found = await rows<{ id: BillingUnitId; texts: UnitTexts }>(
    read,
    sql`select u.id, jsonb_object_agg(t.name, t.words) as texts from unit_text t
      join billing_unit u on u.organisation_id = t.organisation_id and u.id = t.billing_unit_id
      where t.organisation_id = ${organisationId} and t.billing_unit_id = any(${unitIds})
        and (t.name <> 'notice' or u.notice_until_on is null or u.notice_until_on >= ${today})
      group by u.organisation_id, u.id`,
  )
  return new Map(found.map(({ id, texts }) => [id, texts]))
}

/** The same of one unit. */
export const findUnitTexts = async (
  read: Read,
  organisationId: OrganisationId,
  unitId: BillingUnitId,
  today: string,
): Promise<UnitTexts> => (await listUnitTexts(read, organisationId, [unitId], today)).get(unitId) ?? {}
