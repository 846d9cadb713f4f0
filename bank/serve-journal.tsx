import { Hono, type Context } from 'hono'
import { toParisDay } from './format.ts'
import { writeJournal } from './journal.ts'
import { JournalPage } from './pages/journal-page.tsx'
import { pageHeaders, sendPage } from './send-page.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store.ts'

/** The back office's journal: the days to choose from, and each day's file. */
export function serveJournal(
  { settings, store }: { readonly settings: Settings; readonly store: Store },
  isEncrypted: () => boolean,
  missing: (c: Context) => Response,
): Hono {
  const app = new Hono()
  const shops = [settings.shopId, ...(settings.otherShopIds ?? [])]
  app.get('/journal', (c) => {
    const days = new Set(store.listTransactions().map(({ time }) => toParisDay(time)))
    return sendPage(
      c,
      <JournalPage days={[...days].toSorted().toReversed()} shops={shops} isEncrypted={isEncrypted()} />,
    )
  })
  app.get('/journal/:file', (c) => {
    const day = /^(\d{4}-\d\d-\d\d)\.csv$/.exec(c.req.param('file'))?.[1]
    const shopId = shops.find((id) => id === (c.req.query('boutique') ?? settings.shopId))
    if (day === undefined || shopId === undefined) return missing(c)
    return c.body(writeJournal(store, { ...settings, shopId }, day), 200, {
      ...pageHeaders(),
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="journal-${shopId}-${day}.csv"`,
    })
  })
  return app
}
