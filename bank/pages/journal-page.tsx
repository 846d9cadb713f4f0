import { texts } from '../texts.ts'
import { Layout } from './layout.tsx'

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
              <a href={`/journal/${day}.csv`}>{day.split('-').toReversed().join('/')}</a>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  )
}
