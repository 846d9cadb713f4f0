// The project's own files, as the house tests read them.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')
const FOLDERS = ['src', 'bank', 'test', 'scripts', 'bench', 'torture']

/** Comments, strings, regular expressions and braces: where code begins and ends. */
const SKIPPED =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[gimsuy]*(?=[.,;)\]\s])|[`{}]/g

export type Source = {
  /** From the root, with slashes: `src/ledger/store.ts`. */
  readonly file: string
  readonly text: string
  /** The text without its comments. */
  readonly code: string
  /** What strings and templates say, escapes read. */
  readonly strings: readonly string[]
  /** Files of ours that it imports. */
  readonly imports: readonly string[]
  /** Packages that it imports. */
  readonly packages: readonly string[]
}

/** Every TypeScript file of the project. */
export const sources: readonly Source[] = FOLDERS.flatMap(listFiles)
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map(readSource)

export const isTest = (file: string): boolean =>
  /\.test\.tsx?$/.test(file) || /^(?:test|bank\/support)\//.test(file)
/** What runs for families: neither tests nor generated types. */
export const program = sources.filter(
  ({ file }) => file.startsWith('src/') && !isTest(file) && file !== 'src/platform/schema.ts',
)
export const bank = sources.filter(
  ({ file }) => file.startsWith('bank/') && !file.startsWith('bank/support/') && !isTest(file),
)

/** The first folder under src/, or the file itself at its root. */
export const sliceOf = (file: string): string =>
  file
    .split('/')
    .slice(0, 3)
    .at(file.split('/').length > 2 ? 1 : -1) ?? ''

export const lineCount = (source: Source): number => source.text.trimEnd().split('\n').length

function listFiles(folder: string): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .toSorted()
}

function readSource(file: string): Source {
  const text = readFileSync(path.join(ROOT, file), 'utf8')
  const { code, strings } = scan(text)
  const named = [...code.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g)].map(([, name = '']) => name)
  return {
    file,
    text,
    code,
    strings,
    imports: named
      .filter((name) => name.startsWith('.'))
      .map((name) => path.posix.normalize(path.posix.join(path.posix.dirname(file), name))),
    packages: named.filter((name) => !name.startsWith('.')),
  }
}

/**
 * Drops comments and collects strings. A template is one string, with § where it is filled; regular
 * expressions are stepped over, so that a quote inside opens nothing.
 */
function scan(text: string): { code: string; strings: string[] } {
  const strings: string[] = []
  // Code between braces, or what a template said so far.
  const open: (string | undefined)[] = []
  let code = ''
  let at = 0
  const readTemplate = (said: string) => {
    const rest = /^(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/.exec(text.slice(at))?.[0] ?? ''
    at += rest.length
    code += rest
    if (text.startsWith('${', at)) {
      open.push(`${said + rest}§`)
      at += 2
      code += '${'
    } else {
      strings.push(unescape(said + rest))
      at += 1
      code += '`'
    }
  }
  for (;;) {
    SKIPPED.lastIndex = at
    const found = SKIPPED.exec(text)
    if (!found) return { code: code + text.slice(at), strings }
    const [token] = found
    code += text.slice(at, found.index)
    at = found.index + token.length
    if (token.startsWith('//') || token.startsWith('/*')) code += ' '
    else code += token
    if (token === '`') readTemplate('')
    else if (token === '{') open.push(undefined)
    else if (token === '}') {
      const said = open.pop()
      if (said !== undefined) readTemplate(said)
    } else if (/^['"]/.test(token)) strings.push(unescape(token.slice(1, -1)))
  }
}

function unescape(text: string): string {
  return text
    .replaceAll(/\\u([\dA-Fa-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\(['"`])/g, '$1')
}
