// Reads a zip by its directory, as any other program would.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'

/** Writes the files of a zip under a folder; gives their names. Throws when a checksum differs. */
export function unzip(bytes: Buffer, folder: string): string[] {
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  const count = bytes.readUInt16LE(end + 10)
  const names: string[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    const checksum = bytes.readUInt32LE(at + 16)
    const packed = bytes.readUInt32LE(at + 20)
    const length = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + length)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const content = inflateRawSync(bytes.subarray(start, start + packed))
    if (crc32(content) !== checksum) throw new Error(`${name}: another checksum`)
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
    names.push(name)
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return names
}
