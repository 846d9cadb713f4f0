import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

const CHUNK = 1 << 20
const AT_ONCE = 8

/** What was written, which is what counts when the source changes meanwhile. */
export type Written = { readonly size: number; readonly sha256: string }

/** The size and the checksum of a file. */
export async function hashFile(file: string): Promise<Written> {
  const hash = createHash('sha256')
  let size = 0
  for await (const part of createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    hash.update(part)
    size += part.length
  }
  return { size, sha256: hash.digest('hex') }
}

/** Copies a file to a new one, to the disk itself; undefined when there is no such file any more. */
export async function copyFile(from: string, to: string): Promise<Written | undefined> {
  const source = await open(from, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (!source) return undefined
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const buffer = Buffer.allocUnsafe(CHUNK)
      let size = 0
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, CHUNK, null)
        if (bytesRead === 0) break
        const part = buffer.subarray(0, bytesRead)
        hash.update(part)
        await target.writeFile(part)
        size += bytesRead
      }
      await target.sync()
      return { size, sha256: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** Writes a new file, to the disk itself. */
export async function writeNewFile(file: string, content: string | Uint8Array): Promise<Written> {
  const target = await open(file, 'wx', 0o600)
  try {
    await target.writeFile(content)
    await target.sync()
  } finally {
    await target.close()
  }
  const bytes = Buffer.from(content)
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Makes the names in a folder last, where the system knows how to. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Does the work for each, a few at once: waiting for the disk is most of it. When one fails no other
 * begins, and those under way are waited for, so that nothing is written once this has thrown.
 */
export async function forEachAtOnce<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = all.values()
  const failures: unknown[] = []
  const one = async () => {
    for (const item of left) {
      if (failures.length > 0) return
      try {
        await work(item)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  if (failures.length > 0) throw failures[0]
}
