import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Hono } from 'hono'
import { script, style } from './style.ts'

const FONT = '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2'
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1D2863"/><path d="M8 13 16 8l8 5M10 15v7M16 15v7M22 15v7M7 25h18" stroke="#FFD34D" stroke-width="2.4" fill="none" stroke-linecap="round" stroke-linejoin="round"/></svg>`

/** Style, font, script and icon of the pages. */
export function serveFiles(): Hono {
  const font = readFileSync(createRequire(import.meta.url).resolve(FONT))
  const app = new Hono()
  const hour = { 'cache-control': 'public, max-age=3600' }
  app.get('/banque.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8', ...hour }))
  app.get('/banque.js', (c) =>
    c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8', ...hour }),
  )
  app.get('/banque.svg', (c) => c.body(MARK, 200, { 'content-type': 'image/svg+xml', ...hour }))
  app.get('/figtree.woff2', (c) =>
    c.body(Uint8Array.from(font), 200, { 'content-type': 'font/woff2', ...hour }),
  )
  return app
}
