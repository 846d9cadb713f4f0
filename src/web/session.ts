// The browser's session: its cookie, and who it stands for.
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { SESSION_LIFE_MS } from '../identity/actor.ts'
import type { Config } from '../platform/config.ts'
import { STAFF_LIFE_MS } from '../staff/actor.ts'
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

/** As `cookieName`, for staff: one browser may hold both sessions, and neither stands for the other. */
export const staffCookieName = (config: Config): string => `${cookieName(config)}-gestion`

/** Gives the browser its new session. */
export const giveSessionCookie = (c: Context<Env>, config: Config, token: string): void =>
  give(c, config, cookieName(config), token, SESSION_LIFE_MS)

/** As `giveSessionCookie`, for staff. */
export const giveStaffCookie = (c: Context<Env>, config: Config, token: string): void =>
  give(c, config, staffCookieName(config), token, STAFF_LIFE_MS)

function give(c: Context<Env>, config: Config, name: string, token: string, lifeMs: number): void {
  setCookie(c, name, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(config),
    maxAge: lifeMs / 1_000,
  })
}

/** Takes the session back from the browser. */
export function dropSessionCookie(c: Context<Env>, config: Config): void {
  deleteCookie(c, cookieName(config), { path: '/', secure: isSecure(config) })
}

/** As `dropSessionCookie`, for staff. */
export function dropStaffCookie(c: Context<Env>, config: Config): void {
  deleteCookie(c, staffCookieName(config), { path: '/', secure: isSecure(config) })
}
