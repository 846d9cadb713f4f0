// Drafts and batches to start from.
import { newId } from '../../src/platform/secrets.ts'
import type { TypedDraft, TypedLine } from '../../src/invoicing/draft.ts'
import { saveDraft } from '../../src/invoicing/save-draft.ts'
import type { FamilyId, OrganisationId } from '../../src/kernel/ids.ts'
import { listEstablishments } from '../../src/organisations/store.ts'
import { type Db, sql } from '../../src/platform/db.ts'
import type { Author } from '../../src/staff/record-act.ts'
import { TEST_NOW } from './services.ts'

export const typedLine = (values: Partial<TypedLine> = {}): TypedLine => ({
  child: '',
  day: '04/04/2012',
  label: 'Mercredi',
  quantity: '1',
  price: '14,50',
  ...values,
})

const typedDraft = (values: Partial<TypedDraft> = {}): TypedDraft => ({
  establishment: '',
  activity: 'Mercredis',
  beneficiary: '',
  referent: '',
  periodFrom: '01/04/2012',
  periodTo: '30/04/2012',
  dueOn: '',
  onlineUntil: '',
  deskUntil: '',
  lines: [typedLine()],
  ...values,
})

/** The author of a test's acts: a command at the terminal. */
export const testAuthor = (organisationId: OrganisationId): Author => ({
  organisationId,
  staffId: undefined,
  name: 'Nadia Lefèvre',
  screen: 'test',
  clientAddress: '-',
})

/** A draft of the family at the organisation's first establishment. */
export async function buildDraft(
  db: Db,
  organisationId: OrganisationId,
  familyId: FamilyId,
  values: Partial<TypedDraft> = {},
): Promise<string> {
  const id: string = newId<'draft'>(TEST_NOW)
  const [establishment] = await listEstablishments(db, organisationId)
  if (!establishment) throw new Error('no establishment')
  const typed = typedDraft({ establishment: establishment.id, ...values })
  const saving = { id, familyId, establishment, version: 0, typed, quiet: false }
  const saved = await db.transaction((tx) => saveDraft(tx, testAuthor(organisationId), saving, TEST_NOW))
  if (!saved.ok) throw new Error(saved.failure.why)
  return id
}

/** A batch that is over and has no rows, at the organisation's first unit. */
export async function buildBatch(db: Db, organisationId: OrganisationId): Promise<string> {
  const id: string = newId<'batch'>(TEST_NOW)
  await db.transaction((tx) =>
    sql`insert into invoice_batch
        (organisation_id, id, billing_unit_id, state, said, row_count, started_by, started_at)
      select organisation_id, ${id}, id, 'done', 'THONON', 0, 'TEST', ${TEST_NOW} from billing_unit
      where organisation_id = ${organisationId} order by code limit 1`.execute(tx),
  )
  return id
}
