// What a backup is: a dated folder whose manifest, written last, says all that it holds.
import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Instant } from '../kernel/dates.ts'
import { backupTexts } from './backup-texts.ts'

const MANIFEST = 'sauvegarde.json'
/** The folder of the server's files in a backup of the embedded database. */
export const CLUSTER = 'pg'
/** The file that pg_dump wrote. */
export const DUMP = 'base.dump'
/** The folder of the secrets that a demonstration keeps, when they were asked for. */
export const SECRETS = 'secrets'
export const MANIFEST_FILE: string = MANIFEST
/** Ends the name of a folder that is not a backup yet. */
export const UNFINISHED = '.en-cours'
/** Ends the name of a backup that an upgrade of the schema made by itself. */
export const AUTOMATIC = '-avant-migration'

/** Inside the backup's folder, with slashes, and never out of it. */
const inside = z
  .string()
  .min(1)
  .refine((name) => !name.includes('\\') && name.split('/').every((part) => !['', '.', '..'].includes(part)))
const checksum = z.string().regex(/^[0-9a-f]{64}$/)

const manifestShape = z.strictObject({
  format: z.literal(1),
  kind: z.enum(['cluster', 'dump']),
  takenAt: z.iso.datetime(),
  postgres: z.strictObject({
    /** The server's own words, which name its build. */
    version: z.string(),
    major: z.int(),
    /** Of pg_dump, which may be newer than the server. */
    tool: z.int().optional(),
  }),
  /** The first and the last record that bring the copied files to one instant. */
  wal: z.strictObject({ start: z.string(), stop: z.string() }).optional(),
  migrations: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
  folders: z.array(inside),
  files: z.array(z.strictObject({ path: inside, size: z.int().min(0), sha256: checksum })),
})

export type Manifest = z.infer<typeof manifestShape>
export type CopiedFile = Manifest['files'][number]

/** What is thrown when the sentence is all there is to know: a command shows it without more. */
export const refused = (sentence: string): Error & { readonly exitCode: number } =>
  Object.assign(new Error(sentence), { exitCode: 1 })

const parisClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** `20120412-184400`: the instant on a clock in Paris, fit for a name. */
export const stampOf = (at: Instant): string =>
  parisClock.format(at).replaceAll(/[-:]/g, '').replaceAll(' ', '-')

/** Reads the manifest of a backup; refuses a folder that is not a whole one. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => undefined)
  if (text === undefined || path.basename(path.resolve(folder)).endsWith(UNFINISHED))
    throw refused(backupTexts.notWhole(folder))
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch {
    throw refused(backupTexts.notWhole(folder))
  }
}

/** Refuses a file that is missing, or is not a file of the size told. */
export async function checkPresence(folder: string, file: CopiedFile): Promise<void> {
  const found = await lstat(path.join(folder, file.path)).catch(() => undefined)
  if (!found) throw refused(backupTexts.missing(file.path))
  if (!found.isFile() || found.size !== file.size) throw refused(backupTexts.altered(file.path))
}
