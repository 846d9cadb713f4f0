import type { NameHit } from '../households/search-store.ts'
import { Field } from '../web/fields.tsx'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Empty, Notice } from '../web/ui.tsx'
import { draftTexts as words } from './texts.ts'

/** Whom the new invoice is for; undefined: nothing was asked yet. */
export const FamilyChoicePage = (props: {
  view: View
  typed: string
  found: readonly NameHit[] | undefined
  places: number
}) => {
  const families = new Map(props.found?.map((one) => [one.familyId, one]))
  return (
    <OfficePage
      view={props.view}
      title={words.newTitle}
      crumb={<a href={paths.office.invoices}>{words.crumb}</a>}
      current="invoices"
    >
      {props.places === 0 && <Notice kind="warning" title={words.noEstablishment} />}
      <section class="carte" aria-labelledby="pour-qui">
        <h2 id="pour-qui">{words.chooseFamily}</h2>
        <form class="cherche-page" method="get" action={paths.office.newInvoice}>
          <Field name="nom" label={words.chooseLabel} value={props.typed} autocomplete="off" />
          <Button icon="search">{words.find}</Button>
        </form>
        {props.found && families.size === 0 && (
          <Empty title={words.noFamily(props.typed)}>
            <p>{words.noFamilyNext}</p>
          </Empty>
        )}
        <ul class="resultats sans-puces">
          {[...families.values()].map(({ familyId, familyName, city, name, kind }) => (
            <li>
              <a href={`${paths.office.newInvoice}?famille=${familyId}`}>
                <b>{familyName}</b>{' '}
                <small>{[kind === 'family' ? '' : name, city].filter(Boolean).join(' · ')}</small>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </OfficePage>
  )
}
