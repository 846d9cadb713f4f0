/** The library takes a quarter of a second to load: only whoever uses a passkey waits for it. */
export const loadWebauthn = () => import('@simplewebauthn/server')
