import type { FamilyId } from '../kernel/ids.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Empty } from '../web/ui.tsx'
import type { Queued } from './entry-store.ts'
import { Queue } from './queue.tsx'
import { type Saved, SavedNotice } from './saved-notice.tsx'
import { texts } from './texts.ts'

const words = texts.desk

export type Candidate = { readonly familyId: FamilyId; readonly familyName: string; readonly hint: string }

/** Whom the next payment is of: a search, what was just saved, and the day's entries. */
export const DeskPage = (props: {
  view: View
  typed: string
  /** Undefined before anything is typed. */
  candidates: readonly Candidate[] | undefined
  saved: Saved | undefined
  queue: readonly Queued[]
}) => (
  <OfficePage view={props.view} title={words.title} lede={words.lede} current="desk">
    <div class="guichet">
      <div class="pile-s">
        {props.saved && <SavedNotice view={props.view} saved={props.saved} />}
        <form class="carte cherche-page" method="get" action={paths.office.desk} data-search>
          <div class="champ">
            <label for="famille">{words.search}</label>
            <input
              class="saisie"
              id="famille"
              name="q"
              type="search"
              value={props.typed}
              maxLength={100}
              autocomplete="off"
              autofocus={props.candidates === undefined || props.candidates.length === 0}
            />
          </div>
          <Button icon="search">{words.submit}</Button>
        </form>
        {props.candidates && <Candidates typed={props.typed} candidates={props.candidates} />}
        <p class="aide">{words.keys}</p>
      </div>
      <Queue queue={props.queue} />
    </div>
  </OfficePage>
)

const Candidates = ({ typed, candidates }: { typed: string; candidates: readonly Candidate[] }) =>
  candidates.length === 0 ? (
    <div class="carte">
      <Empty title={words.none(typed)}>
        <p>{words.noneNext}</p>
      </Empty>
    </div>
  ) : (
    <section class="carte" aria-labelledby="t-candidats">
      <h2 id="t-candidats">
        <span role="status">{words.several(candidates.length)}</span>
      </h2>
      <div class="resultats">
        <ul>
          {candidates.map(({ familyId, familyName, hint }, index) => (
            <li>
              <a href={paths.office.entry(familyId)} autofocus={index === 0}>
                <b>{words.family(familyName)}</b>
                <small>{hint}</small>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
