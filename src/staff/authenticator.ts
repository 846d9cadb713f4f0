// One-time codes of an authenticator application (RFC 6238) and the codes for when it is lost.
import { Secret, TOTP } from 'otpauth'
import { randomBytes } from 'node:crypto'
import type { Instant } from '../kernel/dates.ts'
import type { StaffId } from '../kernel/ids.ts'
import { sha256 } from '../platform/secrets.ts'

const PERIOD_S = 30
/** One step before and after: telephones are seldom more than half a minute off. */
const WINDOW = 1

const totpOf = (secret: string, issuer = '', label = '') =>
  new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  })

/** A new secret in Base32: 160 random bits, as RFC 4226 recommends. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What the QR code says, and applications read. */
export const totpUri = (secret: string, issuer: string, label: string): string =>
  totpOf(secret, issuer, label).toString()

/** The code of the secret now. */
export const totpCode = (secret: string, now: Instant): string =>
  totpOf(secret).generate({ timestamp: now.getTime() })

/**
 * The step whose code was typed, if it is later than `lastStep`: a code serves once. `undefined`:
 * wrong, too old, or used already.
 */
export function acceptedStep(
  secret: string,
  typed: string,
  now: Instant,
  lastStep: number,
): number | undefined {
  const token = typed.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const timestamp = now.getTime()
  const delta = totpOf(secret).validate({ token, timestamp, window: WINDOW })
  if (delta === null) return undefined
  const step = Math.floor(timestamp / 1_000 / PERIOD_S) + delta
  return step > lastStep ? step : undefined
}

const RECOVERY_CODES = 10
/** Without 0, 1, I, L, O, U: they are copied by hand. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 10

/** Ten codes that each replace the application once, « 4F7K2-9QXRM » (49 random bits). */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    let code = ''
    while (code.length < CODE_LENGTH)
      // Bytes beyond the last whole alphabet would favour its first letters.
      for (const byte of randomBytes(CODE_LENGTH))
        if (byte < 240 && code.length < CODE_LENGTH) code += ALPHABET.charAt(byte % ALPHABET.length)
    return `${code.slice(0, 5)}-${code.slice(5)}`
  })
}

/** The only form in which a recovery code is kept; spaces, dashes and case do not count. */
export const hashRecoveryCode = (staffId: StaffId, typed: string): Buffer =>
  sha256(`recovery\n${staffId}\n${typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`)
