import { texts } from '../texts.ts'
import { Layout } from './layout.tsx'

const inFrench = (day: string): string => day.split('-').toReversed().join('/')

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
            shops.map((shop, rank) => {
              const which = rank === 0 ? '' : `?boutique=${shop}`
              const name = `${inFrench(day)}${shops.length > 1 ? ` – ${texts.shop} ${shop}` : ''}`
              return (
                <li key={`${day} ${shop}`}>
                  <a href={`/journal/${day}.csv${which}`}>{name}</a> –{' '}
                  <a
                    href={`/journal/remises-${day}.csv${which}`}
                    aria-label={`${texts.remittancesOf} ${name}`}
                  >
                    {texts.remittances}
                  </a>
                </li>
              )
            }),
          )}
        </ul>
      </div>
    </Layout>
  )
}
