import type { OrganisationId } from '../kernel/ids.ts'
import { rows, sql } from '../platform/db.ts'
import { readChangedFiles, type SeenFiles } from '../platform/read-folder.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { importJournal, type JournalFailure } from './import-journal.ts'
import type { Shops } from './shops.ts'

/**
 * Reads the journals of the folder of the settings, by name. A file is opened again only when it has
 * changed; what was imported before counts once all the same.
 */
export async function importJournalFolder(services: Services, shops: Shops, seen: SeenFiles): Promise<void> {
  const { config, log } = services
  const folder = config.journalDir
  if (folder === undefined) return
  await readChangedFiles({ folder, pattern: /\.csv$/i }, seen, log, async (name, content, mark) => {
    const read = await importJournal(services, shops, name, content)
    if (read.ok) log.info({ name, counts: read.value.counts }, 'a journal of the bank was read')
    else {
      log.error({ name, failure: read.failure }, 'a journal of the bank could not be read')
      await tellStaff(services, name, mark, read.failure)
    }
  })
}

/** Whose journal it is cannot be told: every organisation with a shop has the task, once per file and content. */
async function tellStaff(
  { db, clock }: Services,
  name: string,
  mark: string,
  failure: JournalFailure,
): Promise<void> {
  const line = failure.kind === 'unreadable' ? (failure.problems[0]?.line ?? null) : null
  const found = await rows<{ id: OrganisationId }>(
    db,
    sql`select distinct organisation_id as id from bank_contract`,
  )
  for (const { id } of found)
    await db.transaction((tx) =>
      openTask(
        tx,
        id,
        'organisation',
        `journal-refused ${name} ${mark}`,
        { kind: 'journal-refused', file: name, line },
        clock.now(),
      ),
    )
}
