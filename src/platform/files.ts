import { existsSync } from 'node:fs'
import path from 'node:path'

let root: string | undefined

/** The path of a file that ships with the project, from source or from dist/. */
export function projectFile(relative: string): string {
  if (root === undefined) {
    let folder = import.meta.dirname
    while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder)
    root = folder
  }
  return path.join(root, relative)
}
