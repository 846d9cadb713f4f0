import type { Instant } from '../kernel/dates.ts'
import type { AdultId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import type { DossierNews } from '../mail/mail.ts'
import { planMail } from '../mail/plan-mail.ts'
import { rows, sql, type Tx } from '../platform/db.ts'
import { newReference } from '../platform/secrets.ts'

export type News = {
  readonly familyId: FamilyId
  readonly news: DossierNews
  /** A person's or a file's name. */
  readonly about: string
  /** Who needs not be told. */
  readonly except?: AdultId
}

/** Tells a file's payers by mail that somebody may open it from now on, or that it changed. */
export async function tellPayers(
  tx: Tx,
  organisationId: OrganisationId,
  { familyId, news, about, except }: News,
  now: Instant,
): Promise<void> {
  const told = await rows<{ id: AdultId; email: string }>(
    tx,
    sql`select distinct on (coalesce(l.email, a.email)) a.id, coalesce(l.email, a.email) as email
      from adult a left join login l on l.organisation_id = a.organisation_id and l.adult_id = a.id
      where a.organisation_id = ${organisationId} and a.family_id = ${familyId} and a.role = 'payer'
        and coalesce(l.email, a.email) is not null and a.id is distinct from ${except ?? null}::uuid
      order by coalesce(l.email, a.email), a.id`,
  )
  const key = `dossier-news:${newReference()}`
  for (const { id: adultId, email } of told)
    await planMail(
      tx,
      organisationId,
      {
        key: `${key}:${adultId}`,
        recipient: email,
        plan: { kind: 'dossier-news', familyId, adultId, news, about },
      },
      now,
    )
}
