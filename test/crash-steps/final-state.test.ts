import { expect, test } from 'vitest'
import { canonicalLines, differences } from './final-state.ts'

const OLD = '00000000-0000-4000-8000-00000000000a'
const [ONE, OTHER] = ['11111111-1111-7111-8111-111111111111', 'eeeeeeee-eeee-7eee-8eee-eeeeeeeeeeee']

/** A capture of so many cents on a family, its receipt, and when. */
const telling = (capture: string, at: string, word = 'ABC123', family = OLD, cents = 500) => [
  `receipt {"capture_id": "${capture}", "content": "{\\"paidAt\\":\\"${at}\\",\\"reference\\":\\"${word}\\"}"}`,
  `capture {"id": "${capture}", "family_id": "${family}", "cents": ${cents}}`,
]
const state = (lines: string[], ...drawn: string[]) => canonicalLines(lines, drawn, `family ${OLD}`)

test('the same story told at another time, with other identifiers, ends the same', () => {
  const one = state(telling(ONE, '2026-12-31T12:00:00.000Z', 'ABC123'), 'ABC123')
  const other = state(telling(OTHER, '2026-12-31T12:07:00+00:00', 'XYZ789').toReversed(), 'XYZ789')
  expect(one[0]).toContain(OLD)
  expect(differences(one, other)).toEqual([])
})

test('another amount, another known family, a word that nobody drew are other ends', () => {
  const at = '2026-12-31T12:00:00.000Z'
  const one = state(telling(ONE, at))
  expect(differences(one, state(telling(ONE, at, 'ABC123', OLD, 501)))).toHaveLength(2)
  expect(differences(one, state(telling(ONE, at, 'ABC123', OTHER)))).toHaveLength(2)
  expect(differences(one, state(telling(ONE, at, 'XYZ789')))).toHaveLength(2)
})

test('a line told twice, or not told, is seen', () => {
  const lines = telling(ONE, '2026-12-31T12:00:00.000Z')
  const [once, twice] = [state(lines), state([...lines, lines[0] ?? ''])]
  expect(differences(once, twice)).toEqual([expect.stringMatching(/^\+ receipt /)])
  expect(differences(twice, once)).toEqual([expect.stringMatching(/^- receipt /)])
})

test('what refers to another row is another end', () => {
  const [receipt = '', capture = ''] = telling(ONE, '2026-12-31T12:00:00.000Z')
  const stranger = receipt.replace(ONE, OTHER)
  expect(differences(state([receipt, capture]), state([stranger, capture]))).not.toEqual([])
})
