import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { runAlone } from './run-alone.ts'

const db = await testDatabase()

test('what is done is free for the next at once, fifty times over', async () => {
  for (let turn = 0; turn < 50; turn += 1)
    expect(await runAlone(db, 4_217, () => Promise.resolve(turn))).toBe(turn)
})

test('while one is at it the other does nothing; a failure frees the lock too', async () => {
  const first = await runAlone(db, 4_218, async () => {
    expect(await runAlone(db, 4_218, () => Promise.resolve('second'))).toBeUndefined()
    return 'done'
  })
  expect(first).toBe('done')
  await expect(runAlone(db, 4_218, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await runAlone(db, 4_218, () => Promise.resolve('third'))).toBe('third')
})
