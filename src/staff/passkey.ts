// What the portal asks of a passkey (WebAuthn Level 3), and the shape of what a browser answers. Pure.
import { z } from 'zod'
import { type Instant, later, MINUTE_MS } from '../kernel/dates.ts'
import type { StaffId } from '../kernel/ids.ts'
import type { Keys } from '../platform/secrets.ts'

/** An answer given for one purpose is none for another. */
export type PasskeyPurpose = 'register' | 'sign-in' | 'proof'

/** A challenge is answered within this time. */
const OFFER_MS = 10 * MINUTE_MS
/** Sealed before the rest, so that nothing else the portal seals can be taken for a challenge. */
const SEAL = 'passkey'

/** Who may answer: a member, or whoever shows up. */
type Holder = StaffId | undefined

/** The challenge as a form carries it back: only this deployment could have made it. */
export const sealChallenge = (
  keys: Keys,
  challenge: string,
  { purpose, holder }: { readonly purpose: PasskeyPurpose; readonly holder: Holder },
  now: Instant,
): string => keys.seal([SEAL, purpose, holder ?? '', now.getTime(), challenge].join(' '))

/** The challenge that was offered for this purpose to this person, ten minutes ago at most. */
export function openChallenge(
  keys: Keys,
  sealed: string,
  { purpose, holder }: { readonly purpose: PasskeyPurpose; readonly holder: Holder },
  now: Instant,
): string | undefined {
  try {
    const [seal, forWhat, forWhom, at, challenge] = keys.open(sealed).split(' ')
    const isIt = seal === SEAL && forWhat === purpose && forWhom === (holder ?? '')
    return isIt && Number(at) > later(now, -OFFER_MS).getTime() ? challenge : undefined
  } catch {
    return undefined
  }
}

/** Where passkeys of this portal hold: its host (never its port) and its exact origin. */
export function relyingParty(publicUrl: string): { readonly id: string; readonly origin: string } {
  const { hostname, origin } = new URL(publicUrl)
  return { id: hostname, origin }
}

/**
 * What `navigator.credentials.get` is asked for. No list of credentials: the browser offers those it
 * holds for this portal, so the page tells nobody who has one.
 */
export const requestOptions = (publicUrl: string, challenge: string) =>
  ({
    challenge,
    rpId: relyingParty(publicUrl).id,
    timeout: OFFER_MS,
    userVerification: 'required',
    allowCredentials: [],
  }) as const

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)
const common = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
}
const assertion = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
})
const attestation = z.object({
  ...common,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url }),
})
export type Assertion = z.infer<typeof assertion>
export type Attestation = z.infer<typeof attestation>

/** The answer to `get`, as `toJSON` writes it; undefined for anything else. */
export const readAssertion = (text: string): Assertion | undefined => readAs(assertion, text)
/** The answer to `create`, as `toJSON` writes it; undefined for anything else. */
export const readAttestation = (text: string): Attestation | undefined => readAs(attestation, text)

function readAs<T>(shape: z.ZodType<T>, text: string): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
