// What was recorded today, beside the form: the last ten, and the total of each means.
import { formatTime } from '../kernel/french.ts'
import { sum } from '../kernel/money.ts'
import { paths } from '../web/paths.ts'
import { Empty, Money, StateTag } from '../web/ui.tsx'
import { DESK_METHODS } from './desk-payment.ts'
import type { Queued } from './entry-store.ts'
import { methodWords, texts } from './texts.ts'

const words = texts.queue
const SHOWN = 10

export const Queue = ({ queue }: { queue: readonly Queued[] }) => {
  const standing = queue.filter(({ undone }) => !undone)
  const totals = DESK_METHODS.map((method) => ({
    method,
    list: standing.filter((one) => one.method === method),
  })).filter(({ list }) => list.length > 0)
  return (
    <aside class="carte petite file-guichet" aria-labelledby="t-file">
      <h2 id="t-file">{words.title}</h2>
      {queue.length === 0 ? (
        <Empty title={words.none}>
          <p>{words.noneNext}</p>
        </Empty>
      ) : (
        <>
          <h3>{words.totals}</h3>
          <ul class="totaux">
            {totals.map(({ method, list }) => (
              <li>
                <span>
                  {methodWords[method]} <small>{words.count(list.length)}</small>
                </span>
                <Money cents={sum(list.map((one) => one.amount))} />
              </li>
            ))}
          </ul>
          <ol class="dernieres">
            {queue.slice(0, SHOWN).map((one) => (
              <li>
                <a href={paths.office.deskPayment(one.id)}>
                  <span>
                    <b>{one.familyName}</b>
                    <small>
                      {[formatTime(one.recordedAt), methodWords[one.method], one.mark]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                  <Money cents={one.amount} />
                </a>
                {one.undone && <StateTag kind="refused">{words.undone}</StateTag>}
              </li>
            ))}
          </ol>
        </>
      )}
    </aside>
  )
}
