// The files browsers may keep for ever: read once, compressed once, named by what they contain.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { projectFile } from '../platform/files.ts'
import { paths } from './paths.ts'

export type Asset = {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly gzipped: Uint8Array<ArrayBuffer> | undefined
  readonly version: string
}

const FONTS = 'node_modules/@fontsource-variable'
const FILES: { readonly [name: string]: { readonly file: string; readonly type: string } } = {
  'fonts/figtree.woff2': {
    file: `${FONTS}/figtree/files/figtree-latin-wght-normal.woff2`,
    type: 'font/woff2',
  },
  'fonts/bricolage.woff2': {
    file: `${FONTS}/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2`,
    type: 'font/woff2',
  },
  'preau.css': { file: 'src/web/static/preau.css', type: 'text/css; charset=utf-8' },
  'gestion.css': { file: 'src/web/static/gestion.css', type: 'text/css; charset=utf-8' },
  'preau.js': { file: 'src/web/static/preau.js', type: 'text/javascript; charset=utf-8' },
  'gestion.js': { file: 'src/web/static/gestion.js', type: 'text/javascript; charset=utf-8' },
  'editor.js': { file: 'src/web/static/editor.js', type: 'text/javascript; charset=utf-8' },
  'passkey.js': { file: 'src/web/static/passkey.js', type: 'text/javascript; charset=utf-8' },
  'icon.svg': { file: 'src/web/static/icon.svg', type: 'image/svg+xml' },
  'preau.webmanifest': { file: 'src/web/static/preau.webmanifest', type: 'application/manifest+json' },
}
const VERSION_LENGTH = 12

const loaded = new Map<string, Asset>()

/** The file, or undefined when the portal has no such file. */
export function findAsset(name: string): Asset | undefined {
  const known = loaded.get(name)
  if (known) return known
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined
  if (!file) return undefined
  const asset = load(file)
  loaded.set(name, asset)
  return asset
}

/** Its address, which changes when its content does: browsers keep it for a year. */
export function assetUrl(name: string): string {
  const asset = findAsset(name)
  return asset ? `${paths.asset(name)}?v=${asset.version}` : paths.asset(name)
}

function load({ file, type }: { file: string; type: string }): Asset {
  const content = readFileSync(projectFile(file))
  const isText = !type.startsWith('font/')
  const body = new Uint8Array(isText ? Buffer.from(withVersions(content.toString('utf8'))) : content)
  return {
    type,
    body,
    gzipped: isText ? new Uint8Array(gzipSync(body, { level: 9 })) : undefined,
    version: createHash('sha256').update(body).digest('base64url').slice(0, VERSION_LENGTH),
  }
}

/** Files name one another as `/static/x`: those names get their version too. */
const withVersions = (text: string): string =>
  text.replaceAll(/\/static\/([a-z0-9./-]+)/g, (_, name: string) => assetUrl(name))
