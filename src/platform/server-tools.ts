// The server's own tools, pg_dump and pg_restore: found, asked their version, run without a password in sight.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import * as pg from 'pg'
import { refused } from './backup-manifest.ts'
import { backupTexts } from './backup-texts.ts'
import type { Config } from './config.ts'

type ToolName = 'pg_dump' | 'pg_restore'
export type Tool = {
  readonly name: ToolName
  readonly major: number
  /** Runs it on the database of DATABASE_URL; refuses, with its own complaint, when it fails. */
  readonly run: (args: readonly string[]) => Promise<void>
}

/** A tool of PREAU_PG_BIN, or else of the search path. */
export async function findTool(config: Config, name: ToolName): Promise<Tool> {
  const folders = config.pgBin === undefined ? config.searchPath : [config.pgBin]
  const file = folders.map((folder) => path.join(folder, name)).find((one) => existsSync(one))
  if (file === undefined) throw refused(backupTexts.toolAbsent(name))
  const environment = environmentOf(config)
  const told = await runTool(file, ['--version'], environment)
  return {
    name,
    major: Number(/(\d+)/.exec(told.output)?.[1] ?? 0),
    run: async (args) => {
      const ran = await runTool(file, args, environment)
      if (ran.status !== 0) throw refused(backupTexts.toolFailed(name, ran.complaint.trim()))
    },
  }
}

/** What libpq reads by itself: other users of the machine see arguments, never the environment. */
function environmentOf(config: Config): { [name: string]: string } {
  const { databaseUrl = '' } = config
  const client = new pg.Client({ connectionString: databaseUrl })
  const wanted: { readonly [name: string]: string | null | undefined } = {
    PGHOST: client.host,
    PGPORT: String(client.port),
    PGUSER: client.user,
    PGDATABASE: client.database,
    PGPASSWORD: client.password,
    PGSSLMODE: parameterOf(databaseUrl, 'sslmode'),
    PGSSLROOTCERT: parameterOf(databaseUrl, 'sslrootcert'),
    PGSSLCERT: parameterOf(databaseUrl, 'sslcert'),
    PGSSLKEY: parameterOf(databaseUrl, 'sslkey'),
    PATH: config.searchPath.join(path.delimiter),
    LC_MESSAGES: 'C',
  }
  return Object.fromEntries(
    Object.entries(wanted).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

const parameterOf = (url: string, name: string): string | null =>
  new URLSearchParams(url.split('?')[1] ?? '').get(name)

type Ran = { readonly status: number; readonly output: string; readonly complaint: string }

function runTool(file: string, args: readonly string[], env: { [name: string]: string }): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-4_000)
    })
    child.once('error', reject)
    child.once('close', (status) => resolve({ status: status ?? 1, output, complaint }))
  })
}
