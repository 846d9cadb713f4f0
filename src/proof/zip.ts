// A zip of a few files: local headers, deflated bytes, one directory. No file of it passes 4 GB.
import { crc32, deflateRawSync } from 'node:zlib'
import { assert } from '../kernel/assert.ts'

export type ZippedFile = { readonly name: string; readonly bytes: Buffer }

/** 32-bit sizes and offsets, and 16-bit counts. */
const MAX_BYTES = 0xff_ff_ff_ff
const VERSION = 20
/** Names are UTF-8. */
const FLAGS = 0x08_00
const DEFLATED = 8

/** Writes the files in order, all dated `at` in UTC: the same files and date give the same bytes. */
export function zip(files: readonly ZippedFile[], at: Date): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const when = dosTime(at)
  let offset = 0
  for (const { name, bytes } of files) {
    const [path, packed] = [Buffer.from(name), deflateRawSync(bytes)]
    assert(bytes.length < MAX_BYTES && offset < MAX_BYTES, `${name} is too large for a zip`)
    // Version, flags, method, time, day, checksum, both sizes, length of the name, no extra field.
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(VERSION, 0)
    shared.writeUInt16LE(FLAGS, 2)
    shared.writeUInt16LE(DEFLATED, 4)
    shared.writeUInt16LE(when.time, 6)
    shared.writeUInt16LE(when.day, 8)
    shared.writeUInt32LE(crc32(bytes), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(bytes.length, 18)
    shared.writeUInt16LE(path.length, 22)
    parts.push(Buffer.from('PK\u0003\u0004'), shared, path, packed)
    // No comment, first disk, no attributes, then where the local header stands.
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const madeBy = Buffer.from([VERSION, 0])
    directory.push(Buffer.from('PK\u0001\u0002'), madeBy, shared, place, path)
    offset += 30 + path.length + packed.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
}

function dosTime(at: Date): { time: number; day: number } {
  const [hours, minutes, seconds] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
  return {
    time: (hours << 11) | (minutes << 5) | (seconds >> 1),
    day: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  }
}
