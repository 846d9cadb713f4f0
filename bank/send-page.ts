import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** Headers of every page: nothing kept, nothing framed, no code or style inside the page. */
export function pageHeaders(formOrigins: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "frame-src 'self'",
    ["form-action 'self'", ...formOrigins].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'strict-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
}

type PageOptions = { readonly status?: ContentfulStatusCode; readonly formOrigins?: readonly string[] }

/** Answers with a page. */
export function sendPage(
  c: Context,
  page: JSX.Element,
  { status = 200, formOrigins }: PageOptions = {},
): Response {
  return c.html(`<!doctype html>${renderToString(page)}`, status, pageHeaders(formOrigins))
}

/** Answers with a redirection to a GET; nothing kept. */
export function sendTo(c: Context, address: string): Response {
  return c.body(null, 303, { location: address, ...pageHeaders() })
}

/** The pairs of a submitted form, in order, repeats included. */
export async function readForm(c: Context): Promise<[string, string][]> {
  return [...new URLSearchParams(await c.req.text()).entries()]
}
