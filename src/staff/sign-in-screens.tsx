// The pages of signing in, each with what its passkey button needs.
import type { Context } from 'hono'
import { newToken } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { Problems } from '../web/form.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import type { StaffActor } from './actor.ts'
import { type PasskeyPurpose, requestOptions, sealChallenge } from './passkey.ts'
import type { Offer } from './passkey-parts.tsx'
import { CodePage, ProofPage, StaffSignInPage } from './sign-in-pages.tsx'

type Status = 200 | 422 | 429

function offerPasskey(
  { keys, clock, config }: Services,
  purpose: Exclude<PasskeyPurpose, 'register'>,
  actor?: StaffActor,
): Offer {
  const challenge = newToken()
  const sealed = sealChallenge(keys, challenge, { purpose, holder: actor?.staffId }, clock.now())
  return { options: requestOptions(config.publicUrl, challenge), sealed }
}

/** The sign-in page; a passkey is offered to whoever shows up. */
export const showSignIn = (
  c: Context<Env>,
  services: Services,
  page: {
    readonly back: string | undefined
    readonly identifier?: string
    readonly signedOut?: boolean
    readonly problems?: Problems
  },
  status: Status,
): Promise<Response> =>
  render(c, <StaffSignInPage view={viewOf(c)} offer={offerPasskey(services, 'sign-in')} {...page} />, status)

/** The page that asks for the code, or for a passkey instead. */
export const showCode = (
  c: Context<Env>,
  services: Services,
  back: string | undefined,
  problems: Problems | undefined,
  status: Status,
): Promise<Response> =>
  render(
    c,
    <CodePage
      view={viewOf(c)}
      back={back}
      offer={offerPasskey(services, 'sign-in')}
      {...(problems && { problems })}
    />,
    status,
  )

/** The page that asks again who one is; only one's own passkey answers it. */
export const showProof = (
  c: Context<Env>,
  services: Services,
  actor: StaffActor,
  back: string,
  problems: Problems | undefined,
  status: Status,
): Promise<Response> =>
  render(
    c,
    <ProofPage
      view={viewOf(c)}
      back={back}
      byCode={actor.hasAuthenticator}
      offer={offerPasskey(services, 'proof', actor)}
      {...(problems && { problems })}
    />,
    status,
  )
