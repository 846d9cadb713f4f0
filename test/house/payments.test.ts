// docs/payments.md names a test, or the work that owes it, for each known fault: the tests exist.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { sources } from './sources.ts'

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/payments.md'), 'utf8')
const faults = page
  .split('\n')
  .filter((line) => /^\| F\d+ /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const FAULTS = 83

/** The tests that a cell names: `file` « name »; a name may quote words itself. */
const named = (cell = '') =>
  cell
    .split('<br>')
    .filter((one) => one !== '')
    .map((one) => {
      const [, file = '', name = ''] = /^`([^`]+\.test\.tsx?)` « (.+) »$/.exec(one) ?? []
      return { file, name }
    })

test('each of the 83 faults stands there once, with its test or the work that owes it', () => {
  expect(faults.map(([, number]) => number)).toEqual(
    Array.from({ length: FAULTS }, (_, index) => `F${index + 1}`),
  )
  const bare = faults.filter(([, , , tests, owed = '']) => {
    const isOwed = /^\*\*(?:3|4|open)\*\*: \S/.test(owed)
    return owed === '' ? named(tests).length === 0 : !isOwed
  })
  expect(bare).toEqual([])
})

test('every test that the faults name exists in its file', () => {
  const missing = faults
    .flatMap(([, , , tests]) => named(tests))
    .filter(({ file, name }) => {
      const source = sources.find((one) => one.file === file)
      return source?.strings.includes(name) !== true
    })
  expect(missing).toEqual([])
})

test('a test that bears a fault’s number is named at that fault', () => {
  const strays = sources.flatMap(({ file, strings }) =>
    strings
      .filter((name) => file.endsWith('.test.ts') && /^F\d+: /.test(name))
      .filter((name) => !page.includes(`\`${file}\` « ${name} »`))
      .map((name) => `${file}: ${name}`),
  )
  expect(strays).toEqual([])
})

test('every kind of task about money tells staff what to do', () => {
  const tasks = sources.find(({ file }) => file === 'src/tasks/task.ts')
  const ELSEWHERE = ['cheque-bounced']
  const untold = (tasks?.strings ?? [])
    .filter((kind) => /^[a-z]+-[a-z]+$/.test(kind) && !ELSEWHERE.includes(kind))
    .filter((kind) => !page.includes(`\`${kind}\``))
  expect(untold).toEqual([])
})
