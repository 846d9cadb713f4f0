// What staff keep of a family's people: an adult and a child, a note it sees, a change it asked for.
import type { FamilyId, OrganisationId } from '../../src/kernel/ids.ts'
import { insertNote } from '../../src/households/note-store.ts'
import { putRequest } from '../../src/identity/request-store.ts'
import type { FamilyActor } from '../../src/identity/actor.ts'
import type { Db } from '../../src/platform/db.ts'
import { TEST_NOW } from './services.ts'

/** The ids of one of each, of this family, which has an adult and a child already. */
export async function buildPeople(
  db: Db,
  organisationId: OrganisationId,
  familyId: FamilyId,
): Promise<{
  readonly adult: string
  readonly child: string
  readonly note: string
  readonly request: string
}> {
  const of = (table: 'adult' | 'child' | 'family_note' | 'change_request') =>
    db.selectFrom(table).select('id').where('family_id', '=', familyId).executeTakeFirstOrThrow()
  const adult = (await of('adult')).id
  await db.transaction(async (tx) => {
    const note = { familyId, kind: 'visible', said: 'Dossier complet', by: 'Nadia' } as const
    await insertNote(tx, organisationId, note, TEST_NOW)
    const asked = {
      subject: 'phone',
      aboutId: familyId,
      stood: { phone: '' },
      wanted: { phone: '0450000000' },
    } as const
    await putRequest(tx, { organisationId, familyId, adultId: adult } as FamilyActor, asked, TEST_NOW)
  })
  return {
    adult,
    child: (await of('child')).id,
    note: (await of('family_note')).id,
    request: (await of('change_request')).id,
  }
}

/** The fields of the page's form as it was shown: hidden ones too. */
export function formIn(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [input] of html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1]
    if (name && name !== 'jeton' && !/type="(?:checkbox|radio)"/.test(input))
      fields[name] ??= /value="([^"]*)"/.exec(input)?.[1] ?? ''
  }
  return fields
}
