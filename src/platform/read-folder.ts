import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Log } from './log.ts'

/** By name, the size and date of what this process read of a folder. */
export type SeenFiles = Map<string, string>

/**
 * Hands over the files of a folder that are new or have changed, by name; `mark` is what a file was
 * seen by. A file that cannot be read, or taken, stops none of the others and is tried again.
 */
export async function readChangedFiles(
  { folder, pattern }: { readonly folder: string; readonly pattern: RegExp },
  seen: SeenFiles,
  log: Log,
  take: (name: string, content: Buffer, mark: string) => Promise<void>,
): Promise<void> {
  const found = await readdir(folder).catch((error: unknown) => {
    log.error({ err: error, folder }, 'a folder cannot be read')
    return []
  })
  for (const name of found.filter((one) => pattern.test(one)).toSorted()) {
    const file = path.join(folder, name)
    try {
      const { size, mtimeMs } = await stat(file)
      const mark = `${size} ${mtimeMs}`
      if (seen.get(name) === mark) continue
      await take(name, await readFile(file), mark)
      seen.set(name, mark)
    } catch (error) {
      log.error({ err: error, name }, 'a file of the bank could not be imported')
    }
  }
}
