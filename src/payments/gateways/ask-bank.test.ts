// Every way a bank's server breaks has a name, and none takes longer than its time.
import { expect, test } from 'vitest'
import { BREAKDOWNS, brokenBank } from '../../../test/support/broken-bank.ts'
import { askBank } from './ask-bank.ts'

const TIMEOUT_MS = 400
const NAMES: Readonly<Record<(typeof BREAKDOWNS)[number], unknown>> = {
  'an internal error': { ok: true, value: { status: 500 } },
  'a page of maintenance': { ok: true, value: { status: 200, text: expect.stringContaining('<!doctype') } },
  'no answer at all': { ok: false, failure: 'timed-out' },
  'a redirect elsewhere': { ok: true, value: { status: 302 } },
  'an answer cut in its middle': { ok: false, failure: 'cut-short' },
  'an answer that drips for ever': { ok: false, failure: 'timed-out' },
  'an answer without end': { ok: false, failure: 'too-large' },
}

test.each(BREAKDOWNS)('%s', async (way) => {
  const { url, asked } = await brokenBank(way)
  const before = performance.now()
  const question = { method: 'POST', url, headers: { 'content-type': 'text/xml' }, body: '<a/>' } as const
  expect(await askBank(TIMEOUT_MS)(question)).toMatchObject(NAMES[way] as object)
  expect(performance.now() - before).toBeLessThan(5 * TIMEOUT_MS)
  expect(asked()).toBe(1)
})

test('nobody at all is unreachable', async () => {
  const question = { method: 'GET', url: 'http://127.0.0.1:9/', headers: {}, body: '' } as const
  expect(await askBank(TIMEOUT_MS)(question)).toEqual({ ok: false, failure: 'unreachable' })
})
