import { createHash } from 'node:crypto'
import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { recordSettingChanges } from '../organisations/record-setting-changes.ts'
import { sql, type Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import type { Problems } from '../web/form.ts'
import { forbid } from './consequences.ts'
import { type Change, type Names, type Setting, showValue, type Value, type Values } from './setting.ts'
import { findValues } from './store.ts'
import type { Subject } from './subjects.ts'
import { texts } from './texts.ts'

const plain = (value: Value | undefined): Value => (value === '' || value === undefined ? null : value)

/** The settings whose wanted value is another than the standing one. */
export const changesOf = (
  settings: readonly Setting[],
  standing: Values,
  wanted: Values,
): readonly Change[] =>
  settings.flatMap((setting) => {
    const [before, after] = [standing[setting.column] ?? null, wanted[setting.column] ?? null]
    return plain(before) === plain(after) ? [] : [{ setting, standing: before, after }]
  })

/** What the person saw: another of it means that somebody changed these settings meanwhile. */
export const seenOf = (settings: readonly Setting[], values: Values): string =>
  createHash('sha256')
    .update(JSON.stringify(settings.map(({ column }) => plain(values[column]))))
    .digest('base64url')
    .slice(0, 22)

export type SaveFailure =
  | { readonly kind: 'gone' }
  | { readonly kind: 'changed-meanwhile'; readonly standing: Values }
  | { readonly kind: 'forbidden'; readonly problems: Problems }

export type Wanted = {
  readonly settings: readonly Setting[]
  readonly values: Values
  readonly seen: string
  readonly names: Names
}

/**
 * Changes settings, and keeps who changed what. Nothing is written when they are no longer those that
 * were shown, or when what they touch forbids it.
 */
export async function saveSettings(
  tx: Tx,
  subject: Subject,
  { settings, values, seen, names }: Wanted,
  author: Author,
  now: Instant,
): Promise<Result<readonly Change[], SaveFailure>> {
  const { organisationId } = author
  await lock(tx, organisationId, subject)
  const standing = await findValues(tx, organisationId, subject)
  if (!standing) return fail({ kind: 'gone' })
  if (seenOf(settings, standing) !== seen) return fail({ kind: 'changed-meanwhile', standing })
  const changes = changesOf(settings, standing, values)
  const problems = await forbid(tx, organisationId, subject, changes)
  if (problems.length > 0) return fail({ kind: 'forbidden', problems })
  if (changes.length === 0) return ok(changes)
  await write(tx, organisationId, subject, changes)
  const kept = changes.map(({ setting, standing: before, after }) => ({
    subject: subject.kind,
    subjectId: subject.id,
    field: setting.column,
    before: showValue(setting, before, names),
    after: showValue(setting, after, names),
  }))
  await recordSettingChanges(tx, organisationId, { staffId: author.staffId, name: author.name }, kept, now)
  const told = Object.fromEntries(
    kept.map(({ field, before, after }) => [
      texts.settings[field].label,
      { before: before.slice(0, MAX_TOLD), after: after.slice(0, MAX_TOLD) },
    ]),
  )
  await recordAct(tx, author, { kind: 'settings.changed', object: subject.name, changes: told }, now)
  return ok(changes)
}

/** The journal tells enough to be recognised; the whole is in the history of settings. */
const MAX_TOLD = 200
const TABLES = { organisation: 'organisation', unit: 'billing_unit', establishment: 'establishment' } as const

async function lock(tx: Tx, organisationId: OrganisationId, { kind, id }: Subject): Promise<void> {
  const own = kind === 'organisation' ? sql`id` : sql`organisation_id`
  await sql`select 1 from ${sql.table(TABLES[kind])} where ${own} = ${organisationId} and id = ${id} for update`.execute(
    tx,
  )
}

async function write(
  tx: Tx,
  organisationId: OrganisationId,
  { kind, id }: Subject,
  changes: readonly Change[],
): Promise<void> {
  const own = kind === 'organisation' ? sql`id` : sql`organisation_id`
  const columns = changes.filter(({ setting }) => !setting.column.startsWith('text.'))
  if (columns.length > 0) {
    const sets = sql.join(columns.map(({ setting, after }) => sql`${sql.ref(setting.column)} = ${after}`))
    await sql`update ${sql.table(TABLES[kind])} set ${sets}
      where ${own} = ${organisationId} and id = ${id}`.execute(tx)
  }
  for (const { setting, after } of changes) {
    if (!setting.column.startsWith('text.')) continue
    const name = setting.column.slice('text.'.length)
    if (plain(after) === null)
      await sql`delete from unit_text where organisation_id = ${organisationId}
        and billing_unit_id = ${id} and name = ${name}`.execute(tx)
    else
      await sql`insert into unit_text (organisation_id, billing_unit_id, name, words)
        values (${organisationId}, ${id}, ${name}, ${after})
        on conflict (organisation_id, billing_unit_id, name) do update set words = excluded.words`.execute(tx)
  }
}
