import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

const rendered = new Map<string, { readonly __html: string }>()

/**
 * A part of a page that is the same for everybody under this key, rendered once and kept: keys must
 * be few and must hold nothing of a family. For `dangerouslySetInnerHTML`, of our own components only.
 */
export function staticPart(key: string, part: () => VNode): { readonly __html: string } {
  const known = rendered.get(key)
  if (known) return known
  const html = { __html: renderToString(part()) }
  rendered.set(key, html)
  return html
}
