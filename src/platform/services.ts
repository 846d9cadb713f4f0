import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mailer.ts'
import type { Keys } from './secrets.ts'

/** What the outside world is made of, passed by hand: the call site shows the dependency. */
export type Services = {
  readonly config: Config
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly keys: Keys
  readonly mailer: Mailer
}
