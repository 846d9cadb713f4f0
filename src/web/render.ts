import type { Context } from 'hono'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Env } from './request.ts'

const compress = promisify(gzip)
/** Below this, compressing costs more than it saves. */
const MIN_COMPRESSED_BYTES = 1_024
/** Level 4 compresses a page of 26 kB to within 5 % of level 6, in half the time. */
const COMPRESSION_LEVEL = 4

/** Answers with a part of a page, for a script of ours to put in its place. */
export function renderPart(c: Context<Env>, part: VNode): Response {
  return c.html(renderToString(part))
}

/** Answers with the page, compressed when the browser reads gzip. */
export async function render(
  c: Context<Env>,
  page: VNode,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const html = `<!doctype html>${renderToString(page)}`
  c.header('content-type', 'text/html; charset=utf-8')
  c.header('vary', 'accept-encoding')
  if (html.length < MIN_COMPRESSED_BYTES || !c.req.header('accept-encoding')?.includes('gzip'))
    return c.body(html, status)
  c.header('content-encoding', 'gzip')
  return c.body(new Uint8Array(await compress(html, { level: COMPRESSION_LEVEL })), status)
}
