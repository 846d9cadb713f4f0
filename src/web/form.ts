// Reading posted forms, and the token that proves a form was shown in this very session.
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { randomBytes } from 'node:crypto'
import { type Keys, sameSecret } from '../platform/secrets.ts'
import type { Env } from './request.ts'

/** What is wrong with a form: the field's name (empty: the form as a whole) and a sentence. */
export type Problems = readonly { readonly field: string; readonly message: string }[]

/** The fields of a form; a name that came several times keeps every value, in order. */
export type Form = ReadonlyMap<string, readonly string[]>

export const MAX_FORM_BYTES = 65_536

/**
 * A fresh token for a form of this session. It differs at each page, so that compressing a page
 * beside reflected text tells nothing about it.
 */
export function formToken(keys: Keys, sessionHash: Buffer): string {
  const nonce = randomBytes(9).toString('base64url')
  return `${nonce}.${tag(keys, nonce, sessionHash)}`
}

/** Whether the token was given to a page of this session. */
function isFormToken(keys: Keys, sessionHash: Buffer, token: string): boolean {
  const nonce = token.slice(0, Math.max(0, token.indexOf('.')))
  return sameSecret(token, `${nonce}.${tag(keys, nonce, sessionHash)}`)
}

const tag = (keys: Keys, nonce: string, sessionHash: Buffer): string =>
  keys.sign('form', `${nonce}\n${sessionHash.toString('base64url')}`)

/**
 * The posted fields. Refuses other encodings than `application/x-www-form-urlencoded` (400), more
 * than 64 kB (413), and, when signed in, a form without this session's token (403).
 */
export async function readForm(c: Context<Env>): Promise<Form> {
  const form = parseForm(await readBody(c))
  const actor = c.get('actor') ?? c.get('staff')
  const keys = c.get('keys')
  if (actor && !isFormToken(keys, actor.sessionHash, field(form, 'jeton'))) throw new HTTPException(403)
  return form
}

/** The first value of a field, as typed; empty when the form does not have it. */
export const field = (form: Form, name: string): string => form.get(name)?.[0] ?? ''

/** Reads `a=1&a=2&b=3`. */
function parseForm(body: string): Form {
  const form = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(body)) {
    const values = form.get(name)
    if (values) values.push(value)
    else form.set(name, [value])
  }
  return form
}

/** A form with one file: its fields, and the file's name and bytes; no file when none was chosen. */
export type Upload = {
  readonly form: Form
  readonly file: { readonly name: string; readonly content: Uint8Array } | undefined
}

/** As `readForm`, for a form that brings a file, of at most `maxBytes` with all its fields (413). */
export async function readUpload(c: Context<Env>, name: string, maxBytes: number): Promise<Upload> {
  const type = c.req.header('content-type') ?? ''
  // Without a file chosen or without an encoding, it is a form as any other.
  if (!/^multipart\/form-data\s*;/i.test(type)) return { form: await readForm(c), file: undefined }
  const body = new Uint8Array(await readBytes(c, maxBytes))
  const read = await new Response(body, { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  if (!read) throw new HTTPException(400)
  const form = new Map<string, string[]>()
  for (const [key, value] of read)
    if (typeof value === 'string') form.set(key, [...(form.get(key) ?? []), value])
  const actor = c.get('actor') ?? c.get('staff')
  if (actor && !isFormToken(c.get('keys'), actor.sessionHash, field(form, 'jeton')))
    throw new HTTPException(403)
  const file = read.get(name)
  if (!(file instanceof File) || file.size === 0) return { form, file: undefined }
  return { form, file: { name: file.name, content: new Uint8Array(await file.arrayBuffer()) } }
}

async function readBody(c: Context<Env>): Promise<string> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) throw new HTTPException(400)
  return (await readBytes(c, MAX_FORM_BYTES)).toString('utf8')
}

async function readBytes(c: Context<Env>, maxBytes: number): Promise<Buffer> {
  const stream = c.req.raw.body
  if (!stream) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) throw new HTTPException(413)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
