import { expect, test } from 'vitest'
import { EVENTS, isRunning, maySend, nextState, PAGE_OF, STATES, TRANSITIONS } from './payment.ts'

/** Every pair, written out: a line per state, a word per event, — where nothing happens. */
const TABLE = `
             sent        captured  refused  abandoned  silent     doubtful
created      redirected  captured  refused  abandoned  abandoned  review
redirected   redirected  captured  refused  abandoned  expired    review
captured     —           —         —        —          —          —
refused      redirected  captured  —        —          —          review
abandoned    redirected  captured  —        —          —          review
expired      redirected  captured  refused  abandoned  —          review
review       —           captured  —        —          —          —
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

test('an attempt is sent until it is paid or waits for a person', () => {
  expect(STATES.filter((state) => !maySend(state))).toEqual(['captured', 'review'])
})

test('only an attempt at the bank holds its invoices', () => {
  expect(STATES.filter(isRunning)).toEqual(['redirected'])
})

test('no page claims that nothing was taken while money may come', () => {
  expect(PAGE_OF).toEqual({
    created: 'abandoned',
    redirected: 'pending',
    captured: 'accepted',
    refused: 'refused',
    abandoned: 'abandoned',
    expired: 'unknown',
    review: 'unknown',
  })
})
