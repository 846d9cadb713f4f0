// A base backup by PostgreSQL's low-level interface: the embedded binaries bring no tool of their own.
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import * as pg from 'pg'
import { assert, present } from '../kernel/assert.ts'
import { type CopiedFile, type Manifest, refused } from './backup-manifest.ts'
import { backupTexts } from './backup-texts.ts'
import { copyFile, forEachAtOnce, syncFolder, writeNewFile, type Written } from './copy-file.ts'
import type { ConnectionSettings } from './db.ts'

/** Folders of which only the name is kept: the server fills them again. The log comes apart. */
const EMPTIED = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
/** Of this one run of the server, or made anew. */
const LEFT_OUT =
  /^(?:postmaster\.(?:pid|opts)|\.s\.PGSQL\..*|pgsql_tmp.*|pg_internal\.init.*|backup_label.*|tablespace_map.*)$/
const CONTROL = 'global/pg_control'
const CONTROL_READS = 50

type Copied = {
  readonly folders: readonly string[]
  readonly files: readonly CopiedFile[]
  readonly wal: NonNullable<Manifest['wal']>
}

/**
 * Copies the running cluster of `data` into the empty folder `target`. What the files lack to be of
 * one instant is in the log from the backup's first record to its last: a slot keeps the server from
 * recycling it meanwhile, and the segments are copied after pg_backup_stop has closed the last one.
 */
export async function copyCluster(
  connection: ConnectionSettings,
  data: string,
  target: string,
): Promise<Copied> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    const slot = `preau_${randomBytes(8).toString('hex')}`
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot])
    const began = await client.query<{ lsn: string; segment: string }>(
      'select lsn::text, pg_walfile_name(lsn) as segment from pg_backup_start($1, true) lsn',
      ['preau'],
    )
    const first = present(began.rows[0], 'no start')
    const { folders, names } = await listCluster(data)
    for (const folder of folders) await mkdir(path.join(target, folder), { mode: 0o700 })
    const files: CopiedFile[] = []
    const keep = (name: string, written: Written | undefined) => {
      if (written) files.push({ path: name, ...written })
    }
    await forEachAtOnce(names, async (name) =>
      keep(name, await copyFile(path.join(data, name), path.join(target, name))),
    )
    keep(CONTROL, await copyControl(data, target))

    const ended = await client.query<{ lsn: string; segment: string; label: string; map: string }>(
      // The file of the last byte: versions differ on which one a place between two belongs to.
      `select lsn::text, pg_walfile_name(lsn - 1) as segment, labelfile as label, spcmapfile as map
        from pg_backup_stop(false)`,
    )
    const last = present(ended.rows[0], 'no stop')
    assert(last.map.trim() === '', 'a tablespace in the embedded database')
    keep('backup_label', await writeNewFile(path.join(target, 'backup_label'), last.label))
    const segments = await listSegments(data, first.segment, last.segment)
    for (const { segment } of [first, last])
      assert(segments.includes(`pg_wal/${segment}`), `${segment} has gone`)
    for (const segment of segments) {
      const written = await copyFile(path.join(data, segment), path.join(target, segment))
      keep(segment, present(written, `${segment} has gone`))
    }
    for (const folder of ['', ...folders]) await syncFolder(path.join(target, folder))
    return { folders, files, wal: { start: first.lsn, stop: last.lsn } }
  } finally {
    // Without a stop the server forgets the backup with its session; the slot goes the same way.
    await client.end()
  }
}

/** Folders, parents first, and files of the cluster, in the manifest's way of writing. */
async function listCluster(data: string): Promise<{ folders: string[]; names: string[] }> {
  const folders: string[] = []
  const names: string[] = []
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(path.join(data, folder), { withFileTypes: true }).catch(goneIsEmpty)
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (LEFT_OUT.test(entry.name) || name === CONTROL) continue
      if (EMPTIED.has(name)) folders.push(name)
      else if (entry.isSymbolicLink()) throw refused(backupTexts.link(path.join(data, name)))
      else if (entry.isDirectory()) {
        folders.push(name)
        await visit(name)
      } else if (entry.isFile()) names.push(name)
    }
  }
  await visit('')
  return { folders, names }
}

/** A database dropped meanwhile takes its folder along. */
function goneIsEmpty(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

/** The log's files from one to the other; a new run of the server would have ended this session. */
async function listSegments(data: string, first: string, last: string): Promise<string[]> {
  const names = await readdir(path.join(data, 'pg_wal'))
  return names
    .filter(
      (name) => (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last) || name.endsWith('.history'),
    )
    .map((name) => `pg_wal/${name}`)
    .toSorted()
}

/** The control file last, as pg_basebackup does, and whole: read until two readings agree. */
async function copyControl(data: string, target: string): Promise<Written> {
  let before = await readFile(path.join(data, CONTROL))
  for (let reading = 0; reading < CONTROL_READS; reading += 1) {
    const now = await readFile(path.join(data, CONTROL))
    if (now.equals(before)) return writeNewFile(path.join(target, CONTROL), now)
    before = now
  }
  throw new Error(`${CONTROL} never rests`)
}
