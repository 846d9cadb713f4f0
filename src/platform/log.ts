import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'fatal'>

/** Names whose values never reach the logs (ASVS 16.2.5). */
const SECRET_PATHS = ['password', 'token', 'key', 'signature', 'raw', 'email', 'recipient', 'cookie'].flatMap(
  (name) => [name, `*.${name}`],
)

/** JSON lines on standard output, or on `stream`; secrets redacted. */
export function createLog(level: 'info' | 'warn' | 'silent', stream?: DestinationStream): Log {
  const options: LoggerOptions = { level, base: null, redact: { paths: SECRET_PATHS, censor: '[caché]' } }
  return stream ? pino(options, stream) : pino(options)
}
