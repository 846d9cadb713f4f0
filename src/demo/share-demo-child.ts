import { day } from '../kernel/dates.ts'
import type { ChildId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { shareChild } from '../payers/share-child.ts'
import { present } from '../kernel/assert.ts'
import { row, sql } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { texts } from './texts.ts'

/** The demonstration's separated parents share their child: each has a file and sees its own invoices. */
export async function shareDemoChild({ db, clock }: Services, organisationId: OrganisationId): Promise<void> {
  const found = await row<{ familyId: FamilyId; childId: ChildId; otherId: FamilyId; other: string }>(
    db,
    sql`select c.family_id as "familyId", c.id as "childId", f.id as "otherId", f.name as other
      from child c join family f on f.organisation_id = c.organisation_id and f.external_key = 'BLANC'
      where c.organisation_id = ${organisationId} and c.external_key = 'FAURE-3'`,
  )
  const { familyId, childId, otherId, other } = present(found, 'the demonstration has separated parents')
  const author = {
    organisationId,
    staffId: undefined,
    name: texts.author,
    screen: 'demo',
    clientAddress: '-',
  }
  const sharing = {
    familyId,
    childId,
    withFamily: { id: otherId, name: other },
    sinceOn: day('2011-09-01'),
  }
  await db.transaction((tx) => shareChild(tx, author, sharing, clock.now()))
}
