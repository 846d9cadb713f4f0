// docs/invariants.md names tests: they exist.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { sources } from './sources.ts'

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/invariants.md'), 'utf8')
const table = page
  .split('\n')
  .filter((line) => /^\| L\d+ /.test(line))
  .map((line) => line.split('|').map((one) => one.trim()))

/** The tests that a cell names: `file` « name ». */
const named = (cell = '') =>
  [...cell.matchAll(/`([^`]+\.test\.ts)` « ([^»]+) »/g)].map(([, file = '', name = '']) => ({ file, name }))

test('the fourteen invariants each have a refusal and a twin', () => {
  expect(table.map(([, number]) => number)).toEqual(Array.from({ length: 14 }, (_, index) => `L${index + 1}`))
  const bare = table.filter(([, , , enforced, refused, twin]) => {
    return enforced === '' || named(refused).length === 0 || named(twin).length === 0
  })
  expect(bare).toEqual([])
})

test('every test that the page names exists', () => {
  const missing = named(page).filter(({ file, name }) => {
    const source = sources.find((one) => one.file === file)
    return source?.strings.includes(name) !== true
  })
  expect(missing).toEqual([])
  expect(named(page).length).toBeGreaterThan(28)
})
