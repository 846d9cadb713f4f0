import { texts } from '../texts.ts'
import { Layout } from './layout.tsx'

/** The days that have a journal, newest first, each shop's own. */
export function JournalPage(props: {
  days: readonly string[]
  shops: readonly string[]
  isEncrypted: boolean
}) {
  const { days, shops, isEncrypted } = props
  return (
    <Layout title={texts.journal} isEncrypted={isEncrypted}>
      <div class="carton">
        <h1>{texts.journal}</h1>
        <p>{days.length === 0 ? texts.noJournal : texts.journalIntro}</p>
        <ul class="liens">
          {days.flatMap((day) =>
            shops.map((shop, rank) => (
              <li key={`${day} ${shop}`}>
                <a href={`/journal/${day}.csv${rank === 0 ? '' : `?boutique=${shop}`}`}>
                  {day.split('-').toReversed().join('/')}
                  {shops.length > 1 && ` – ${texts.shop} ${shop}`}
                </a>
              </li>
            )),
          )}
        </ul>
      </div>
    </Layout>
  )
}
