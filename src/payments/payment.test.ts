import { expect, test } from 'vitest'
import { EVENTS, isRunning, maySend, nextState, PAGE_OF, STATES, TRANSITIONS } from './payment.ts'

/** Every pair, written out: a line per state, a word per event, — where nothing happens. */
const TABLE = `
             sent        awaited  captured  refused  abandoned  silent     doubtful
created      redirected  awaited  captured  refused  abandoned  abandoned  review
redirected   redirected  awaited  captured  refused  abandoned  expired    review
awaited      —           —        captured  refused  abandoned  expired    review
captured     —           —        —         —        —          —          —
refused      redirected  awaited  captured  —        —          —          review
abandoned    redirected  awaited  captured  —        —          —          review
expired      redirected  awaited  captured  refused  abandoned  —          review
review       —           —        captured  —        —          —          —
`

test('every state answers every event as the table says', () => {
  const [header = '', ...lines] = TABLE.trim().split('\n')
  const events = header.trim().split(/ +/)
  const said = lines.map((line) => line.trim().split(/ +/))
  expect(events).toEqual([...EVENTS])
  expect(said.map(([state]) => state)).toEqual([...STATES])
  const does = STATES.map((state) => [state, ...EVENTS.map((event) => nextState(state, event) ?? '—')])
  expect(does).toEqual(said)
})

test('money wins from every state, and nothing leads out of captured', () => {
  for (const state of STATES)
    expect(state === 'captured' ? 'captured' : nextState(state, 'captured')).toBe('captured')
  expect(TRANSITIONS.captured).toEqual({})
})

test('an attempt is sent until it is paid, or waits for the bank or a person', () => {
  expect(STATES.filter((state) => !maySend(state))).toEqual(['awaited', 'captured', 'review'])
})

test('only an attempt at the bank, or that the bank keeps waiting, holds its invoices', () => {
  expect(STATES.filter(isRunning)).toEqual(['redirected', 'awaited'])
})

test('no page claims that nothing was taken while money may come', () => {
  expect(PAGE_OF).toEqual({
    created: 'abandoned',
    redirected: 'pending',
    awaited: 'awaited',
    captured: 'accepted',
    refused: 'refused',
    abandoned: 'abandoned',
    expired: 'unknown',
    review: 'unknown',
  })
})
