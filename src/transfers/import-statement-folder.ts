import type { OrganisationId } from '../kernel/ids.ts'
import { readChangedFiles, type SeenFiles } from '../platform/read-folder.ts'
import type { Services } from '../platform/services.ts'
import { openTask } from '../tasks/open-task.ts'
import { importStatement } from './import-statement.ts'
import { listHolders } from './store.ts'

/**
 * Reads the statements put into the folder of the bank's files, by name. What was imported before
 * counts once all the same.
 */
export async function importStatementFolder(services: Services, seen: SeenFiles): Promise<void> {
  const { config, log } = services
  const folder = config.journalDir
  if (folder === undefined) return
  await readChangedFiles({ folder, pattern: /\.xml$/i }, seen, log, async (name, content, mark) => {
    const read = await importStatement(services, content)
    if (read.ok) log.info({ name, counts: read.value.counts }, 'a statement of account was read')
    else {
      log.error({ name, failure: read.failure }, 'a statement of account could not be read')
      await tellStaff(services, name, mark)
    }
  })
}

/** Whose statement it is cannot be told: every organisation with an account has the task. */
async function tellStaff({ db, clock }: Services, name: string, mark: string): Promise<void> {
  const task = { kind: 'statement-refused' as const, file: name }
  const tell = (id: OrganisationId) =>
    db.transaction((tx) =>
      openTask(tx, id, 'organisation', `statement-refused ${name} ${mark}`, task, clock.now()),
    )
  for (const id of await listHolders(db)) await tell(id)
}
