import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseConfig } from './platform/config.ts'
import { kept } from './boot.ts'

test('a value is drawn once and kept; one of fewer words is completed and kept', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'preau-kept-'))
  const parsed = parseConfig({ DATA_DIR: dataDir })
  if (!parsed.ok) throw new Error('no settings')
  const keep = (drawn: string, words: number) =>
    kept(parsed.config, 'shop', (known) => `${known} ${drawn}`.trim(), words)
  expect(keep('12345678 key', 2)).toBe('12345678 key')
  expect(keep('other', 2)).toBe('12345678 key')
  expect(keep('password', 3)).toBe('12345678 key password')
  expect(keep('other', 3)).toBe('12345678 key password')
  expect(readFileSync(path.join(dataDir, 'shop'), 'utf8')).toBe('12345678 key password')
})
