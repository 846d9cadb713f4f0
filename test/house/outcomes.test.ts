// docs/gateways/outcomes.md names the test of each outcome and fault of each gateway: the tests exist.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { adapters } from '../../src/payments/gateways/registry.ts'
import { sources } from './sources.ts'

const GATEWAYS = ['systempay', 'payfip', 'stripe']
const OUTCOMES = 22
const FAULTS = 18
const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/gateways/outcomes.md'), 'utf8')
const lines = page
  .split('\n')
  .filter((line) => /^\| [ON]\d+ /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, key = '', , gateway = '', seen = '', where = '']) => ({ key, gateway, seen, where }))

/** The tests that a cell names: `file` « name ». */
const named = (cell: string) =>
  cell.split('<br>').map((one) => {
    const [, file = '', name = ''] = /^`([^`]+\.test\.tsx?)` « (.+) »$/.exec(one) ?? []
    return { file, name }
  })

test('each outcome and each fault stands there once for each gateway', () => {
  expect(adapters.map(({ name }) => name as string).toSorted()).toEqual(GATEWAYS.toSorted())
  const keys = [
    ...Array.from({ length: OUTCOMES }, (_, index) => `O${index + 1}`),
    ...Array.from({ length: FAULTS }, (_, index) => `N${index + 1}`),
  ]
  expect(lines.map(({ key, gateway }) => `${key} ${gateway}`)).toEqual(
    keys.flatMap((key) => GATEWAYS.map((gateway) => `${key} ${gateway}`)),
  )
})

test('what a browser sees is a journey, what it does not is a test, what a gateway lacks is explained', () => {
  const wrong = lines.filter(({ seen, where }) => {
    if (seen === 'no') return where === '' || where.includes('`')
    const files = named(where).map(({ file }) => file)
    return seen === 'browser'
      ? !files.some((file) => file.startsWith('test/journeys/'))
      : seen !== 'HTTP' || files.length === 0
  })
  expect(wrong).toEqual([])
})

test('every test that they name exists in its file', () => {
  const missing = lines
    .filter(({ seen }) => seen !== 'no')
    .flatMap(({ where }) => named(where))
    .filter(({ file, name }) => sources.find((one) => one.file === file)?.strings.includes(name) !== true)
  expect(missing).toEqual([])
})
