import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import type { Clock } from '../clock.ts'
import type { Counter } from './counter.ts'
import { readQuestion, writeFault } from './envelope.ts'

/** How the web service fails, by order of a test. */
export const payfipOutages = ['up', 'down', 'slow', 'html', 'cut', 'redirect'] as const
export type PayfipOutage = { service: (typeof payfipOutages)[number] }

/** One question and its answer, as they went over the wire. */
export type Exchange = {
  readonly at: number
  readonly operation: string
  readonly question: string
  readonly answer: string
}

export type ServiceNeeds = {
  readonly clock: Clock
  readonly counter: Counter
  readonly outage: PayfipOutage
  readonly keep: (exchange: Exchange) => void
}

/** Longer than anybody waits. */
const SLOW = 60_000
const XML = { 'content-type': 'text/xml; charset=utf-8' }

/** A body that ends in the middle, with the connection. */
const cutBody = (xml: string) =>
  new ReadableStream({
    async start(stream) {
      stream.enqueue(new TextEncoder().encode(xml.slice(0, xml.length / 2)))
      await sleep(20)
      stream.error(new Error('cut'))
    },
  })

/** The web service: SOAP 1.1, no credentials (gateways 3.1). */
export function servePayfipService({ clock, counter, outage, keep }: ServiceNeeds): Hono {
  const app = new Hono()
  app.post('/tpa/services/securite', async (c) => {
    if (outage.service === 'down') return c.text('Service Unavailable', 503)
    if (outage.service === 'html') return c.html('<!doctype html><title>Maintenance</title>')
    if (outage.service === 'redirect') return c.redirect('/tpa/services/ailleurs', 302)
    if (outage.service === 'slow') await sleep(SLOW, undefined, { ref: false })
    const text = await c.req.text()
    const question = readQuestion(text)
    const { status, xml } = question
      ? counter.answer(question)
      : { status: 500 as const, xml: writeFault('999') }
    keep({ at: clock.now(), operation: question?.operation ?? '', question: text, answer: xml })
    if (outage.service === 'cut')
      return c.body(cutBody(xml), status, { ...XML, 'content-length': String(xml.length) })
    return c.body(xml, status, XML)
  })
  return app
}
