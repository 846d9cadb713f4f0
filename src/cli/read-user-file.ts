import { readFile } from 'node:fs/promises'
import { refusal } from './command.ts'
import { texts } from './texts.ts'

/** A file named on the command line; a sentence when it cannot be read. */
export async function readUserFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw refusal(texts.unreadable(file, code))
  }
}
