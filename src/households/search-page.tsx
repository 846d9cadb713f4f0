import { formatDay } from '../kernel/french.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Empty, LinkButton, Money } from '../web/ui.tsx'
import { MAX_QUERY } from './query.ts'
import type { Found } from './search-everything.ts'
import type { NameHit, ObjectHit, RecentFile } from './search-store.ts'
import { texts } from './texts.ts'

const words = texts.search
const GROUPS = ['invoice', 'receipt', 'online', 'desk', 'adult'] as const

/** The search of everything, which needs no JavaScript; `found` is undefined before anything is typed. */
export const SearchPage = (props: {
  view: View
  typed: string
  found: Found | undefined
  recent: readonly RecentFile[]
  mayCreate: boolean
}) => {
  const { found, typed } = props
  const count = found ? found.names.length + found.objects.length : 0
  return (
    <OfficePage
      view={props.view}
      title={words.title}
      current="search"
      query={typed}
      actions={
        props.mayCreate && (
          <LinkButton
            href={
              typed === ''
                ? paths.office.newFamily
                : `${paths.office.newFamily}?q=${encodeURIComponent(typed)}`
            }
            small
            icon="plus"
          >
            {words.newFamily}
          </LinkButton>
        )
      }
    >
      <div class="pile">
        <form class="carte cherche-page" method="get" action={paths.office.search}>
          <div class="champ">
            <label for="recherche">{words.label}</label>
            <p class="aide" id="recherche-aide">
              {words.hint}
            </p>
            <input
              class="saisie"
              id="recherche"
              name="q"
              type="search"
              value={typed}
              maxLength={MAX_QUERY}
              autocomplete="off"
              aria-describedby="recherche-aide"
            />
          </div>
          <Button icon="search">{words.submit}</Button>
        </form>
        {found === undefined && <Recent recent={props.recent} />}
        {found && count === 0 && (
          <div class="carte">
            <Empty title={words.none(typed)}>
              <p>{words.noneNext}</p>
            </Empty>
          </div>
        )}
        {found && count > 0 && (
          <section class="carte" aria-labelledby="t-resultats">
            <h2 id="t-resultats">
              <span role="status">{words.results(count)}</span>
            </h2>
            <Results found={found} />
          </section>
        )}
      </div>
    </OfficePage>
  )
}

/** The results by kind, as the page and the suggestions both show them. */
export const Results = ({ found }: { found: Found }) => (
  <div class="resultats">
    {found.names.length > 0 && (
      <>
        <h3>{found.near ? words.near : words.names}</h3>
        <ul>
          {found.names.map((hit) => (
            <Name hit={hit} />
          ))}
        </ul>
      </>
    )}
    {GROUPS.map((group) => {
      const hits = found.objects.filter(({ kind }) => kind === group)
      return (
        hits.length > 0 && (
          <>
            <h3>{words.groups[group]}</h3>
            <ul>
              {hits.map((hit) => (
                <Thing hit={hit} />
              ))}
            </ul>
          </>
        )
      )
    })}
  </div>
)

const Name = ({ hit }: { hit: NameHit }) => (
  <li>
    <a href={paths.office.family(hit.familyId)} data-pay={paths.office.entry(hit.familyId)}>
      <b>{hit.kind === 'family' ? words.family(hit.name) : hit.name}</b>
      <small>
        {hit.kind === 'family'
          ? hit.city
          : `${words.kinds[hit.kind]} · ${words.family(hit.familyName)} · ${hit.city}`}
      </small>
    </a>
  </li>
)

const Thing = ({ hit }: { hit: ObjectHit }) => (
  <li>
    <a href={paths.office.family(hit.familyId)} data-pay={paths.office.entry(hit.familyId)}>
      <b>{hit.label}</b>
      <small>{[words.family(hit.familyName), hit.on && formatDay(hit.on)].filter(Boolean).join(' · ')}</small>
      {hit.cents !== null && <Money cents={hit.cents} />}
    </a>
  </li>
)

const Recent = ({ recent }: { recent: readonly RecentFile[] }) => (
  <section class="carte" aria-labelledby="t-recents">
    <h2 id="t-recents">{words.recent}</h2>
    {recent.length === 0 ? (
      <p>{words.noRecent}</p>
    ) : (
      <div class="resultats">
        <ul>
          {recent.map(({ familyId, familyName }) => (
            <li>
              <a href={paths.office.family(familyId)}>
                <b>{words.family(familyName)}</b>
              </a>
            </li>
          ))}
        </ul>
      </div>
    )}
  </section>
)
