// A family's browser: it keeps cookies, posts the forms it was shown, and tries again when the
// portal does not answer, as people do.
import { setTimeout as sleep } from 'node:timers/promises'

export type Page = { readonly status: number; readonly location: string; readonly html: string }
type Fields = Readonly<Record<string, string | readonly string[]>>

export type Browser = {
  readonly get: (path: string) => Promise<Page>
  readonly post: (path: string, fields: Fields) => Promise<Page>
  /** The value of a hidden field of the last page. */
  readonly hidden: (name: string) => string
  /** Another tab of the same browser, signed in as this one is. */
  readonly openTab: () => Browser
}

const PATIENCE_MS = 90_000
const TIMEOUT_MS = 15_000

/** A browser at this portal; `address` is where it says it comes from. */
export function openBrowser(
  portal: string,
  address: string,
  cookies: Map<string, string> = new Map<string, string>(),
): Browser {
  let shown = ''

  const once = async (url: string, body: URLSearchParams | undefined): Promise<Page> => {
    const answer = await fetch(url, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        'x-forwarded-for': address,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body ? { origin: portal, 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(body ? { body: body.toString() } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const html = await answer.text()
    return { status: answer.status, location: answer.headers.get('location') ?? '', html }
  }
  /** A page that fails, or does not come, is asked for again. */
  const ask = async (path: string, body?: URLSearchParams): Promise<Page> => {
    const url = path.startsWith('http') ? path : portal + path
    const deadline = performance.now() + PATIENCE_MS
    for (;;) {
      const page = await once(url, body).catch(() => undefined)
      if (page && page.status < 500) {
        if (page.html !== '') shown = page.html
        return page
      }
      if (performance.now() > deadline)
        throw new Error(`the portal did not answer: ${path} ${page?.status ?? 'no answer'}`)
      await sleep(150)
    }
  }
  const hidden = (name: string): string => hiddenFields(shown).find(([known]) => known === name)?.[1] ?? ''
  return {
    get: (path) => ask(path),
    post: (path, fields) => {
      const body = new URLSearchParams({ jeton: hidden('jeton') })
      for (const [name, value] of Object.entries(fields))
        for (const one of typeof value === 'string' ? [value] : value) body.append(name, one)
      return ask(path, body)
    },
    hidden,
    openTab: () => openBrowser(portal, address, cookies),
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** Every hidden field of a page, decoded. */
export function hiddenFields(html: string): [string, string][] {
  return [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [
      name,
      value.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity] ?? ''),
    ],
  )
}
