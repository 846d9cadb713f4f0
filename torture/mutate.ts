// A mutant: the product with a guard taken out. The patches of torture/mutants are applied to a copy
// of the sources, which is built and tortured in its place; the product itself holds no switch.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectFile } from '../src/platform/files.ts'

/** What a copy needs, to be built and to run. */
const COPIED = [
  'src',
  'bank',
  'db',
  'torture',
  'scripts',
  'test',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]

export type Mutant = {
  readonly folder: string
  readonly remove: () => void
}

/** A patch that is not there, or that the sources have outgrown. */
export class MutantFailure extends Error {}

const root = projectFile('.')
const patches = projectFile('torture/mutants')

/** Every patch, by name. */
export const listMutants = (): string[] =>
  readdirSync(patches)
    .filter((file) => file.endsWith('.patch'))
    .map((file) => file.slice(0, -'.patch'.length))
    .toSorted()

/** Makes a copy without the guards named, joined by `+`. Throws when a patch no longer applies. */
export function makeMutant(name: string): Mutant {
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-mutant-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    for (const one of COPIED) cpSync(path.join(root, one), path.join(folder, one), { recursive: true })
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
    for (const part of name.split('+')) apply(part, folder)
    return { folder, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** Throws when the patch of one guard no longer fits the product's sources; changes nothing. */
export const assertApplies = (name: string): void => apply(name, root, ['--check'])

function apply(name: string, folder: string, options: readonly string[] = []): void {
  const patch = path.join(patches, `${name}.patch`)
  if (!/^[a-z]+$/.test(name) || !existsSync(patch))
    throw new MutantFailure(`No mutant « ${name} »: there are ${listMutants().join(', ')}.`)
  // Outside of any repository, so that the copy is patched and not a work tree around it.
  const applied = spawnSync('git', ['apply', ...options, '--whitespace=nowarn', patch], {
    cwd: folder,
    env: { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: path.dirname(folder) },
    encoding: 'utf8',
  })
  if (applied.status !== 0)
    throw new MutantFailure(`The patch of « ${name} » no longer applies: ${applied.stderr.trim()}`)
}
