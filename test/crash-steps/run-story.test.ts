// The machine itself: it must fail where a transaction was broken in two, and only there.
import { afterAll, expect, test, vi } from 'vitest'
import { openMachine } from './run-story.ts'
import type { VerbName } from './step.ts'

// Each telling is a copy of a database and a process.
vi.setConfig({ testTimeout: 180_000 })

const machine = await openMachine()
afterAll(() => machine.close())

/**
 * A verb whose transaction is committed before its insert into this table: what the crash leaves
 * undone between the two halves, which neither a second attempt nor the chaser can mend.
 */
const BROKEN: readonly [verb: VerbName, split: string, seen: string][] = [
  // The family is shown an address that leads nowhere, for ever.
  ['start', 'payment_reference', 'unknown-payment'],
  ['notify', 'receipt', '- receipt'],
  ['settle', 'receipt', '- receipt'],
  ['refund', 'refund', 'was booked before'],
]

test.each(BROKEN)(
  '%s committed in two halves around %s is seen to end otherwise',
  async (verb, split, seen) => {
    const telling = await machine.tell(verb, split)
    const insert = telling.steps.indexOf(`insert into ${split}`) + 1
    // Before the insert come the commit and the begin that broke the transaction.
    const [cut, whole] = [insert - 2, telling.steps.indexOf('commit', insert) + 1]
    expect(telling.steps.slice(cut - 1, insert)).toEqual(['commit', 'begin', `insert into ${split}`])
    expect(await machine.crash(telling, { step: cut, moment: 'before' })).toEqual([])
    for (const death of [
      { step: cut, moment: 'after' },
      { step: whole, moment: 'before' },
    ] as const)
      expect((await wrong(() => machine.crash(telling, death))).join('\n')).toContain(seen)
    expect(await machine.crash(telling, { step: whole, moment: 'after' })).toEqual([])
  },
)

test('a closing committed in halves loses the month', async () => {
  const telling = await machine.tell('close', 'closing')
  const inserts = telling.steps.flatMap((name, index) => (name === 'insert into closing' ? [index + 1] : []))
  expect(inserts).toHaveLength(4)
  const [, , month = 0] = inserts
  const lost = await machine.crash(telling, { step: month, moment: 'before' })
  expect(lost.join('\n')).toContain('- closing {"kind": "month"')
})

test('a whole verb ends the same, whether it dies before its commit or after', async () => {
  const telling = await machine.tell('refund')
  const commit = telling.steps.indexOf('commit') + 1
  for (const moment of ['before', 'after'] as const)
    expect(await machine.crash(telling, { step: commit, moment })).toEqual([])
})

test('a step that is never reached is no proof', async () => {
  const telling = await machine.tell('settle-refund')
  const beyond = { step: telling.steps.length + 1, moment: 'before' } as const
  await expect(machine.crash(telling, beyond)).rejects.toThrow('alive')
})

/** What differs, or why the story could not go on. */
const wrong = (crash: () => Promise<string[]>): Promise<string[]> =>
  crash().catch((error: unknown) => [String(error)])
