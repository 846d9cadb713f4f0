import { expect, test } from 'vitest'
import { isNear, prefixGrams, readQuery, slipGrams } from './query.ts'

test.each([
  ['74,50', 7450],
  ['74.5', 7450],
  ['1 234,50 €', 123450],
  ['12 €', 1200],
  ['1234', undefined],
  ['74,505', undefined],
  ['martin', undefined],
])('« %s » is the amount %s', (typed, amount) => {
  expect(readQuery(typed).amount).toBe(amount)
})

test.each([
  ['th1987', ['TH1987', 'TH001987']],
  ['TH 001987', ['TH001987']],
  ['TH-A12', ['TH-A12', 'TH-A000012']],
  ['martin', []],
])('« %s » is the number of %j', (typed, numbers) => {
  expect(readQuery(typed).numbers).toEqual(numbers)
})

test('a reference is read whole or by its last eight signs, as it is quoted', () => {
  expect(readQuery('2m9x-7qfk').reference).toBe('2M9X7QFK')
  expect(readQuery('01K7Z7K4M2M9X7QFK01K7Z7K4M').reference).toBe('01K7Z7K4M2M9X7QFK01K7Z7K4M')
  expect(readQuery('2M9X').reference).toBeUndefined()
})

test('a telephone number may be spaced, dotted or international', () => {
  for (const typed of ['06 99 00 00 43', '06.99.00.00.43', '0699000043'])
    expect(readQuery(typed).mobile).toBe('0699000043')
  expect(readQuery('+41 79 123 45 67').mobile).toBe('+41791234567')
})

test('an address is no name', () => {
  expect(readQuery('Claire.Martin@Courriel.example')).toMatchObject({
    email: 'claire.martin@courriel.example',
    words: [],
  })
})

test('words lose accents, capitals and dashes', () => {
  expect(readQuery('  Lefèvre-LE GOFF, Cœur ').words).toEqual(['lefevre', 'le', 'goff', 'coeur'])
})

test.each([
  ['lefebre', 'lefevre nadia', true],
  ['mratin', 'martin claire', true],
  ['marti', 'martin', true],
  ['martinn', 'martin', true],
  ['matin', 'martin', true],
  ['dialo awa', 'diallo awa', true],
  ['morin', 'martin', false],
  ['dia', 'lia', false],
])('« %s » near « %s »: %s', (typed, name, near) => {
  expect(isNear(typed.split(' '), name)).toBe(near)
})

test('whatever the slip, one of the sets of grams still holds of the right name', () => {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
  for (const name of ['martin', 'lefevre', 'diallo', 'nguyen', 'petit']) {
    const own = new Set(prefixGrams(`${name} `))
    const holds = (typed: string) => slipGrams(typed).some((set) => set.every((gram) => own.has(gram)))
    const missed: string[] = []
    for (let at = 0; at < name.length; at += 1) {
      const [before, after] = [name.slice(0, at), name.slice(at + 1)]
      const slips = letters.map((letter) => before + letter + after)
      const swapped = before + after.slice(0, 1) + name.charAt(at) + after.slice(1)
      for (const typed of [
        ...slips,
        swapped,
        before + after,
        before + name.charAt(at) + name.charAt(at) + after,
      ])
        if (typed.length >= 4 && !holds(typed)) missed.push(`${name} as ${typed}`)
    }
    expect(missed).toEqual([])
  }
})
