import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Services } from '../platform/services.ts'
import { importJournal } from './import-journal.ts'
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
      else log.error({ name, failure: read.failure }, 'a journal of the bank could not be read')
      seen.set(name, mark)
    } catch (error) {
      log.error({ err: error, name }, 'a journal of the bank could not be imported')
    }
  }
}
