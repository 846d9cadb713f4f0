import { expect, test } from 'vitest'
import { identifierOf, takeIdentifier } from './identifier.ts'

test.each([
  ['TEST', 'Fabien', 'test.fabien'],
  ['Le Goff', 'Anne-Lise', 'legoff.annelise'],
  ['LEFÈVRE', 'Chloé', 'lefevre.chloe'],
  ['D’ŒUVRE', 'Maël', 'doeuvre.mael'],
  ['MARTIN', '', 'martin'],
  ['Нина', '', 'famille'],
])('%s %s signs in as %s', (lastName, firstName, identifier) => {
  expect(identifierOf({ lastName, firstName })).toBe(identifier)
})

test('an identifier that is taken gets the first free number', () => {
  const taken = new Set(['martin.claire', 'martin.claire2'])
  expect(takeIdentifier('martin.claire', taken)).toBe('martin.claire3')
  expect(takeIdentifier('martin.claire', taken)).toBe('martin.claire4')
  expect(takeIdentifier('martin.paul', taken)).toBe('martin.paul')
})
