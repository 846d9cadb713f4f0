import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectFile } from '../platform/files.ts'
import { FORMAT, columnsOf, KINDS } from './format.ts'
import { readFile } from './read-file.ts'

const ROW = 'famille;F1;LEFÈVRE;12 rue de l’Église;74200;Thonon-les-Bains;'
const cellsOf = (content: string | Uint8Array) => readFile(content).rows.map((row) => row.cells.slice(0, 3))
const CELLS = [['F1', 'LEFÈVRE', '12 rue de l’Église']]

test('UTF-8 is read with its mark or without', () => {
  expect(cellsOf(Buffer.from(ROW))).toEqual(CELLS)
  expect(cellsOf(Buffer.from(`\uFEFF${ROW}`))).toEqual(CELLS)
})

test('what is not UTF-8 is Windows-1252', () => {
  const bytes = Buffer.from(ROW.replace('’', '\u0092'), 'latin1')
  expect(cellsOf(bytes)).toEqual(CELLS)
})

test('comments and empty lines do not count, the lines keep their numbers', () => {
  const { rows, problems } = readFile(`# un titre\r\n\r\n;;;\r\n${ROW}\r\n`)
  expect([rows.map((row) => row.line), problems]).toEqual([[4], []])
})

test('a # inside a cell is no comment', () => {
  expect(cellsOf('famille;F1;MARTIN;bâtiment #3;74200;Thonon')).toEqual([['F1', 'MARTIN', 'bâtiment #3']])
})

test('a cell between quotes may hold a semicolon', () => {
  expect(cellsOf('famille;F1;MARTIN;"bât. A; porte 2";74200;Thonon')).toEqual([
    ['F1', 'MARTIN', 'bât. A; porte 2'],
  ])
})

test('the documentation names every kind of row with its columns in order', () => {
  const page = readFileSync(projectFile('docs/import.md'), 'utf8')
  for (const kind of KINDS) expect(page).toContain(`\`${[kind, ...columnsOf(kind)].join(';')}\``)
  expect(Object.keys(FORMAT)).toHaveLength(7)
})
