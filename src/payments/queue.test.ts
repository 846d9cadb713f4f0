import { expect, test } from 'vitest'
import { cents } from '../kernel/money.ts'
import { type Queued, queueOf } from './queue.ts'

const queued = (position: number, due: number, changes: Partial<Queued> = {}): Queued => ({
  position,
  number: `VI${position}`,
  due: cents(due),
  isCurrent: false,
  isHeld: false,
  ...changes,
})
const current = { isCurrent: true }
const numbers = (queue: ReturnType<typeof queueOf>) => queue?.following.map((one) => one.number)

test('the rest of the queue follows in order, then what was passed over', () => {
  const queue = queueOf([queued(1, 100), queued(2, 0, current), queued(3, 100), queued(4, 100)])
  expect(queue).toMatchObject({ position: 2, count: 4 })
  expect(numbers(queue)).toEqual(['VI3', 'VI4', 'VI1'])
})

test('what is settled or held at the bank does not follow', () => {
  expect(numbers(queueOf([queued(1, 0, current), queued(2, 0), queued(3, 100, { isHeld: true })]))).toEqual(
    [],
  )
})

test('an invoice alone is no queue', () => {
  expect(queueOf([queued(1, 100, current)])).toBeUndefined()
  expect(queueOf([])).toBeUndefined()
})
