import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

test('works asked for at once are done one after another, in their order', async () => {
  const turn = inTurn()
  const told: string[] = []
  const work = (name: string) => async () => {
    told.push(`${name} begins`)
    await Promise.resolve()
    told.push(`${name} ends`)
    return name
  }
  expect(await Promise.all([turn(work('a')), turn(work('b'))])).toEqual(['a', 'b'])
  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('a work that fails is told to who asked, and the next is done', async () => {
  const turn = inTurn()
  const failed = turn(() => Promise.reject(new Error('no')))
  const next = turn(() => Promise.resolve('done'))
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('done')
})
