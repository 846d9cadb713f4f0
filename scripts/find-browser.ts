// Finds a Chromium for the browser tests: an installed one, Playwright's own, or Debian's package
// when it may be installed here. Says what it did. Run alone: npm run browser.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

export type FoundBrowser = { readonly path: string; readonly said: string } | { readonly missing: string }

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const INSTALL_TIMEOUT_MS = 8 * 60_000

/** The browser to use, with the sentence that says how it was found; or the sentence that says it was not. */
export function findBrowser(): FoundBrowser {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { path: named, said: `Navigateur : ${named} (CHROMIUM_PATH).` }
    return { missing: `CHROMIUM_PATH désigne ${named}, qui n’existe pas.` }
  }
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed) return { path: installed, said: `Navigateur : ${installed}, déjà installé.` }
  const own = chromium.executablePath()
  if (own && existsSync(own)) return { path: own, said: `Navigateur : ${own}, celui de Playwright.` }
  if (mayInstall()) return install()
  return {
    missing:
      'Aucun Chromium : installez-le (sous Debian : apt-get install chromium) ou indiquez son chemin dans CHROMIUM_PATH.',
  }
}

const mayInstall = (): boolean =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')

function install(): FoundBrowser {
  process.stdout.write('Navigateur : aucun trouvé, installation du paquet Debian « chromium »…\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    const options = { env, stdio: 'ignore', timeout: INSTALL_TIMEOUT_MS } as const
    spawnSync('apt-get', ['update', '-q'], options)
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options)
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return { missing: `Aucun Chromium, et le paquet Debian n’a pas pu être installé (${why}).` }
  }
  const path = '/usr/bin/chromium'
  return existsSync(path)
    ? { path, said: `Navigateur : ${path}, installé à l’instant (paquet Debian).` }
    : { missing: 'Le paquet Debian « chromium » s’est installé sans /usr/bin/chromium.' }
}

if (process.argv[1] === import.meta.filename) {
  const found = findBrowser()
  process.stdout.write(`${'path' in found ? found.said : found.missing}\n`)
  process.exitCode = 'path' in found ? 0 : 1
}
