import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { OrganisationId } from '../kernel/ids.ts'
import { rows, sql } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { importJournal, type JournalFailure } from './import-journal.ts'
import type { Shops } from './shops.ts'

/**
 * Reads the journals of the folder of the settings, by name. `seen` holds, by name, the size and
 * date of what this process read, so that a file is opened again only when it has changed; what was
 * imported before counts once all the same. A file that cannot be read stops none of the others.
 */
export async function importJournalFolder(
  services: Services,
  shops: Shops,
  seen: Map<string, string>,
): Promise<void> {
  const { config, log } = services
  const folder = config.journalDir
  if (folder === undefined) return
  const found = await readdir(folder).catch((error: unknown) => {
    log.error({ err: error, folder }, 'the folder of journals cannot be read')
    return []
  })
  const names = found.filter((name) => /\.csv$/i.test(name)).toSorted()
  for (const name of names) {
    const file = path.join(folder, name)
    try {
      const { size, mtimeMs } = await stat(file)
      const mark = `${size} ${mtimeMs}`
      if (seen.get(name) === mark) continue
      const read = await importJournal(services, shops, name, await readFile(file))
      if (read.ok) log.info({ name, counts: read.value.counts }, 'a journal of the bank was read')
      else {
        log.error({ name, failure: read.failure }, 'a journal of the bank could not be read')
        await tellStaff(services, name, mark, read.failure)
      }
      seen.set(name, mark)
    } catch (error) {
      log.error({ err: error, name }, 'a journal of the bank could not be imported')
    }
  }
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
        `journal-refused ${name} ${mark}`,
        { kind: 'journal-refused', file: name, line },
        clock.now(),
      ),
    )
}
