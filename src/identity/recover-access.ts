import { setTimeout as pause } from 'node:timers/promises'
import { MINUTE_MS } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { planMail } from '../mail/plan-mail.ts'
import type { Read, Tx } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import type { Login } from './login.ts'
import { findLoginByName, listLoginsByEmail, listLoginsByInvoice } from './login-store.ts'
import { plainIdentifier } from './names.ts'
import { FREE_BY_ADDRESS, FREE_BY_NAME } from './throttle.ts'
import { counted, countAttempt } from './throttle-store.ts'

/** What the person still knows. */
export type Clue =
  | { readonly by: 'identifier'; readonly identifier: string }
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'invoice'; readonly number: string; readonly postalCode: string }

export type RecoveryFailure = { readonly kind: 'wait'; readonly minutes: number }

/** Whatever was typed, the answer takes this long: writing the plan of a mail takes a few ms. */
const ANSWER_MS = 200
/** « Renvoyer » is heard again after this. */
const RESEND_MS = MINUTE_MS

/**
 * Sends a link to the address already on file, when the clue leads to somebody. The outcome tells
 * nothing of it; too many tries with one clue, or from one address, are told to wait.
 */
export async function recoverAccess(
  { db, clock }: Services,
  clue: Clue,
  clientAddress: string,
): Promise<Result<undefined, RecoveryFailure>> {
  const floor = pause(ANSWER_MS)
  const now = clock.now()
  const keys = [
    counted('recovery', clueText(clue), FREE_BY_NAME),
    counted('recovery address', clientAddress, FREE_BY_ADDRESS),
  ]
  const { waitMs } = await db.transaction((tx) => countAttempt(tx, keys, now))
  if (waitMs === 0) {
    const logins = await findLogins(db, clue)
    await db.transaction(async (tx) => {
      for (const login of logins) await planLink(tx, login, now)
    })
  }
  await floor
  return waitMs === 0 ? ok(undefined) : fail({ kind: 'wait', minutes: Math.ceil(waitMs / MINUTE_MS) })
}

const clueText = (clue: Clue): string =>
  clue.by === 'invoice'
    ? `${invoiceNumber(clue.number)} ${clue.postalCode.trim()}`
    : plainIdentifier(clue.by === 'email' ? clue.email : clue.identifier)

const invoiceNumber = (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase()

async function findLogins(read: Read, clue: Clue): Promise<readonly Login[]> {
  if (clue.by === 'email') return listLoginsByEmail(read, plainIdentifier(clue.email))
  if (clue.by === 'invoice')
    return listLoginsByInvoice(read, invoiceNumber(clue.number), clue.postalCode.replaceAll(/\s/g, ''))
  const login = await findLoginByName(read, plainIdentifier(clue.identifier))
  return login ? [login] : []
}

/** A link to choose a password: an activation when there never was one. At most one a minute; none for a closed login. */
export async function planLink(tx: Tx, login: Login, now: Date): Promise<void> {
  const { email, loginId } = login
  if (email === undefined || login.closed) return
  const kind = login.passwordHash === undefined ? 'activation' : 'reset'
  const key = `${kind}:${loginId}:${Math.floor(now.getTime() / RESEND_MS)}`
  await planMail(tx, login.organisationId, { key, recipient: email, plan: { kind, loginId } }, now)
}
