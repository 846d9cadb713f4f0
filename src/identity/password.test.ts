import { describe, expect, test } from 'vitest'
import { passwordProblem } from './password.ts'

const context = ['claire.martin', 'claire.martin@famille.example', 'Claire', 'MARTIN']

describe('a password', () => {
  test.each([
    'trois chats sous un préau',
    'xK9!fP2mQ7zL',
    'correcte batterie agrafe',
    '        mes huit espaces',
  ])('« %s » is taken', (password) => expect(passwordProblem(password, context)).toBeUndefined())
  test.each(['', 'court', 'onze signes', '🐈🐈🐈🐈🐈🐈'])('« %s » is too short', (password) =>
    expect(passwordProblem(password, context)).toBe('short'),
  )
  test('is counted in signs, not in bytes: 256 are taken, 257 are not', () => {
    const long = 'é1à2ù3ç4'.repeat(32)
    expect(passwordProblem(long, context)).toBeUndefined()
    expect(passwordProblem(`${long}x`, context)).toBe('long')
  })
  test.each([
    'motdepasse2012!',
    'M0tdep@sse1234',
    'azertyuiop123',
    'MartinMartin12',
    'claire.martin1',
    'préau-ifac-2012',
    'aaaaaaaaaaaaaaaa',
    '123456789012',
    'abcdefghijklmnop',
    'Bonjour Soleil 1',
    'passwordpassword',
  ])('« %s » is too easy to guess', (password) =>
    expect(passwordProblem(password, context)).toBe('guessable'),
  )
  test('that holds the name is taken once the rest is long enough', () => {
    expect(passwordProblem('martin et ses trois chats gris', context)).toBeUndefined()
  })
  test('of 50 000 signs is judged in no time', () => {
    const start = performance.now()
    expect(passwordProblem('a1'.repeat(25_000), context)).toBe('long')
    expect(performance.now() - start).toBeLessThan(50)
  })
})
