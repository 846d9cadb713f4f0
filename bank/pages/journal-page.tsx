import { texts } from '../texts.ts'
import { Layout } from './layout.tsx'

const inFrench = (day: string): string => day.split('-').toReversed().join('/')

/** The days that have a journal, newest first. */
export function JournalPage({ days, isEncrypted }: { days: readonly string[]; isEncrypted: boolean }) {
  return (
    <Layout title={texts.journal} isEncrypted={isEncrypted}>
      <div class="carton">
        <h1>{texts.journal}</h1>
        <p>{days.length === 0 ? texts.noJournal : texts.journalIntro}</p>
        <ul class="liens">
          {days.map((day) => (
            <li key={day}>
              <a href={`/journal/${day}.csv`}>{inFrench(day)}</a> –{' '}
              <a href={`/journal/remises-${day}.csv`} aria-label={`${texts.remittancesOf} ${inFrench(day)}`}>
                {texts.remittances}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  )
}
