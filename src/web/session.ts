// The browser's session: its cookie, and who it stands for.
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { SESSION_LIFE_MS } from '../identity/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Env } from './request.ts'

const isSecure = (config: Config): boolean => config.publicUrl.startsWith('https:')

/** `__Host-`: this host only, the whole site, over TLS only. Browsers refuse that prefix over http. */
export const cookieName = (config: Config): string => (isSecure(config) ? '__Host-preau' : 'preau')

/** The session's token in the request, if it has one. */
export function readSessionCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  for (const part of header.split(';')) {
    const equals = part.indexOf('=')
    if (part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim()
  }
  return undefined
}

/** Gives the browser its new session. */
export function giveSessionCookie(c: Context<Env>, config: Config, token: string): void {
  setCookie(c, cookieName(config), token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(config),
    maxAge: SESSION_LIFE_MS / 1_000,
  })
}

/** Takes the session back from the browser. */
export function dropSessionCookie(c: Context<Env>, config: Config): void {
  deleteCookie(c, cookieName(config), { path: '/', secure: isSecure(config) })
}
