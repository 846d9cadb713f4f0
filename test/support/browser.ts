import { type Browser, chromium } from 'playwright-core'
import { afterAll, inject } from 'vitest'

/** The flags that keep Chromium from looking for Google, and let it run as root in a container. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A real Chromium for this test file; without one the tests fail with the sentence that says why. */
export async function testBrowser(): Promise<Browser> {
  const found = inject('browser')
  if ('missing' in found) throw new Error(found.missing)
  const browser = await chromium.launch({ executablePath: found.path, args: FLAGS })
  afterAll(() => browser.close())
  return browser
}
