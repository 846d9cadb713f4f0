import { type Config, parseConfig } from '../../src/platform/config.ts'
import type { Db } from '../../src/platform/db.ts'
import { createLog } from '../../src/platform/log.ts'
import type { MailMessage } from '../../src/platform/mailer.ts'
import { deriveKeys } from '../../src/platform/secrets.ts'
import type { Services } from '../../src/platform/services.ts'

type TestClock = {
  readonly now: () => Date
  readonly set: (at: Date) => void
  /** Moves time forward by so many milliseconds. */
  readonly advance: (ms: number) => void
}

export type TestServices = Services & {
  readonly clock: TestClock
  /** Every mail that left, in order. */
  readonly sent: MailMessage[]
}

/** A quiet evening of April 2012, when the first invoices of the examples are due. */
export const TEST_NOW = new Date('2012-04-12T16:44:00Z')

/** The services of a test: a clock to set, mails kept in `sent`, no log. */
export function testServices(
  db: Db,
  options: { now?: Date; env?: { readonly [name: string]: string }; config?: Partial<Config> } = {},
): TestServices {
  const parsed = parseConfig({ DATA_DIR: '/nonexistent', ...options.env })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const sent: MailMessage[] = []
  return {
    config: { ...parsed.config, ...options.config },
    db,
    clock: testClock(options.now ?? TEST_NOW),
    log: createLog('silent'),
    keys: deriveKeys('a secret key for tests, never for people'),
    mailer: {
      send: (message) => {
        sent.push(message)
        return Promise.resolve()
      },
      close: () => {},
    },
    sent,
  }
}

function testClock(start: Date): TestClock {
  let at = start
  return {
    now: () => at,
    set: (to) => {
      at = to
    },
    advance: (ms) => {
      at = new Date(at.getTime() + ms)
    },
  }
}
