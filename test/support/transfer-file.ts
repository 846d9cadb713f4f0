import { day } from '../../src/kernel/dates.ts'
import type { OrganisationId } from '../../src/kernel/ids.ts'
import { cents } from '../../src/kernel/money.ts'
import { newId, newReference, sha256 } from '../../src/platform/secrets.ts'
import type { Services } from '../../src/platform/services.ts'
import { buildStaff } from './staff.ts'

/** A file of transfers that names REFERENCE-OURS, made by somebody of the organisation. */
export async function buildTransferFile(
  { db, keys, clock }: Services,
  organisationId: OrganisationId,
): Promise<string> {
  const { staffId } = await buildStaff(db, organisationId, ['director'])
  const id: string = newId<'transferFile'>(clock.now())
  const content = '<Document>REFERENCE-OURS</Document>'
  await db.transaction((tx) =>
    tx
      .insertInto('transfer_file')
      .values({
        organisation_id: organisationId,
        id,
        message_id: newReference(),
        execution_on: day('2012-04-12'),
        transfers: 1,
        total_cents: cents(100),
        content_sealed: keys.seal(content),
        sha256: sha256(content),
        made_by: staffId,
        made_name: 'Marc Lefèvre',
        made_at: clock.now(),
      })
      .execute(),
  )
  return id
}
