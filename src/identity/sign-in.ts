import { MINUTE_MS, parisDay } from '../kernel/dates.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { planMail } from '../mail/plan-mail.ts'
import type { Services } from '../platform/services.ts'
import { verifyPassword } from '../platform/secrets.ts'
import type { Login } from './login.ts'
import { findLoginByName } from './login-store.ts'
import { MAX_PASSWORD } from './password.ts'
import { plainIdentifier } from './names.ts'
import { insertSession } from './store.ts'
import { FREE_BY_ADDRESS, FREE_BY_NAME } from './throttle.ts'
import { counted, countAttempt, forgetAttempts, giveBackAttempt } from './throttle-store.ts'

export type Credentials = {
  readonly identifier: string
  readonly password: string
  readonly device: string
  readonly clientAddress: string
}
export type SignInFailure =
  | { readonly kind: 'wrong' }
  /** The right password of a login that staff closed: only its holder is told so. */
  | { readonly kind: 'closed' }
  /** Too many attempts: the next one is heard in so many minutes. */
  | { readonly kind: 'wait'; readonly minutes: number }

/** A refusal takes this long, known or not: hashing takes 24 ms, the rest a few more. */
const REFUSAL_MS = 150
const FAILURES_BEFORE_NOTICE = 5

/**
 * Opens a session for the right identifier and password, and gives its token. Unknown identifiers,
 * wrong passwords, logins that await activation and e-mails shared by two logins are one failure.
 */
export async function signIn(
  services: Services,
  credentials: Credentials,
): Promise<Result<{ token: string }, SignInFailure>> {
  const floor = pause(REFUSAL_MS)
  const result = await attempt(services, credentials)
  if (!result.ok) await floor
  return result
}

async function attempt(
  services: Services,
  credentials: Credentials,
): Promise<Result<{ token: string }, SignInFailure>> {
  const { db, clock } = services
  const now = clock.now()
  const name = plainIdentifier(credentials.identifier)
  const byName = counted('name', name, FREE_BY_NAME)
  const byAddress = counted('address', credentials.clientAddress, FREE_BY_ADDRESS)
  const count = await db.transaction((tx) => countAttempt(tx, [byName, byAddress], now))
  if (count.waitMs > 0) return fail({ kind: 'wait', minutes: Math.ceil(count.waitMs / MINUTE_MS) })
  const login = await findLoginByName(db, name)
  const password = credentials.password.slice(0, MAX_PASSWORD + 1)
  if (!(await verifyPassword(login?.passwordHash, password)) || !login) {
    if (login && count.failures >= FAILURES_BEFORE_NOTICE) await tellHolder(services, login)
    return fail({ kind: 'wrong' })
  }
  if (login.closed) return fail({ kind: 'closed' })
  const token = await db.transaction(async (tx) => {
    await forgetAttempts(tx, byName)
    await giveBackAttempt(tx, byAddress)
    return insertSession(tx, { loginId: login.loginId, device: credentials.device }, now)
  })
  return ok({ token })
}

/** At most once a day, so that nobody can flood the holder. */
async function tellHolder({ db, clock }: Services, login: Login): Promise<void> {
  const now = clock.now()
  const { email, loginId } = login
  if (email === undefined) return
  const key = `sign-in-failures:${loginId}:${parisDay(now)}`
  await db.transaction((tx) =>
    planMail(
      tx,
      login.organisationId,
      { key, recipient: email, plan: { kind: 'sign-in-failures', loginId } },
      now,
    ),
  )
}
